using Platform.Domain.Catalog;
using Platform.Domain.Purchasing;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

/// <summary>
/// So much of one item in one condition, of one lot or one serial, for one line of an order. How far it has come is told by its
/// state; how much of it may be taken, by <see cref="Available"/>.
/// </summary>
public sealed class ReceiptLine
{
    private ReceiptLine()
    {
    }

    public ReceiptLineId Id { get; private set; }

    public ReceiptId ReceiptId { get; private set; }

    public int Line { get; private set; }

    /// <summary>The announced line that it is of.</summary>
    public InboundShipmentLineId? ShipmentLineId { get; private set; }

    public PurchaseOrderId OrderId { get; private set; }

    public PurchaseOrderLineId OrderLineId { get; private set; }

    public ItemId ItemId { get; private set; }

    public LotId? LotId { get; private set; }

    public SerialId? SerialId { get; private set; }

    /// <summary>The unit in which it was counted.</summary>
    public string Unit { get; private set; } = string.Empty;

    public decimal EnteredQuantity { get; private set; }

    /// <summary>The same in base units.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>What the first count said, where a second one said something else.</summary>
    public decimal? CountedQuantity { get; private set; }

    public decimal? Weight { get; private set; }

    public ReceivedCondition Condition { get; private set; }

    public ReceiptLineState State { get; private set; }

    public ReleasePoint ReleasePoint { get; private set; }

    public BinId BinId { get; private set; }

    /// <summary>What one base unit (of weight, where that prices it) should cost, in the company's currency.</summary>
    public decimal UnitCost { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    /// <summary>What was accrued for it as received and not invoiced.</summary>
    public decimal? Accrued { get; private set; }

    public StockPostingId? PostingId { get; private set; }

    /// <summary>The movement that brought it in.</summary>
    public long? MovementId { get; private set; }

    /// <summary>How much of it may be taken, in base units.</summary>
    public decimal Available { get; private set; }

    /// <summary>How much of it lies where it is kept.</summary>
    public decimal PutAway { get; private set; }

    /// <summary>How much of it went back or was scrapped.</summary>
    public decimal Rejected { get; private set; }

    /// <summary>Where the photo of the damage is kept.</summary>
    public string? EvidenceUri { get; private set; }

    /// <summary>The photo's fingerprint, so that nobody exchanges it.</summary>
    public string? EvidenceSha256 { get; private set; }

    public DateTimeOffset ArrivedAt { get; private set; }

    public DateTimeOffset HappenedAt { get; private set; }

    public DateTimeOffset? PostedAt { get; private set; }

    /// <summary>When the last of it could be taken.</summary>
    public DateTimeOffset? AvailableAt { get; private set; }

    /// <summary>From the dock until the last of it could be taken (KPI-04).</summary>
    public long? DockToStockSeconds { get; private set; }

    /// <summary>From the count until the ledger heard of it (RCV-16).</summary>
    public long? PostingDelaySeconds { get; private set; }

    public int Version { get; private set; }

    internal decimal Rest => Quantity - Rejected;

    internal static ReceiptLine Count(ReceiptLineId id, Receipt receipt, int number, CountedGoods goods, InboundShipmentLine? announced) => new()
    {
        Id = id,
        ReceiptId = receipt.Id,
        Line = number,
        ShipmentLineId = announced?.Id,
        OrderId = goods.Ordered.Order,
        OrderLineId = goods.Ordered.Id,
        ItemId = goods.Ordered.Item,
        LotId = goods.Lot,
        SerialId = goods.Serial,
        Unit = goods.Unit,
        EnteredQuantity = goods.Entered,
        Quantity = goods.Quantity,
        Weight = goods.Weight,
        Condition = goods.Condition,
        State = ReceiptLineState.Counted,
        ReleasePoint = goods.ReleasePoint,
        BinId = receipt.BinId,
        UnitCost = goods.UnitCost,
        CurrencyCode = goods.Currency,
        EvidenceUri = goods.Evidence?.Uri,
        EvidenceSha256 = goods.Evidence?.Sha256,
        ArrivedAt = receipt.ArrivedAt,
        HappenedAt = receipt.HappenedAt,
        Version = 1,
    };

    /// <summary>In which condition it comes into stock: what may not be taken yet is never usable, by construction.</summary>
    internal StockCondition Arrives() => (Condition, ReleasePoint) switch
    {
        (ReceivedCondition.Damaged, _) => StockCondition.Damaged,
        (ReceivedCondition.Good, ReleasePoint.AtReceipt) => StockCondition.Usable,
        (ReceivedCondition.Good, ReleasePoint.AfterInspection) => StockCondition.Inspection,
        (ReceivedCondition.Good, ReleasePoint.AfterPutaway) => StockCondition.Receiving,
    };

    internal void Post(StockPostingId posting, long movement, decimal accrued, DateTimeOffset at)
    {
        (PostingId, MovementId, Accrued, PostedAt) = (posting, movement, accrued, at);
        Take((Condition, ReleasePoint) switch
        {
            (ReceivedCondition.Damaged, _) => ReceiptLineStep.Hold,
            (ReceivedCondition.Good, ReleasePoint.AfterInspection) => ReceiptLineStep.Inspect,
            (ReceivedCondition.Good, ReleasePoint.AtReceipt or ReleasePoint.AfterPutaway) => ReceiptLineStep.Accept,
        });
        if (ReleasePoint == ReleasePoint.AtReceipt && Condition == ReceivedCondition.Good)
        {
            Release(Quantity, at);
        }
    }

    /// <summary>So much more of it may be taken from now on.</summary>
    internal void Release(decimal quantity, DateTimeOffset at)
    {
        Available += quantity;
        if (Available == Rest)
        {
            AvailableAt = at;
        }
    }

    /// <summary>Quality wants to see it before anybody takes it.</summary>
    internal void InspectFirst() => ReleasePoint = ReleasePoint.AfterInspection;

    /// <summary>So much of it was found right; nothing of it, and it is held.</summary>
    internal void Judge(decimal accepted, DateTimeOffset at)
    {
        if (accepted == 0m)
        {
            Take(ReceiptLineStep.Hold);
            return;
        }

        Take(ReceiptLineStep.Accept);
        Available += accepted;
        // The rest waits for what becomes of it; what may be taken of the line may be taken from now on.
        AvailableAt = at;
    }

    /// <summary>So much of it lies where it is kept now.</summary>
    internal void Store(decimal quantity, DateTimeOffset at)
    {
        PutAway += quantity;
        if (ReleasePoint == ReleasePoint.AfterPutaway)
        {
            Release(quantity, at);
        }

        if (PutAway == Rest)
        {
            Take(ReceiptLineStep.Stock);
        }
        else
        {
            Version++;
        }
    }

    /// <summary>The second count, which is the one that counts.</summary>
    internal void Recount(decimal quantity)
    {
        if (quantity == Quantity)
        {
            return;
        }

        (CountedQuantity, Quantity) = (Quantity, quantity);
        Version++;
    }

    internal void Take(ReceiptLineStep step)
    {
        State = ReceiptLineSteps.After(State, step);
        Version++;
    }

    internal void Reverse()
    {
        Take(ReceiptLineStep.Reverse);
        Available = 0m;
    }
}

/// <summary>Goods as they were counted, with everything the ledger needs to know of them.</summary>
internal sealed record CountedGoods(
    OrderLineTerms Ordered, decimal Most, LotId? Lot, string? LotCode, SerialId? Serial, string Unit, decimal Entered, decimal Quantity, decimal? Weight,
    ReceivedCondition Condition, DamageEvidence? Evidence, ReleasePoint ReleasePoint, decimal UnitCost, string Currency);
