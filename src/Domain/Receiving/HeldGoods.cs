using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

public enum HoldReason
{
    /// <summary>Nobody knows for which order they are (RCV-10).</summary>
    NoReference,
    OverReceipt,
    WrongItem,
}

public enum HeldGoodsStatus
{
    Held,

    /// <summary>An order is being made for them.</summary>
    Ordered,

    /// <summary>They came in against an order.</summary>
    Matched,
    Returned,
    Refused,
}

public enum HoldStep
{
    Order,
    Match,
    Return,
    Refuse,
}

/// <summary>The life of goods that wait for a decision, as its whole table.</summary>
internal static class HoldSteps
{
    public static FrozenDictionary<(HeldGoodsStatus From, HoldStep Step), HeldGoodsStatus> Table { get; } =
        new Dictionary<(HeldGoodsStatus From, HoldStep Step), HeldGoodsStatus>
        {
            [(HeldGoodsStatus.Held, HoldStep.Order)] = HeldGoodsStatus.Ordered,
            [(HeldGoodsStatus.Held, HoldStep.Match)] = HeldGoodsStatus.Matched,
            [(HeldGoodsStatus.Held, HoldStep.Return)] = HeldGoodsStatus.Returned,
            [(HeldGoodsStatus.Held, HoldStep.Refuse)] = HeldGoodsStatus.Refused,
            [(HeldGoodsStatus.Ordered, HoldStep.Match)] = HeldGoodsStatus.Matched,
            [(HeldGoodsStatus.Ordered, HoldStep.Return)] = HeldGoodsStatus.Returned,
            [(HeldGoodsStatus.Ordered, HoldStep.Refuse)] = HeldGoodsStatus.Refused,
        }.ToFrozenDictionary();

    public static HeldGoodsStatus After(HeldGoodsStatus status, HoldStep step) => Table[(status, step)];

    public static WrongHoldStatus? RefuseStep(HeldGoods held, HoldStep step) =>
        Table.ContainsKey((held.Status, step)) ? null : new WrongHoldStatus(held.Id, held.Status, step);
}

/// <summary>
/// Goods that stand at the dock and that nobody may use: no order is known for them, they are more than was ordered, or something
/// else. They are neither stock nor debt until somebody says whose they are.
/// </summary>
public sealed class HeldGoods
{
    private HeldGoods()
    {
    }

    public HeldGoodsId Id { get; private set; }

    public string Number { get; private set; } = string.Empty;

    public HoldReason Reason { get; private set; }

    public HeldGoodsStatus Status { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public BinId BinId { get; private set; }

    public SupplierId? SupplierId { get; private set; }

    public ItemId? ItemId { get; private set; }

    public InboundShipmentId? ShipmentId { get; private set; }

    /// <summary>The line that they are too many for.</summary>
    public PurchaseOrderLineId? OrderLineId { get; private set; }

    /// <summary>The order that is made for them.</summary>
    public PurchaseOrderId? OrderId { get; private set; }

    public string Description { get; private set; } = string.Empty;

    public string Unit { get; private set; } = string.Empty;

    public decimal Quantity { get; private set; }

    /// <summary>The whole label as it was taken down, as JSON.</summary>
    public string Goods { get; private set; } = "{}";

    public string? DeliveryNote { get; private set; }

    public ExceptionCaseId CaseId { get; private set; }

    public Guid? AssignedTo { get; private set; }

    public string? AssignedName { get; private set; }

    public DateTimeOffset ArrivedAt { get; private set; }

    public Guid HeldBy { get; private set; }

    public Guid HeldByPerson { get; private set; }

    public DateTimeOffset HeldAt { get; private set; }

    public Guid? SettledBy { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    public string? SettlementNote { get; private set; }

    /// <summary>The receipt with which they came in.</summary>
    public ReceiptId? ReceiptId { get; private set; }

    public int Version { get; private set; }

    internal static HeldGoods Hold(HeldGoodsId id, string number, HeldGoodsArrival arrival, Envelope envelope) => new()
    {
        Id = id,
        Number = number,
        Reason = arrival.Reason,
        Status = HeldGoodsStatus.Held,
        LegalEntityId = arrival.LegalEntity,
        WarehouseId = arrival.Warehouse,
        BinId = arrival.Bin,
        SupplierId = arrival.Supplier,
        ItemId = arrival.Item,
        ShipmentId = arrival.Shipment,
        OrderLineId = arrival.OrderLine,
        Description = arrival.Description,
        Unit = arrival.Label.Unit,
        Quantity = arrival.Label.Quantity,
        Goods = JsonSerializer.Serialize(arrival.Label, KernelJson.Options),
        DeliveryNote = arrival.DeliveryNote,
        ArrivedAt = arrival.ArrivedAt,
        HeldBy = envelope.Actor.Id,
        HeldByPerson = envelope.Actor.Person,
        HeldAt = envelope.Now,
        Version = 1,
    };

    internal HeldLabel Label() => JsonSerializer.Deserialize<HeldLabel>(Goods, KernelJson.Options)!;

    internal void InCase(ExceptionCaseId opened) => CaseId = opened;

    internal void Assign(Guid owner, string name)
    {
        (AssignedTo, AssignedName) = (owner, name);
        Version++;
    }

    internal void Order(PurchaseOrderId order)
    {
        Status = HoldSteps.After(Status, HoldStep.Order);
        OrderId = order;
        Version++;
    }

    internal void Settle(HoldStep step, ReceiptId? receipt, string? note, Envelope envelope)
    {
        Status = HoldSteps.After(Status, step);
        (ReceiptId, SettlementNote) = (receipt, note);
        (SettledBy, SettledAt) = (envelope.Actor.Id, envelope.Now);
        Version++;
    }

    internal HeldGoodsMoved Moved(HeldGoodsStatus from) => new(
        Id, Number, Reason, from, Status, LegalEntityId, WarehouseId, SupplierId, ItemId, Description, Quantity, AssignedTo, OrderId, ReceiptId,
        CaseId, SettlementNote, Version);
}

/// <summary>What stands on goods and in which condition they are, without an order.</summary>
/// <param name="Unit">The unit in which they were counted.</param>
/// <param name="Quantity">How many of the unit.</param>
/// <param name="Weight">What they weigh, for items priced by weight.</param>
/// <param name="Condition">Good or damaged.</param>
/// <param name="Lot">Their lot, where one stands on them.</param>
/// <param name="Serials">The numbers of single units, where they have any.</param>
/// <param name="Evidence">A photo.</param>
public sealed record HeldLabel(
    string Unit, decimal Quantity, decimal? Weight, ReceivedCondition Condition, ReceivedLot? Lot, IReadOnlyList<string> Serials,
    DamageEvidence? Evidence)
{
    internal static HeldLabel Of(ReceivedGoods goods) =>
        new(goods.Unit, goods.Quantity, goods.Weight, goods.Condition, goods.Lot, goods.Serials, goods.Evidence);

    internal ReceivedGoods For(PurchaseOrderLineId line) => new(line, Unit, Quantity, Weight, Condition, Lot, Serials, Evidence);
}

/// <summary>What is more than may come on a line.</summary>
internal sealed record SurplusGoods(OrderLineTerms Ordered, string ItemCode, ReceivedGoods Goods, decimal Most);

/// <summary>Goods that are to wait.</summary>
internal sealed record HeldGoodsArrival(
    HoldReason Reason, LegalEntityId LegalEntity, WarehouseId Warehouse, BinId Bin, SupplierId? Supplier, ItemId? Item,
    InboundShipmentId? Shipment, PurchaseOrderLineId? OrderLine, string Description, HeldLabel Label, string? DeliveryNote, DateTimeOffset ArrivedAt)
{
    public static HeldGoodsArrival Of(Delivery delivery, SurplusGoods more) => new(
        HoldReason.OverReceipt, more.Ordered.LegalEntity, delivery.Warehouse, delivery.Bin, more.Ordered.Supplier, more.Ordered.Item,
        delivery.Shipment, more.Ordered.Id,
        string.Create(CultureInfo.InvariantCulture, $"{more.ItemCode} beyond line {more.Ordered.Line} of order {more.Ordered.Number}"),
        HeldLabel.Of(more.Goods), delivery.DeliveryNote, delivery.ArrivedAt ?? delivery.HappenedAt);
}

/// <summary>Goods wait at the dock for somebody to say what becomes of them.</summary>
public sealed record GoodsHeld(
    HeldGoodsId HeldGoods,
    string Number,
    HoldReason Reason,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId? Supplier,
    ItemId? Item,
    string Description,
    decimal Quantity,
    ExceptionCaseId Case) : IEvent
{
    public Subject Subject => new(nameof(Receiving.HeldGoods), HeldGoods.Value);

    internal static GoodsHeld Of(HeldGoods held) => new(
        held.Id, held.Number, held.Reason, held.LegalEntityId, held.WarehouseId, held.SupplierId, held.ItemId, held.Description, held.Quantity,
        held.CaseId);
}

/// <summary>Somebody answers for held goods, or said what becomes of them.</summary>
public sealed record HeldGoodsMoved(
    HeldGoodsId HeldGoods,
    string Number,
    HoldReason HoldReason,
    HeldGoodsStatus From,
    HeldGoodsStatus To,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId? Supplier,
    ItemId? Item,
    string Description,
    decimal Quantity,
    Guid? AssignedTo,
    PurchaseOrderId? Order,
    ReceiptId? Receipt,
    ExceptionCaseId Case,
    string? Note,
    int Version) : IEvent
{
    public Subject Subject => new(nameof(Receiving.HeldGoods), HeldGoods.Value);
}
