using System.Globalization;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Purchasing;

/// <summary>What the supplier says of one line.</summary>
/// <param name="Line">The line's number.</param>
/// <param name="Quantity">How many of its unit will come.</param>
/// <param name="On">When.</param>
public sealed record ConfirmedLine(int Line, decimal Quantity, DateOnly On);

/// <summary>
/// Takes down a supplier's answer: revised dates and quantities become what is expected. What comes later or less than was
/// asked for is a case (PRC-13). A later answer replaces the earlier one; both are kept.
/// </summary>
[Needs("purchasing.confirm"), WithinRows]
[Refuses<InvalidField>, Refuses<PurchaseOrderNotFound>, Refuses<StaleVersion>, Refuses<WrongOrderStatus>, Refuses<OrderLineUnknown>]
public sealed record AcknowledgeOrder(PurchaseOrderId Order, int Version, string Reference, IReadOnlyList<ConfirmedLine> Lines)
    : ICommand<OrderMoved>;

internal sealed class AcknowledgeOrderHandler(PlatformDb db, ExceptionDesk exceptions, IEnumerable<IOrderFollower> followers)
    : ICommandHandler<AcknowledgeOrder, OrderMoved>
{
    public async Task<Result<OrderMoved>> HandleAsync(AcknowledgeOrder command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        var order = await db.LockOrderAsync(command.Order, ct);
        if (order is null)
        {
            return new PurchaseOrderNotFound(command.Order);
        }

        if (OrderSteps.Refuse(order, command.Version, OrderStep.Acknowledge) is { } refusal)
        {
            return refusal;
        }

        var lines = (await db.LockOrderLinesAsync(order.Id, ct)).ToDictionary(line => line.Line);
        var worse = new List<PurchaseOrderLine>();
        foreach (var said in command.Lines)
        {
            if (!lines.TryGetValue(said.Line, out var line))
            {
                return new OrderLineUnknown(order.Id, said.Line);
            }

            db.Add(SupplierConfirmation.Of(order, line, said, command.Reference, envelope));
            if (said.On > (line.ConfirmedOn ?? line.ExpectedOn) || said.Quantity < (line.ConfirmedQuantity ?? line.Quantity))
            {
                worse.Add(line);
            }

            line.Confirm(said.Quantity, said.On);
            if (said.On > line.ExpectedOn || said.Quantity < line.Quantity)
            {
                await exceptions.SignalAsync(DelaySignal(order, line), envelope, ct);
            }
        }

        foreach (var follower in worse.Count == 0 ? [] : followers)
        {
            follower.Acknowledged(worse.ConvertAll(line => OrderLineTerms.Of(order, line)), envelope);
        }

        var from = order.Status;
        order.Acknowledge(command.Reference, envelope.Now);
        var moved = order.Moved(OrderStep.Acknowledge, from, command.Reference);
        db.Raise(moved);
        return moved;
    }

    private static InvalidField? Check(AcknowledgeOrder command) =>
        Field.Text("reference", command.Reference, most: 100)
        ?? Field.Whole("lines", command.Lines.Count, least: 1, most: OrderPricing.MostLines)
        ?? (command.Lines.Select(line => line.Line).Distinct().Count() < command.Lines.Count
            ? Field.Invalid("lines", "must name each line once", null)
            : null)
        ?? command.Lines.Select((line, at) => line.Quantity == 0m
            ? null
            : Field.Positive($"lines.{at}.quantity", line.Quantity, most: 1_000_000_000m, decimals: 6)).FirstOrDefault(found => found is not null);

    private static Signal DelaySignal(PurchaseOrder order, PurchaseOrderLine line) => new()
    {
        Category = "SUPPLIER_DELAY",
        CorrelationKey = $"SUPPLIER_DELAY/{line.Id}",
        Title = $"Line {line.Line} of order {order.Number} comes later or less than asked for",
        Source = new Subject(nameof(PurchaseOrder), order.Id.Value),
        SourceEvent = nameof(OrderMoved),
        ServiceImpact = ServiceImpact.Delay,
        ValueAtStake = line.Amount,
        Currency = order.CurrencyCode,
        LegalEntity = order.LegalEntityId,
        Warehouse = order.WarehouseId,
        Supplier = order.SupplierId,
        Item = line.ItemId,
        Facts =
        [
            new CaseFact("asked", string.Create(CultureInfo.InvariantCulture, $"{line.Quantity} {line.Unit} on {line.ExpectedOn:O}")),
            new CaseFact("confirmed", string.Create(CultureInfo.InvariantCulture, $"{line.ConfirmedQuantity} {line.Unit} on {line.ConfirmedOn:O}")),
        ],
    };
}
