using Platform.Domain.Kernel;

namespace Platform.Domain.Exceptions;

public sealed record ExceptionCaseNotFound(ExceptionCaseId Case) : DomainError
{
    public override string Message => $"There is no exception case {Case}.";
}

/// <summary>The case is not in a state from which this step leads anywhere.</summary>
public sealed record WrongCaseStatus(ExceptionCaseId Case, CaseStatus Status, CaseStep Step) : DomainError
{
    public override string Message => $"Case {Case} is {Status}: there is no step {Step} from there.";
}

public sealed record ExceptionCategoryUnknown(string Category) : DomainError
{
    public override string Message => $"There is no category {Category} of exceptions; governance adds new ones.";
}

/// <summary>What the case is about does not exist, or not together: a warehouse of another company, say.</summary>
public sealed record CaseScopeUnknown(string What, Guid Id) : DomainError
{
    public override string Message => $"The {What} {Id} that the case is about does not exist.";
}

/// <summary>The same went wrong again meanwhile: that case is open, and this one stays closed.</summary>
public sealed record AnotherCaseIsOpen(string CorrelationKey) : DomainError
{
    public override string Message => $"Another case about {CorrelationKey} is open; go on with that one.";
}

/// <summary>The item looks like no other; there is nothing to decide about.</summary>
public sealed record NoDuplicateSuspected(Catalog.ItemId Item) : DomainError
{
    public override string Message => $"Item {Item} looks like no other item.";
}
