using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality.Holding;

/// <summary>Why goods are held back. The two are independent: goods are free when neither stands (QLT-06).</summary>
public enum HoldKind
{
    Quality,

    /// <summary>A document or an authority's word is missing.</summary>
    Compliance,
}

public enum HoldStatus
{
    Standing,
    Released,
}

/// <summary>Which goods are held back: those that fit everything that is named.</summary>
/// <param name="LegalEntity">Whose company.</param>
/// <param name="Warehouse">In one warehouse; in all of the company when null.</param>
/// <param name="Bin">In one bin of it.</param>
/// <param name="Item">Of one item.</param>
/// <param name="Lot">Of one lot of it.</param>
/// <param name="Serial">One unit of it.</param>
public sealed record HoldScope(
    LegalEntityId LegalEntity, WarehouseId? Warehouse, BinId? Bin, ItemId? Item, LotId? Lot, SerialId? Serial)
{
    internal InvalidField? Check() =>
        Warehouse is null && Bin is null && Item is null && Lot is null && Serial is null
            ? Field.Invalid("scope", "must name a warehouse, bin, item, lot or serial", given: null)
        : Bin is not null && Warehouse is null ? Field.Invalid("scope.warehouseId", "is named with its bin", given: null)
        : (Lot is not null || Serial is not null) && Item is null ? Field.Invalid("scope.itemId", "is named with its lot or serial", given: null)
        : null;

    internal bool Covers(WarehouseId warehouse, BinId bin, ItemId item, LotId? lot, SerialId? serial) =>
        (Warehouse is null || Warehouse == warehouse) && (Bin is null || Bin == bin) && (Item is null || Item == item)
        && (Lot is null || Lot == lot) && (Serial is null || Serial == serial);
}

/// <summary>Goods that nobody takes until somebody else sets them free.</summary>
public sealed class StockHold
{
    private StockHold()
    {
    }

    public StockHoldId Id { get; private set; }

    public string Number { get; private set; } = string.Empty;

    public HoldKind Kind { get; private set; }

    public HoldStatus Status { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId? WarehouseId { get; private set; }

    public BinId? BinId { get; private set; }

    public ItemId? ItemId { get; private set; }

    public LotId? LotId { get; private set; }

    public SerialId? SerialId { get; private set; }

    public string Reason { get; private set; } = string.Empty;

    /// <summary>The document that is missing, or the authority's own number.</summary>
    public string? Reference { get; private set; }

    /// <summary>What it took out of use when it was placed, in base units.</summary>
    public decimal Quantity { get; private set; }

    public Guid PlacedBy { get; private set; }

    public Guid PlacedByPerson { get; private set; }

    public string Placer { get; private set; } = string.Empty;

    public DateTimeOffset PlacedAt { get; private set; }

    public Guid? ReleasedBy { get; private set; }

    public Guid? ReleasedByPerson { get; private set; }

    public DateTimeOffset? ReleasedAt { get; private set; }

    public string? ReleaseReason { get; private set; }

    public int Version { get; private set; }

    internal HoldScope Scope => new(LegalEntityId, WarehouseId, BinId, ItemId, LotId, SerialId);

    internal static StockHold Place(StockHoldId id, string number, PlaceHold command, decimal quantity, Envelope envelope) => new()
    {
        Id = id,
        Number = number,
        Kind = command.Kind,
        Status = HoldStatus.Standing,
        LegalEntityId = command.Scope.LegalEntity,
        WarehouseId = command.Scope.Warehouse,
        BinId = command.Scope.Bin,
        ItemId = command.Scope.Item,
        LotId = command.Scope.Lot,
        SerialId = command.Scope.Serial,
        Reason = command.Reason,
        Reference = command.Reference,
        Quantity = quantity,
        PlacedBy = envelope.Actor.Id,
        PlacedByPerson = envelope.Actor.Person,
        Placer = envelope.Actor.Name,
        PlacedAt = envelope.Now,
        Version = 1,
    };

    internal void Release(string reason, Envelope envelope)
    {
        Status = HoldStatus.Released;
        (ReleasedBy, ReleasedByPerson, ReleasedAt, ReleaseReason) = (envelope.Actor.Id, envelope.Actor.Person, envelope.Now, reason);
        Version++;
    }
}

/// <summary>Units that a hold took out of use and answers for.</summary>
public sealed class StockHoldPart
{
    private StockHoldPart()
    {
    }

    public StockHoldPartId Id { get; private set; }

    public StockHoldId HoldId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public BinId BinId { get; private set; }

    public ItemId ItemId { get; private set; }

    public LotId? LotId { get; private set; }

    public SerialId? SerialId { get; private set; }

    public HandlingUnitId? HandlingUnitId { get; private set; }

    public OwnerId OwnerId { get; private set; }

    /// <summary>What they are once nothing holds them.</summary>
    public StockCondition FreesAs { get; private set; }

    /// <summary>The part of an inspection in which they were accepted while the hold stood.</summary>
    public InspectionPartId? InspectionPartId { get; private set; }

    public decimal Quantity { get; private set; }

    /// <summary>Of these, those that it no longer answers for.</summary>
    public decimal Freed { get; private set; }

    public DateTimeOffset TakenAt { get; private set; }

    public int Version { get; private set; }

    internal decimal Held => Quantity - Freed;

    internal static StockHoldPart Of(StockHoldPartId id, StockHoldId hold, WarehouseId warehouse, Piece piece, DateTimeOffset at) => new()
    {
        Id = id,
        HoldId = hold,
        WarehouseId = warehouse,
        BinId = piece.Bin,
        ItemId = piece.Item,
        LotId = piece.Lot,
        SerialId = piece.Serial,
        HandlingUnitId = piece.HandlingUnit,
        OwnerId = piece.Owner,
        FreesAs = StockCondition.Usable,
        Quantity = piece.Quantity,
        TakenAt = at,
        Version = 1,
    };

    /// <summary>Goods that were found good while the hold stood: released, they are what their inspection makes of them.</summary>
    internal static StockHoldPart Accepted(
        StockHoldPartId id, StockHoldId hold, Inspection inspection, InspectionPart accepted, Piece piece, DateTimeOffset at)
    {
        var part = Of(id, hold, inspection.WarehouseId, piece, at);
        (part.FreesAs, part.InspectionPartId) = (inspection.AcceptedAs, accepted.Id);
        return part;
    }

    internal void FreeAll()
    {
        Freed = Quantity;
        Version++;
    }

    /// <summary>Another hold stands over the same goods: it answers for them from now on.</summary>
    internal void PassTo(StockHoldId hold)
    {
        HoldId = hold;
        Version++;
    }
}
