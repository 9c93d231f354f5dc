using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>What a warehouse is for; sourcing and transfer policies go by it (NET-04).</summary>
public enum WarehouseRole
{
    /// <summary>A regional distribution centre that feeds others.</summary>
    Hub,

    /// <summary>A branch that is fed.</summary>
    Spoke,

    /// <summary>Goods pass through and are not kept.</summary>
    CrossDock,

    /// <summary>Run by a partner.</summary>
    ThirdParty,

    Offsite,
}

/// <summary>What a bin is for; what may move into and out of it goes by that.</summary>
public enum BinRole
{
    Dock,
    Receiving,
    Inspection,
    Quarantine,
    Reserve,
    ForwardPick,
    Staging,
    Packing,
    Returns,
    Transit,
}

/// <summary>What may lie together in a bin.</summary>
public enum BinMixing
{
    Any,
    OneItem,
    OneLot,
}

/// <summary>The new content of one field group of a warehouse, zone or bin, whole: what is not said is emptied.</summary>
[JsonDerivedType(typeof(WarehouseSetup), "warehouse")]
[JsonDerivedType(typeof(ZoneSetup), "zone")]
[JsonDerivedType(typeof(BinSetup), "bin")]
[JsonDerivedType(typeof(BinSlotting), "slotting")]
public abstract record LocationChange
{
    [JsonIgnore]
    public abstract RecordKind Kind { get; }

    [JsonIgnore]
    public virtual FieldGroup Group => FieldGroup.Setup;

    /// <summary>The first rule of its own that a field breaks.</summary>
    internal abstract InvalidField? Check();

    /// <summary>A group that the register of changes kept.</summary>
    internal static LocationChange Read(RecordKind kind, FieldGroup group, string json)
    {
        var type = (kind, group) switch
        {
            (RecordKind.Warehouse, FieldGroup.Setup) => typeof(WarehouseSetup),
            (RecordKind.Zone, FieldGroup.Setup) => typeof(ZoneSetup),
            (RecordKind.Bin, FieldGroup.Setup) => typeof(BinSetup),
            (RecordKind.Bin, FieldGroup.Slotting) => typeof(BinSlotting),
            _ => throw new InvalidOperationException($"{group} is no changeable group of a {kind}."),
        };
        return (LocationChange)JsonSerializer.Deserialize(json, type, KernelJson.Options)!;
    }
}

/// <summary>What a warehouse is called, is for, and where and when it works.</summary>
public sealed record WarehouseSetup(
    string Name,
    WarehouseRole Role,
    PartnerId? Operator,
    CalendarId Calendar,
    string TimeZone,
    string Country,
    string? Address) : LocationChange
{
    public override RecordKind Kind => RecordKind.Warehouse;

    internal override InvalidField? Check() =>
        Field.Text("name", Name, most: 200)
        ?? Field.Known<WarehouseRole>("role", Role)
        ?? Field.Text("timeZone", TimeZone, most: 60)
        ?? Field.Country("country", Country)
        ?? Field.OptionalText("address", Address, most: 500);
}

/// <summary>What a zone is called, and which goods it is fit for.</summary>
public sealed record ZoneSetup(string Name, Temperature Temperature, IReadOnlyList<HazardClass> Hazards, int Rank)
    : LocationChange
{
    public override RecordKind Kind => RecordKind.Zone;

    public bool Equals(ZoneSetup? other) =>
        other is not null && Name == other.Name && Temperature == other.Temperature && Rank == other.Rank
        && Hazards.Order().SequenceEqual(other.Hazards.Order());

    public override int GetHashCode() => HashCode.Combine(Name, Temperature, Rank);

    internal override InvalidField? Check() =>
        Field.Text("name", Name, most: 200)
        ?? Field.Known<Temperature>("temperature", Temperature)
        ?? Field.Whole("rank", Rank, least: 0, most: 999_999)
        ?? (Hazards.Distinct().Count() < Hazards.Count || Hazards.Contains(HazardClass.None) || !Hazards.All(Enum.IsDefined)
            ? Field.Invalid("hazards", "must name hazard classes, each once", string.Join(", ", Hazards))
            : null);
}

/// <summary>How much a bin bears; what is not said is not limited.</summary>
public sealed record BinCapacity(decimal? Units, decimal? WeightKg, decimal? VolumeM3, int? HandlingUnits)
{
    public static BinCapacity Unlimited { get; } = new(null, null, null, null);

    /// <summary>Whether every limit is at least as wide as another's.</summary>
    internal bool Covers(BinCapacity other) =>
        Covers(Units, other.Units)
        && Covers(WeightKg, other.WeightKg)
        && Covers(VolumeM3, other.VolumeM3)
        && Covers(HandlingUnits, other.HandlingUnits);

    private static bool Covers(decimal? limit, decimal? other) => limit is null || (other is not null && limit >= other);
}

/// <summary>What a bin is for, what it can bear, and what may lie together in it.</summary>
public sealed record BinSetup(BinRole Role, int Rank, bool IsGroup, BinCapacity Capacity, BinMixing Mixing) : LocationChange
{
    private const decimal MostCapacity = 100_000_000m;

    public override RecordKind Kind => RecordKind.Bin;

    internal override InvalidField? Check() =>
        Field.Known<BinRole>("role", Role)
        ?? Field.Whole("rank", Rank, least: 0, most: 999_999)
        ?? Field.Known<BinMixing>("mixing", Mixing)
        ?? Field.Positive("capacity.units", Capacity.Units, MostCapacity, decimals: 6)
        ?? Field.Positive("capacity.weightKg", Capacity.WeightKg, MostCapacity, decimals: 6)
        ?? Field.Positive("capacity.volumeM3", Capacity.VolumeM3, MostCapacity, decimals: 6)
        ?? Field.Whole("capacity.handlingUnits", Capacity.HandlingUnits, least: 1, most: 100_000);
}

/// <summary>The only item that may lie in a bin; null for any.</summary>
public sealed record BinSlotting(ItemId? DedicatedItem) : LocationChange
{
    public override RecordKind Kind => RecordKind.Bin;

    public override FieldGroup Group => FieldGroup.Slotting;

    internal override InvalidField? Check() => null;
}
