using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Valuation;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Posting;

internal sealed record ItemFacts(
    ItemId Id,
    string Status,
    string BaseUnit,
    int Decimals,
    string Tracking,
    bool IsCatchWeight,
    decimal? NominalWeight,
    decimal? WeightTolerancePct,
    string Temperature,
    string HazardClass,
    decimal? UnitWeightKg,
    decimal? UnitVolumeM3);

internal sealed record BinFacts(
    BinId Id,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    string Role,
    bool MayHold,
    bool IsBlockedIn,
    bool IsBlockedOut,
    string? BlockReason,
    string Mixing,
    ItemId? DedicatedItem,
    decimal? CapacityUnits,
    decimal? CapacityWeightKg,
    decimal? CapacityVolumeM3,
    int? CapacityHandlingUnits,
    string ZoneTemperature,
    IReadOnlyList<string> ZoneHazards)
{
    /// <summary>A rule over several balances of the bin: whoever adds goods locks the bin itself .</summary>
    public bool HasContentRule =>
        Mixing != "ANY" || CapacityUnits is not null || CapacityWeightKg is not null || CapacityVolumeM3 is not null
        || CapacityHandlingUnits is not null;
}

internal sealed record LotFacts(LotId Id, ItemId Item, DateOnly? ExpiresOn, string? BlockReason);

internal sealed record SerialFacts(SerialId Id, ItemId Item, LotId? Lot, string? BlockReason, bool IsOnHand);

/// <summary>Goods that somebody holds back; what is null is not asked.</summary>
internal sealed record StandingHold(
    string Number, string Reason, WarehouseId? Warehouse, BinId? Bin, ItemId? Item, LotId? Lot, SerialId? Serial)
{
    public bool Covers(MovementLine line, BinFacts bin) =>
        (Warehouse is null || Warehouse == bin.Warehouse) && (Bin is null || Bin == bin.Id) && (Item is null || Item == line.Item)
        && (Lot is null || Lot == line.Lot) && (Serial is null || Serial == line.Serial);
}

internal sealed record OwnerFacts(OwnerId Id, bool IsValued);

/// <summary>What lies in a bin with a rule over its contents, per item and lot.</summary>
internal sealed class BinContents
{
    public Dictionary<(ItemId Item, LotId? Lot), decimal> Quantities { get; } = [];

    public HashSet<HandlingUnitId> HandlingUnits { get; } = [];

    public decimal WeightKg { get; set; }

    public decimal VolumeM3 { get; set; }
}

/// <summary>An earlier movement to which a line refers, with what it did to the value.</summary>
internal sealed record EarlierMovement(
    long Id,
    MovementLine Line,
    bool IsReversed,
    decimal Returned,
    IReadOnlyList<EarlierValue> Values);

internal sealed record EarlierValue(
    long Id, string Kind, decimal Quantity, Valued Valued, ReceiptMark? Mark);

/// <summary>A balance row that this transaction holds locked.</summary>
internal sealed class BalanceRow(long id, StockKey key, decimal onHand, decimal weight, decimal allocated, decimal floor)
{
    public long Id { get; } = id;

    public StockKey Key { get; } = key;

    public decimal Floor { get; } = floor;

    public decimal OnHand { get; set; } = onHand;

    public decimal Weight { get; set; } = weight;

    /// <summary>Held by reservations; changes here when a pick carries its hold along.</summary>
    public decimal Allocated { get; set; } = allocated;

    public decimal Arrived { get; set; }

    public decimal OnHandBefore { get; } = onHand;

    public decimal WeightBefore { get; } = weight;

    public bool IsTouched { get; set; }
}

/// <summary>A pool row that this transaction holds locked.</summary>
internal sealed class PoolRow(long id, ItemId item, CostPool pool)
{
    public long Id { get; } = id;

    public ItemId Item { get; } = item;

    public CostPool Pool { get; set; } = pool;

    public bool IsTouched { get; set; }
}

/// <summary>What a reservation holds in one balance row.</summary>
internal sealed class HoldRow(ReservationId reservation, long balance, decimal quantity)
{
    public ReservationId Reservation { get; } = reservation;

    public long Balance { get; } = balance;

    public decimal Quantity { get; set; } = quantity;

    public decimal QuantityBefore { get; } = quantity;
}

/// <summary>Everything a decision about movements needs, read after the locks were taken.</summary>
internal sealed class PostingFacts
{
    public required LegalEntityId LegalEntity { get; init; }

    public required int CurrencyDigits { get; init; }

    public Dictionary<ItemId, ItemFacts> Items { get; } = [];

    public Dictionary<(ItemId Item, string Unit), (long Numerator, long Denominator)> Units { get; } = [];

    public Dictionary<BinId, BinFacts> Bins { get; } = [];

    public Dictionary<LotId, LotFacts> Lots { get; } = [];

    public Dictionary<SerialId, SerialFacts> Serials { get; } = [];

    public Dictionary<OwnerId, OwnerFacts> Owners { get; } = [];

    public Dictionary<Guid, BalanceRow> Balances { get; } = [];

    public Dictionary<ItemId, PoolRow> Pools { get; } = [];

    public Dictionary<BinId, BinContents> Contents { get; } = [];

    public Dictionary<long, EarlierMovement> Earlier { get; } = [];

    public Dictionary<(ReservationId Reservation, long Balance), HoldRow> Holds { get; } = [];

    public List<StandingHold> StandingHolds { get; } = [];

    public HashSet<DateOnly> ClosedMonths { get; } = [];

    /// <summary>Drawn after the locks, so that ids follow the order in which cost flows.</summary>
    public Queue<long> Ids { get; } = [];
}
