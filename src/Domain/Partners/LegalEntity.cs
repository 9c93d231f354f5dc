using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>One of our own companies: it owns stock, keeps books in one currency, and trades in its own name (NET-05).</summary>
public sealed class LegalEntity : IGoverned
{
    private LegalEntity()
    {
    }

    public LegalEntityId Id { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    /// <summary>The currency of the books; it never changes, because every posted value is in it.</summary>
    public string CurrencyCode { get; private set; } = string.Empty;

    public string Country { get; private set; } = string.Empty;

    public MasterStatus Status { get; private set; }

    public string? StatusReason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    RecordKind IGoverned.Kind => RecordKind.LegalEntity;

    Guid IGoverned.RecordId => Id.Value;

    /// <summary>Nothing new begins at an entity that is blocked or retired.</summary>
    public LegalEntityNotActive? RefuseNew() =>
        Status == MasterStatus.Active ? null : new LegalEntityNotActive(Id, Status);

    internal static LegalEntity Create(LegalEntityCreated created) => new()
    {
        Id = created.LegalEntity,
        Code = created.Code,
        Name = created.Name,
        CurrencyCode = created.Currency,
        Country = created.Country,
        Status = MasterStatus.Active,
        Version = 1,
        CreatedAt = created.At,
        UpdatedAt = created.At,
    };

    internal void Apply(LegalEntityRenamed renamed, DateTimeOffset at)
    {
        Name = renamed.Name;
        Version++;
        UpdatedAt = at;
    }

    void IGoverned.Apply(MasterStep step, string? reason, DateTimeOffset at)
    {
        Status = MasterSteps.After(Status, step);
        StatusReason = reason;
        Version++;
        UpdatedAt = at;
    }
}
