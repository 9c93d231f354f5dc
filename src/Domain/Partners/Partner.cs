using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>What a partner is, whole: what is not said is emptied.</summary>
public sealed record PartnerIdentity(
    string Name, string? LegalName, string? TaxNumber, string Country, string? Email, string? Phone, bool IsCarrier)
    : PartnerChange
{
    public override RecordKind Kind => RecordKind.Partner;

    public override FieldGroup Group => FieldGroup.Identity;

    internal override InvalidField? Check() =>
        Field.Text("name", Name, most: 200)
        ?? Field.OptionalText("legalName", LegalName, most: 200)
        ?? Field.OptionalText("taxNumber", TaxNumber, most: 40)
        ?? Field.Country("country", Country)
        ?? Field.OptionalText("email", Email, most: 200)
        ?? (Email is null || (Email.IndexOf('@', StringComparison.Ordinal) > 0 && !Email.Contains(' ', StringComparison.Ordinal))
            ? null
            : Field.Invalid("email", "must be an address with one @ and no spaces", Email))
        ?? Field.OptionalText("phone", Phone, most: 40);
}

/// <summary>Another company: supplier, customer, carrier or several of them. One company is one row.</summary>
public sealed class Partner : IGoverned, IPartnerRecord
{
    private Partner()
    {
    }

    public PartnerId Id { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    public string? LegalName { get; private set; }

    public string? TaxNumber { get; private set; }

    public string Country { get; private set; } = string.Empty;

    public string? Email { get; private set; }

    public string? Phone { get; private set; }

    public bool IsCarrier { get; private set; }

    public MasterStatus Status { get; private set; }

    public string? StatusReason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    RecordKind IGoverned.Kind => RecordKind.Partner;

    Guid IGoverned.RecordId => Id.Value;

    /// <summary>Nothing new begins with a partner that is blocked or retired.</summary>
    public PartnerNotActive? RefuseNew() =>
        Status == MasterStatus.Active ? null : new PartnerNotActive(Id, Status);

    internal PartnerIdentity Identity() => new(Name, LegalName, TaxNumber, Country, Email, Phone, IsCarrier);

    internal static Partner Create(PartnerCreated created)
    {
        var partner = new Partner
        {
            Id = created.Partner,
            Code = created.Code,
            Status = MasterStatus.Active,
            CreatedAt = created.At,
        };
        partner.Apply(created.Identity, created.At);
        return partner;
    }

    internal void Apply(PartnerIdentity identity, DateTimeOffset at)
    {
        (Name, LegalName, TaxNumber, Country, Email, Phone, IsCarrier) = identity;
        Version++;
        UpdatedAt = at;
    }

    PartnerChange IPartnerRecord.Current(FieldGroup group) => Identity();

    void IPartnerRecord.Apply(PartnerChange change, DateTimeOffset at) => Apply((PartnerIdentity)change, at);

    void IGoverned.Apply(MasterStep step, string? reason, DateTimeOffset at)
    {
        Status = MasterSteps.After(Status, step);
        StatusReason = reason;
        Version++;
        UpdatedAt = at;
    }
}
