using Platform.Domain.Catalog;
using Platform.Domain.Kernel;

namespace Platform.Domain.Purchasing;

public enum OrderLineStatus
{
    Open,
    PartiallyReceived,

    /// <summary>No more is missing than may be missing without a word.</summary>
    Received,

    /// <summary>Nothing more is wanted of it.</summary>
    Closed,
}

/// <summary>One item of an order.</summary>
public sealed class PurchaseOrderLine
{
    private PurchaseOrderLine()
    {
    }

    public PurchaseOrderLineId Id { get; private set; }

    public PurchaseOrderId OrderId { get; private set; }

    public int Line { get; private set; }

    public ItemId ItemId { get; private set; }

    public string Unit { get; private set; } = string.Empty;

    public decimal Quantity { get; private set; }

    /// <summary>The same in base units, in which goods are received.</summary>
    public decimal BaseQuantity { get; private set; }

    public decimal UnitPrice { get; private set; }

    public decimal Amount { get; private set; }

    public DateOnly ExpectedOn { get; private set; }

    /// <summary>How much more may come, in percent.</summary>
    public decimal OverPercent { get; private set; }

    /// <summary>How much less may come without a word, in percent.</summary>
    public decimal UnderPercent { get; private set; }

    /// <summary>What the supplier said will come, in the unit of the line.</summary>
    public decimal? ConfirmedQuantity { get; private set; }

    public DateOnly? ConfirmedOn { get; private set; }

    /// <summary>What came, in base units.</summary>
    public decimal Received { get; private set; }

    public int Version { get; private set; }

    public OrderLineStatus Status { get; private set; }

    /// <summary>The highest total that somebody agreed to take beyond the tolerance, in base units.</summary>
    public decimal? ReceiveUpTo { get; private set; }

    /// <summary>What went back of it, in base units.</summary>
    public decimal Returned { get; private set; }

    /// <summary>The part of what went back that is to come again.</summary>
    public decimal ToReplace { get; private set; }

    /// <summary>What was charged, in base units.</summary>
    public decimal Invoiced { get; private set; }

    /// <summary>What was credited of it, in base units.</summary>
    public decimal Credited { get; private set; }

    internal decimal Open => Status is OrderLineStatus.Received or OrderLineStatus.Closed
        ? 0m
        : Math.Max(0m, BaseQuantity + ToReplace - Received);

    internal decimal Most => Math.Max(BaseQuantity * (1m + (OverPercent / 100m)), ReceiveUpTo ?? 0m) + ToReplace;

    /// <summary>Everything that came and stayed was charged.</summary>
    internal bool IsSettled => Invoiced - Credited >= Received - Returned;

    internal static PurchaseOrderLine Of(PurchaseOrderLineId id, PurchaseOrderId order, int line, PricedLine priced)
    {
        var made = new PurchaseOrderLine { Id = id, OrderId = order, Line = line };
        made.Apply(priced);
        return made;
    }

    internal void Apply(PricedLine priced)
    {
        var asked = priced.Line;
        (ItemId, Unit, Quantity, BaseQuantity) = (asked.Item, asked.Unit, asked.Quantity, priced.BaseQuantity);
        (UnitPrice, Amount, ExpectedOn) = (asked.UnitPrice, priced.Amount, asked.ExpectedOn);
        (OverPercent, UnderPercent) = (asked.OverPercent, asked.UnderPercent);
        (ConfirmedQuantity, ConfirmedOn) = (null, null);
        Version++;
    }

    /// <summary>What came of it and is not to come again, at most what was ordered: so much stays as it was bought.</summary>
    internal decimal Kept => Math.Min(BaseQuantity, Received - ToReplace);

    /// <summary>It was taken out of the order after its supplier may have seen it.</summary>
    internal bool IsStruck => Status == OrderLineStatus.Closed && Received == 0m;

    internal bool IsOf(PricedLine wanted) => wanted.Line.Item == ItemId;

    internal bool CostsLike(PricedLine wanted) =>
        string.Equals(wanted.Line.Unit, Unit, StringComparison.Ordinal) && wanted.Line.UnitPrice == UnitPrice;

    /// <summary>What came, as it was bought, and the rest as it is wanted; null when the line has no such parts.</summary>
    internal (OrderLine Came, OrderLine Left)? Part(PricedLine wanted)
    {
        var (came, rest) = (Kept * Quantity / BaseQuantity, wanted.BaseQuantity - Kept);
        var quantity = rest * wanted.Line.Quantity / wanted.BaseQuantity;
        return rest > 0m && decimal.Round(came, 6) == came && decimal.Round(quantity, 6) == quantity
            ? (new OrderLine(ItemId, Unit, came, UnitPrice, ExpectedOn, OverPercent, UnderPercent), wanted.Line with { Quantity = quantity })
            : null;
    }

    /// <summary>What did not change keeps the supplier's word about it.</summary>
    internal void Change(PricedLine priced)
    {
        var asked = priced.Line;
        if (CostsLike(priced) && (Quantity, ExpectedOn, OverPercent, UnderPercent) == (asked.Quantity, asked.ExpectedOn, asked.OverPercent, asked.UnderPercent)
            && IsOf(priced))
        {
            return;
        }

        Apply(priced);
        Status = OrderLineStatus.Open;
        Status = StatusNow();
    }

    internal void Strike()
    {
        Close();
        (Amount, ConfirmedQuantity, ConfirmedOn) = (0m, null, null);
    }

    internal void Confirm(decimal quantity, DateOnly on)
    {
        (ConfirmedQuantity, ConfirmedOn) = (quantity, on);
        Version++;
    }

    internal DomainError? Refuse(LineRecord record)
    {
        var (total, most) = record.Deed switch
        {
            LineDeed.Receive => (Received + record.Quantity, record.UpTo ?? Most),
            LineDeed.Invoice => (Invoiced - Credited + record.Quantity, record.UpTo ?? Most),
            LineDeed.UndoReceipt or LineDeed.ReturnForReplacement or LineDeed.ReturnForCredit => (record.Quantity, Received - Returned),
            LineDeed.UndoInvoice or LineDeed.Credit => (record.Quantity, Invoiced - Credited),
            LineDeed.AwaitRest or LineDeed.CancelRest => (record.Quantity, Open),
        };
        return total > most ? new BeyondTheLine(Id, record.Deed, most, total) : null;
    }

    internal void Record(LineRecord record)
    {
        switch (record.Deed)
        {
            case LineDeed.Receive:
                Received += record.Quantity;
                if (Received > Most)
                {
                    ReceiveUpTo = Received - ToReplace;
                }

                break;
            case LineDeed.UndoReceipt:
                Received -= record.Quantity;
                break;
            case LineDeed.ReturnForReplacement:
                (Returned, ToReplace) = (Returned + record.Quantity, ToReplace + record.Quantity);
                break;
            case LineDeed.ReturnForCredit:
                Returned += record.Quantity;
                break;
            case LineDeed.Invoice:
                Invoiced += record.Quantity;
                break;
            case LineDeed.UndoInvoice:
                Invoiced -= record.Quantity;
                break;
            case LineDeed.Credit:
                Credited += record.Quantity;
                break;
            case LineDeed.AwaitRest:
            case LineDeed.CancelRest:
                throw new InvalidOperationException("The rest of a line is settled whole, not recorded by quantity.");
        }

        Status = StatusNow();
        Version++;
    }

    /// <summary>What is missing is expected on another day.</summary>
    internal void Expect(DateOnly on)
    {
        (ConfirmedQuantity, ConfirmedOn) = (ConfirmedQuantity ?? Quantity, on);
        Version++;
    }

    internal void Close()
    {
        Status = OrderLineStatus.Closed;
        Version++;
    }

    /// <summary>A line is received when no more is missing than may be missing without a word.</summary>
    private OrderLineStatus StatusNow()
    {
        if (Status == OrderLineStatus.Closed)
        {
            return Status;
        }

        var least = (BaseQuantity * (1m - (UnderPercent / 100m))) + ToReplace;
        return Received > 0m && Received >= least ? OrderLineStatus.Received
            : Received > 0m ? OrderLineStatus.PartiallyReceived
            : OrderLineStatus.Open;
    }
}
