namespace Platform.Domain.Kernel;

/// <summary>Somebody changed the record since it was read. Read it again, and decide again.</summary>
public sealed record StaleVersion(string Record, Guid Id, int Expected, int Current) : DomainError
{
    public override string Message =>
        $"{Record} {Id} is at version {Current}; the change was made against version {Expected}.";
}
