using Platform.Domain.Catalog;
using Platform.Domain.Kernel;

namespace Platform.Domain.Purchasing;

/// <summary>
/// Changes what is bought: a new revision, which others agree to anew before it goes out. Lines are found again by their item. What
/// came already stays as it was bought: a new price holds for the rest only, which becomes a line of its own.
/// </summary>
/// <param name="Order">The order.</param>
/// <param name="Version">As it was seen.</param>
/// <param name="Lines">Everything that is wanted, with what came already.</param>
/// <param name="Reason">Why.</param>
[Needs("purchasing.order")]
[Refuses<InvalidField>, Refuses<PurchaseOrderNotFound>, Refuses<StaleVersion>, Refuses<WrongOrderStatus>, Refuses<ItemNotFound>]
[Refuses<ItemNotUsable>, Refuses<UnitNotOrderable>, Refuses<GoodsCame>, Refuses<RestNotSeparable>]
public sealed record ChangeOrder(PurchaseOrderId Order, int Version, IReadOnlyList<OrderLine> Lines, string Reason)
    : ICommand<OrderMoved>, IReasoned;

/// <summary>Part of a line came already, in base units: it cannot become less than that, nor another item, nor be called off.</summary>
public sealed record GoodsCame(PurchaseOrderId Order, int Line, decimal Received, decimal Asked) : DomainError
{
    public override string Message => $"Of line {Line} of purchase order {Order} {Received} came already: it cannot become {Asked}.";
}

/// <summary>What came of the line keeps its price, and the rest cannot be bought at another: nothing is left, or no whole number of its unit came.</summary>
public sealed record RestNotSeparable(PurchaseOrderId Order, int Line) : DomainError
{
    public override string Message => $"What is left of line {Line} of purchase order {Order} cannot be bought otherwise than what came.";
}

internal sealed class ChangeOrderHandler(PlatformDb db) : ICommandHandler<ChangeOrder, OrderMoved>
{
    public async Task<Result<OrderMoved>> HandleAsync(ChangeOrder command, Envelope envelope, CancellationToken ct)
    {
        if ((Field.Text("reason", command.Reason, most: 500) ?? OrderPricing.Check(command.Lines, DateOnly.MinValue)) is { } invalid)
        {
            return invalid;
        }

        var order = await db.LockOrderAsync(command.Order, ct);
        if (order is null)
        {
            return new PurchaseOrderNotFound(command.Order);
        }

        if (OrderSteps.Refuse(order, command.Version, OrderStep.Change) is { } refusal)
        {
            return refusal;
        }

        var priced = await db.PriceAsync(command.Lines, order.CurrencyCode, ct);
        if (!priced.Succeeded(out var wanted))
        {
            return priced.Error!;
        }

        var lines = await db.LockOrderLinesAsync(order.Id, ct);
        var planned = OrderChange.Of(order, lines, wanted, DateOnly.FromDateTime(envelope.Now.UtcDateTime));
        if (!planned.Succeeded(out var change))
        {
            return planned.Error!;
        }

        if (change.Parted.Count > 0)
        {
            // The parts are new amounts, rounded for themselves.
            priced = await db.PriceAsync(change.AsAsked, order.CurrencyCode, ct);
            change = OrderChange.Of(order, lines, priced.Value, DateOnly.MinValue).Value;
        }

        Apply(change, order, lines, envelope);
        var from = order.Status;
        order.Change(change.Total, envelope.Now);
        var moved = order.Moved(OrderStep.Change, from, command.Reason);
        db.Raise(moved);
        return moved;
    }

    private void Apply(OrderChange change, PurchaseOrder order, List<PurchaseOrderLine> lines, Envelope envelope)
    {
        foreach (var (line, wanted) in change.Kept)
        {
            line.Change(wanted);
        }

        foreach (var line in change.Gone)
        {
            // What a supplier may have seen stays on record, for nothing.
            if (order.ApprovedRevision is null)
            {
                db.Remove(line);
            }
            else
            {
                line.Strike();
            }
        }

        var number = lines.Except(order.ApprovedRevision is null ? change.Gone : []).Select(line => line.Line).DefaultIfEmpty().Max();
        foreach (var wanted in change.New)
        {
            db.Add(PurchaseOrderLine.Of(new PurchaseOrderLineId(Guid.CreateVersion7(envelope.Now)), order.Id, ++number, wanted));
        }
    }
}

/// <summary>Which line becomes what. Pure.</summary>
internal sealed class OrderChange
{
    private OrderChange(
        IReadOnlyList<(PurchaseOrderLine Line, PricedLine Wanted)> kept, IReadOnlyList<PurchaseOrderLine> gone, IReadOnlyList<PricedLine> added,
        IReadOnlyList<(OrderLine Came, OrderLine Left)> parted) =>
        (Kept, Gone, New, Parted) = (kept, gone, added, parted);

    public IReadOnlyList<(PurchaseOrderLine Line, PricedLine Wanted)> Kept { get; }

    public IReadOnlyList<PurchaseOrderLine> Gone { get; }

    public IReadOnlyList<PricedLine> New { get; }

    /// <summary>Lines of which part came and the rest is bought otherwise; they are to be priced apart.</summary>
    public IReadOnlyList<(OrderLine Came, OrderLine Left)> Parted { get; }

    public decimal Total => Kept.Sum(one => one.Wanted.Amount) + New.Sum(line => line.Amount);

    /// <summary>Everything as it is to be priced: what came, then what is new.</summary>
    public IReadOnlyList<OrderLine> AsAsked =>
        [.. Kept.Select(one => one.Wanted.Line), .. Parted.Select(one => one.Came), .. New.Select(line => line.Line), .. Parted.Select(one => one.Left)];

    public static Result<OrderChange> Of(
        PurchaseOrder order, IReadOnlyList<PurchaseOrderLine> lines, IReadOnlyList<PricedLine> wanted, DateOnly today)
    {
        var left = wanted.ToList();
        var kept = new List<(PurchaseOrderLine Line, PricedLine Wanted)>();
        var parted = new List<(OrderLine Came, OrderLine Left)>();
        var gone = new List<PurchaseOrderLine>();
        foreach (var line in lines.Where(line => !line.IsStruck))
        {
            // Of several of one item the one at the same price is meant.
            var same = left.Find(one => line.IsOf(one) && line.CostsLike(one)) ?? left.Find(line.IsOf);
            if (same is null)
            {
                gone.Add(line);
                continue;
            }

            if (same.BaseQuantity < line.Kept)
            {
                return new GoodsCame(order.Id, line.Line, line.Kept, same.BaseQuantity);
            }

            left.Remove(same);
            if (line.Kept == 0m || line.CostsLike(same))
            {
                kept.Add((line, same));
            }
            else if (line.Part(same) is { } parts)
            {
                parted.Add(parts);
            }
            else
            {
                return new RestNotSeparable(order.Id, line.Line);
            }

        }

        if (gone.Find(line => line.Kept > 0m) is { } came)
        {
            return new GoodsCame(order.Id, came.Line, came.Kept, Asked: 0m);
        }

        // A day that has passed may stay as it was; nothing new is wanted in the past.
        var past = kept.Where(one => one.Wanted.Line.ExpectedOn != one.Line.ExpectedOn).Select(one => one.Wanted.Line)
            .Concat(left.Select(one => one.Line)).Concat(parted.Select(one => one.Left)).FirstOrDefault(line => line.ExpectedOn < today);
        return past is null
            ? new OrderChange(kept, gone, left, parted)
            : Field.Invalid($"lines.{wanted.ToList().FindIndex(one => one.Line.ExpectedOn == past.ExpectedOn)}.expectedOn", "must not lie in the past", past.ExpectedOn.ToString("O"));
    }
}
