using Platform.Domain.Kernel;

namespace Platform.Domain.Stewardship;

public sealed record MasterChangeNotFound(MasterChangeId Change) : DomainError
{
    public override string Message => $"There is no change request {Change}.";
}

/// <summary>A change request is decided once.</summary>
public sealed record ChangeAlreadyDecided(MasterChangeId Change, ChangeState State) : DomainError
{
    public override string Message => $"Change request {Change} is {State}; it waits for nobody.";
}

/// <summary>Only the role that owns the fields decides about them (CAT-02).</summary>
public sealed record FieldGroupOwnedByAnother(RecordKind Record, FieldGroup Group, string OwnerRole) : DomainError
{
    public override string Message => $"{Group} of {Record} belongs to the role {OwnerRole}; only it decides.";
}

/// <summary>Nobody decides about their own request, whatever roles they hold (APR-05).</summary>
public sealed record OwnChangeRequest(MasterChangeId Change, Guid Person) : DomainError
{
    public override string Message => $"Change request {Change} was made by the same person who would decide about it.";
}

/// <summary>Only the person who asked may take a request back.</summary>
public sealed record NotTheRequester(MasterChangeId Change, Guid RequestedBy) : DomainError
{
    public override string Message => $"Change request {Change} was made by {RequestedBy}; only they withdraw it.";
}

/// <summary>The fields changed after the request was made, so its author did not know what they would replace.</summary>
public sealed record ChangeOutdated(MasterChangeId Change, int BaseVersion, int CurrentVersion) : DomainError
{
    public override string Message =>
        $"Change request {Change} was made against version {BaseVersion}; the same fields have changed since (now {CurrentVersion}).";
}

public sealed record FieldGroupUnknown(RecordKind Record, FieldGroup Group) : DomainError
{
    public override string Message => $"{Record} has no owned field group {Group}.";
}
