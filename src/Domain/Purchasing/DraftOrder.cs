using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Purchasing;

/// <summary>Writes down what is to be bought; nobody but us knows of it yet.</summary>
[Needs("purchasing.order")]
[Refuses<InvalidField>, Refuses<LegalEntityNotFound>, Refuses<WarehouseNotFound>, Refuses<WarehouseOfAnotherEntity>]
[Refuses<SupplierNotFound>, Refuses<SupplierNotApproved>, Refuses<CurrencyUnknown>, Refuses<ItemNotFound>]
[Refuses<ItemNotUsable>, Refuses<UnitNotOrderable>]
public sealed record DraftOrder(
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId Supplier,
    OrderKind Kind,
    string Currency,
    IReadOnlyList<OrderLine> Lines,
    string? Reason) : ICommand<OrderDrafted>, IReasoned;

public sealed record OrderDrafted(
    PurchaseOrderId Order,
    string Number,
    OrderKind Kind,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId Supplier,
    decimal Total,
    string Currency,
    int Lines) : IEvent
{
    public Subject Subject => new(nameof(PurchaseOrder), Order.Value);
}

internal sealed class DraftOrderHandler(PlatformDb db) : ICommandHandler<DraftOrder, OrderDrafted>
{
    public async Task<Result<OrderDrafted>> HandleAsync(DraftOrder command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command, envelope.Now) is { } invalid)
        {
            return invalid;
        }

        if (await RefusePartiesAsync(command, ct) is { } refusal)
        {
            return refusal;
        }

        var priced = await db.PriceAsync(command.Lines, command.Currency, ct);
        if (!priced.Succeeded(out var lines))
        {
            return priced.Error!;
        }

        var id = new PurchaseOrderId(Guid.CreateVersion7(envelope.Now));
        var order = PurchaseOrder.Draft(id, await db.NextOrderNumberAsync(ct), command, lines.Sum(line => line.Amount), envelope);
        db.Add(order);
        for (var at = 0; at < lines.Count; at++)
        {
            db.Add(PurchaseOrderLine.Of(new PurchaseOrderLineId(Guid.CreateVersion7(envelope.Now)), id, at + 1, lines[at]));
        }

        var drafted = new OrderDrafted(
            id, order.Number, order.Kind, order.LegalEntityId, order.WarehouseId, order.SupplierId, order.Total, order.CurrencyCode, lines.Count);
        db.Raise(drafted);
        return drafted;
    }

    private static InvalidField? Check(DraftOrder command, DateTimeOffset now) =>
        Field.Known<OrderKind>("kind", command.Kind)
        ?? (command.Kind == OrderKind.Emergency
            ? Field.Text("reason", command.Reason, most: 500)
            : Field.OptionalText("reason", command.Reason, most: 500))
        ?? OrderPricing.Check(command.Lines, DateOnly.FromDateTime(now.UtcDateTime));

    private async Task<DomainError?> RefusePartiesAsync(DraftOrder command, CancellationToken ct)
    {
        if (await db.ShareLegalEntityAsync(command.LegalEntity, ct) is null)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (await db.ShareWarehouseAsync(command.Warehouse, ct) is not { } warehouse)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        if (warehouse.LegalEntityId != command.LegalEntity)
        {
            return new WarehouseOfAnotherEntity(command.Warehouse);
        }

        if (await db.FindSupplierAsync(command.Supplier, ct) is not { } supplier)
        {
            return new SupplierNotFound(command.Supplier);
        }

        return supplier.RefuseOrders()
            ?? (await db.FindCurrencyAsync(command.Currency, ct) is { Status: CurrencyStatus.Active }
                ? null
                : new CurrencyUnknown(command.Currency) as DomainError);
    }
}
