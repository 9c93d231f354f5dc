using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>A place in which stock lies, or a group of such places (NET-01, NET-02).</summary>
public sealed class Bin : ILocation
{
    private Bin()
    {
    }

    public BinId Id { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public ZoneId ZoneId { get; private set; }

    public BinId? ParentId { get; private set; }

    public bool IsGroup { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public BinRole Role { get; private set; }

    /// <summary>The order in which bins are walked to; the lowest first.</summary>
    public int Rank { get; private set; }

    public decimal? CapacityUnits { get; private set; }

    public decimal? CapacityWeightKg { get; private set; }

    public decimal? CapacityVolumeM3 { get; private set; }

    public int? CapacityHandlingUnits { get; private set; }

    public BinMixing Mixing { get; private set; }

    public ItemId? DedicatedItemId { get; private set; }

    public bool IsBlockedIn { get; private set; }

    public bool IsBlockedOut { get; private set; }

    public string? BlockReason { get; private set; }

    public PlaceStatus Status { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    bool ILocation.IsRetired => Status == PlaceStatus.Retired;

    internal BinSetup Setup() => new(
        Role, Rank, IsGroup,
        new BinCapacity(CapacityUnits, CapacityWeightKg, CapacityVolumeM3, CapacityHandlingUnits),
        Mixing);

    internal static Bin Create(BinCreated created)
    {
        var bin = new Bin
        {
            Id = created.Bin,
            LegalEntityId = created.LegalEntity,
            WarehouseId = created.Warehouse,
            ZoneId = created.Zone,
            ParentId = created.Parent,
            Code = created.Code,
            Status = PlaceStatus.Active,
            CreatedAt = created.At,
        };
        bin.Apply(created.Setup, created.At);
        return bin;
    }

    internal void Apply(LocationChange change, DateTimeOffset at)
    {
        if (change is BinSlotting slotting)
        {
            DedicatedItemId = slotting.DedicatedItem;
        }
        else
        {
            (Role, Rank, IsGroup, var capacity, Mixing) = (BinSetup)change;
            (CapacityUnits, CapacityWeightKg, CapacityVolumeM3, CapacityHandlingUnits) = capacity;
        }

        Touch(at);
    }

    internal void Block(bool goodsIn, bool goodsOut, string? reason, DateTimeOffset at)
    {
        IsBlockedIn = goodsIn;
        IsBlockedOut = goodsOut;
        BlockReason = reason;
        Touch(at);
    }

    internal void Retire(DateTimeOffset at)
    {
        Status = PlaceStatus.Retired;
        Touch(at);
    }

    LocationChange ILocation.Current(FieldGroup group) =>
        group == FieldGroup.Slotting ? new BinSlotting(DedicatedItemId) : Setup();

    void ILocation.Apply(LocationChange change, DateTimeOffset at) => Apply(change, at);

    private void Touch(DateTimeOffset at)
    {
        Version++;
        UpdatedAt = at;
    }
}
