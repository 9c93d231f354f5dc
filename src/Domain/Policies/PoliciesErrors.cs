using Platform.Domain.Kernel;

namespace Platform.Domain.Policies;

public sealed record PolicyNotFound(PolicyVersionId Policy) : DomainError
{
    public override string Message => $"There is no policy version {Policy}.";
}

/// <summary>A version is simulated, then published, then perhaps withdrawn; there is no other way.</summary>
public sealed record WrongPolicyStatus(PolicyVersionId Policy, PolicyStatus Status, PolicyStep Step) : DomainError
{
    public override string Message => $"Policy version {Policy} is {Status}: there is no step {Step} from there.";
}

/// <summary>Who writes a rule does not put it in force (APR-04).</summary>
public sealed record AuthorMayNotPublish(PolicyVersionId Policy, Guid Person) : DomainError
{
    public override string Message => $"Policy version {Policy} was drafted by the same person; somebody else publishes it.";
}
