using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>A site of one legal entity in which goods are kept or passed on.</summary>
public sealed class Warehouse : IGoverned, ILocation
{
    private Warehouse()
    {
    }

    public WarehouseId Id { get; private set; }

    /// <summary>It never changes: every bin and balance belongs to the same entity (NET-05).</summary>
    public LegalEntityId LegalEntityId { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    public WarehouseRole Role { get; private set; }

    public PartnerId? OperatorId { get; private set; }

    public CalendarId CalendarId { get; private set; }

    public string TimeZone { get; private set; } = string.Empty;

    public string Country { get; private set; } = string.Empty;

    public string? Address { get; private set; }

    public WarehouseId? ClonedFromId { get; private set; }

    public MasterStatus Status { get; private set; }

    public string? StatusReason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    RecordKind IGoverned.Kind => RecordKind.Warehouse;

    Guid IGoverned.RecordId => Id.Value;

    bool ILocation.IsRetired => Status == MasterStatus.Retired;

    internal WarehouseSetup Setup() => new(Name, Role, OperatorId, CalendarId, TimeZone, Country, Address);

    internal static Warehouse Create(WarehouseCreated created)
    {
        var warehouse = new Warehouse
        {
            Id = created.Warehouse,
            LegalEntityId = created.LegalEntity,
            Code = created.Code,
            ClonedFromId = created.ClonedFrom,
            Status = MasterStatus.Draft,
            CreatedAt = created.At,
        };
        warehouse.Apply(created.Setup, created.At);
        return warehouse;
    }

    internal void Apply(WarehouseSetup setup, DateTimeOffset at)
    {
        (Name, Role, OperatorId, CalendarId, TimeZone, Country, Address) = setup;
        Version++;
        UpdatedAt = at;
    }

    LocationChange ILocation.Current(FieldGroup group) => Setup();

    void ILocation.Apply(LocationChange change, DateTimeOffset at) => Apply((WarehouseSetup)change, at);

    void IGoverned.Apply(MasterStep step, string? reason, DateTimeOffset at)
    {
        Status = MasterSteps.After(Status, step);
        StatusReason = reason;
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>A warehouse, zone or bin as changes see it.</summary>
internal interface ILocation
{
    int Version { get; }

    bool IsRetired { get; }

    LocationChange Current(FieldGroup group);

    void Apply(LocationChange change, DateTimeOffset at);
}
