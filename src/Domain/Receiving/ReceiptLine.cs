using Platform.Domain.Catalog;
using Platform.Domain.Purchasing;
using Platform.Domain.Quality.Disposing;
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

    /// <summary>Quality looks at it before anybody may take it, whatever else it waits for.</summary>
    public bool IsInspected { get; private set; }

    public BinId BinId { get; private set; }

    /// <summary>What one base unit (of weight, where that prices it) should cost, in the company's currency.</summary>
    public decimal UnitCost { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    /// <summary>What was accrued for it as received and not invoiced.</summary>
    public decimal? Accrued { get; private set; }

    public StockPostingId? PostingId { get; private set; }

    /// <summary>The movement that brought it in.</summary>
    public long? MovementId { get; private set; }

    /// <summary>How much of it was found good, in base units: by an inspection, or because none was needed.</summary>
    public decimal Accepted { get; private set; }

    /// <summary>Of what was accepted, that over which a hold stands.</summary>
    public decimal Withheld { get; private set; }

    /// <summary>How much of it may be taken, in base units.</summary>
    public decimal Available { get; private set; }

    /// <summary>Of what was accepted, that for which bins were looked for.</summary>
    public decimal Directed { get; private set; }

    /// <summary>How much of it lies where it is kept.</summary>
    public decimal PutAway { get; private set; }

    /// <summary>How much of it quality looks at now.</summary>
    public decimal Inspecting { get; private set; }

    /// <summary>How much of it nobody has decided about yet: it is looked at, or held.</summary>
    public decimal Undecided { get; private set; }

    /// <summary>How much of it went back to the supplier.</summary>
    public decimal Returned { get; private set; }

    public decimal Scrapped { get; private set; }

    /// <summary>How much of it is kept as second choice.</summary>
    public decimal Downgraded { get; private set; }

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

    /// <summary>What is accepted and not yet where it is kept.</summary>
    internal decimal ToStore => Accepted - PutAway;

    /// <summary>What waits for a decision.</summary>
    internal decimal Waiting => Quantity - Accepted - Rejected - Downgraded;

    /// <summary>Of that, what quality does not look at: somebody must say what becomes of it.</summary>
    internal decimal Held => State is ReceiptLineState.Counted or ReceiptLineState.Reversed ? 0m : Waiting - Inspecting;

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
    internal StockCondition Arrives() => (Condition, IsInspected) switch
    {
        (ReceivedCondition.Damaged, _) => StockCondition.Damaged,
        (ReceivedCondition.Good, true) => StockCondition.Inspection,
        (ReceivedCondition.Good, false) => AcceptedAs(),
    };

    /// <summary>In which condition it is once it was found good: what putaway releases waits for that too.</summary>
    internal StockCondition AcceptedAs() => ReleasePoint == ReleasePoint.AfterPutaway ? StockCondition.Receiving : StockCondition.Usable;

    internal void Post(StockPostingId posting, long movement, decimal accrued, DateTimeOffset at)
    {
        (PostingId, MovementId, Accrued, PostedAt) = (posting, movement, accrued, at);
        if (Condition == ReceivedCondition.Damaged)
        {
            Settle();
        }
        else if (IsInspected)
        {
            Inspecting = Quantity;
            Settle();
        }
        else
        {
            Accept(Quantity, withheld: 0m, at);
        }
    }

    /// <summary>Quality wants to see it before anybody takes it; where putaway releases it, that is waited for as well.</summary>
    internal void InspectFirst()
    {
        IsInspected = true;
        if (ReleasePoint == ReleasePoint.AtReceipt)
        {
            ReleasePoint = ReleasePoint.AfterInspection;
        }
    }

    /// <summary>So much of what was looked at was found good, some of it under a hold; the rest of it is held.</summary>
    internal void Judge(decimal judged, decimal accepted, decimal withheld, DateTimeOffset at)
    {
        Inspecting -= judged;
        Accept(accepted, withheld, at);
    }

    /// <summary>So much more is good; it may be taken when nothing else is waited for.</summary>
    internal void Accept(decimal quantity, decimal withheld, DateTimeOffset at)
    {
        Accepted += quantity;
        Withheld += withheld;
        if (ReleasePoint != ReleasePoint.AfterPutaway)
        {
            Release(quantity - withheld, at);
        }

        Settle();
    }

    /// <summary>No hold stands any more over so much of it.</summary>
    internal void Free(decimal quantity, DateTimeOffset at)
    {
        Withheld -= quantity;
        if (ReleasePoint != ReleasePoint.AfterPutaway)
        {
            Release(quantity, at);
        }

        Version++;
    }

    /// <summary>Bins were looked for, for everything that may be carried.</summary>
    internal void Direct()
    {
        Directed = Accepted - Withheld;
        Version++;
    }

    /// <summary>So much of it lies where it is kept now.</summary>
    internal void Store(decimal quantity, DateTimeOffset at)
    {
        PutAway += quantity;
        if (ReleasePoint == ReleasePoint.AfterPutaway)
        {
            Release(quantity, at);
        }

        Settle();
    }

    /// <summary>It was carried out what becomes of so much that was held.</summary>
    internal void Dispose(DispositionKind kind, decimal quantity, DateTimeOffset at)
    {
        switch (kind)
        {
            case DispositionKind.UseAsIs:
                Accept(quantity, withheld: 0m, at);
                return;
            case DispositionKind.Rework:
                Inspecting += quantity;
                break;
            case DispositionKind.ReturnToSupplier:
                (Returned, Rejected) = (Returned + quantity, Rejected + quantity);
                break;
            case DispositionKind.Scrap:
                (Scrapped, Rejected) = (Scrapped + quantity, Rejected + quantity);
                break;
            case DispositionKind.Downgrade:
                Downgraded += quantity;
                break;
        }

        Settle();
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

    internal void Reverse()
    {
        Take(ReceiptLineStep.Reverse);
        (Accepted, Withheld, Available, Directed, Inspecting) = (0m, 0m, 0m, 0m, 0m);
    }

    private void Release(decimal quantity, DateTimeOffset at)
    {
        Available += quantity;
        if (Available == Accepted && Available > 0m)
        {
            AvailableAt = at;
        }
    }

    /// <summary>The state follows from the quantities: what can be carried first, then what is looked at, then what is held.</summary>
    private void Settle()
    {
        var step = ToStore > 0m ? ReceiptLineStep.Accept
            : Inspecting > 0m ? ReceiptLineStep.Inspect
            : Waiting > 0m ? ReceiptLineStep.Hold
            : Accepted + Downgraded > 0m ? ReceiptLineStep.Stock
            : Returned > 0m ? ReceiptLineStep.Return
            : ReceiptLineStep.Scrap;
        if (State == ReceiptLineSteps.GoalOf(step))
        {
            Version++;
            return;
        }

        Take(step);
    }

    private void Take(ReceiptLineStep step)
    {
        State = ReceiptLineSteps.After(State, step);
        Version++;
    }
}

/// <summary>Goods as they were counted, with everything the ledger needs to know of them.</summary>
internal sealed record CountedGoods(
    OrderLineTerms Ordered, decimal Most, LotId? Lot, string? LotCode, SerialId? Serial, string Unit, decimal Entered, decimal Quantity, decimal? Weight,
    ReceivedCondition Condition, DamageEvidence? Evidence, ReleasePoint ReleasePoint, decimal UnitCost, string Currency);
