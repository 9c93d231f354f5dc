using Platform.Domain.Catalog;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

public enum PlaceStatus
{
    Active,
    Retired,
}

/// <summary>A part of a warehouse with one temperature and one answer to "what hazard may lie here?" (NET-03).</summary>
public sealed class Zone : ILocation
{
    private Zone()
    {
    }

    public ZoneId Id { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    public Temperature Temperature { get; private set; }

    /// <summary>Hazard classes that may lie here; goods without hazard always may.</summary>
    public IReadOnlyList<HazardClass> HazardClasses { get; private set; } = [];

    public int Rank { get; private set; }

    public PlaceStatus Status { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    bool ILocation.IsRetired => Status == PlaceStatus.Retired;

    internal ZoneSetup Setup() => new(Name, Temperature, HazardClasses, Rank);

    internal static Zone Create(ZoneCreated created)
    {
        var zone = new Zone
        {
            Id = created.Zone,
            WarehouseId = created.Warehouse,
            Code = created.Code,
            Status = PlaceStatus.Active,
            CreatedAt = created.At,
        };
        zone.Apply(created.Setup, created.At);
        return zone;
    }

    internal void Apply(ZoneSetup setup, DateTimeOffset at)
    {
        Name = setup.Name;
        Temperature = setup.Temperature;
        HazardClasses = setup.Hazards.Order().ToList();
        Rank = setup.Rank;
        Version++;
        UpdatedAt = at;
    }

    internal void Retire(DateTimeOffset at)
    {
        Status = PlaceStatus.Retired;
        Version++;
        UpdatedAt = at;
    }

    LocationChange ILocation.Current(FieldGroup group) => Setup();

    void ILocation.Apply(LocationChange change, DateTimeOffset at) => Apply((ZoneSetup)change, at);
}

/// <summary>Classes that react with each other are kept apart by zones (after the segregation table of the IMDG code, simplified).</summary>
internal static class HazardSegregation
{
    private static readonly (HazardClass, HazardClass)[] Apart =
    [
        (HazardClass.FlammableLiquid, HazardClass.Oxidizer),
        (HazardClass.FlammableSolid, HazardClass.Oxidizer),
        (HazardClass.Gas, HazardClass.Oxidizer),
        (HazardClass.FlammableSolid, HazardClass.Corrosive),
        (HazardClass.Oxidizer, HazardClass.Corrosive),
        (HazardClass.Oxidizer, HazardClass.Toxic),
    ];

    public static HazardsNotTogether? Refuse(IReadOnlyList<HazardClass> hazards)
    {
        // Explosives and radioactive goods lie alone, whatever the other is.
        foreach (var lonely in new[] { HazardClass.Explosive, HazardClass.Radioactive })
        {
            if (hazards.Count > 1 && hazards.Contains(lonely))
            {
                return new HazardsNotTogether(lonely, hazards.First(other => other != lonely));
            }
        }

        foreach (var (one, other) in Apart)
        {
            if (hazards.Contains(one) && hazards.Contains(other))
            {
                return new HazardsNotTogether(one, other);
            }
        }

        return null;
    }
}
