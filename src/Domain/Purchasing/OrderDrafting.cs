using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Purchasing;

/// <summary>What others do when a supplier says that goods come later, or less.</summary>
public interface IOrderFollower
{
    /// <summary>In the transaction of the answer; the lines are as confirmed now.</summary>
    void Acknowledged(IReadOnlyList<OrderLineTerms> worse, Envelope envelope);
}

/// <summary>Writes draft orders, for people and for whoever turns needs into orders.</summary>
internal sealed class OrderDrafting(PlatformDb db)
{
    public async Task<Result<OrderDrafted>> DraftAsync(
        DraftOrder draft, PurchaseAgreementId? agreement, Envelope envelope, CancellationToken ct)
    {
        if (Check(draft, envelope.Now) is { } invalid)
        {
            return invalid;
        }

        if (await RefusePartiesAsync(draft, ct) is { } refusal)
        {
            return refusal;
        }

        var priced = await db.PriceAsync(draft.Lines, draft.Currency, ct);
        if (!priced.Succeeded(out var lines))
        {
            return priced.Error!;
        }

        var id = new PurchaseOrderId(Guid.CreateVersion7(envelope.Now));
        var order = PurchaseOrder.Draft(id, await db.NextOrderNumberAsync(ct), draft, agreement, lines.Sum(line => line.Amount), envelope);
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
