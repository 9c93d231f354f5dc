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

internal sealed class DraftOrderHandler(OrderDrafting drafting) : ICommandHandler<DraftOrder, OrderDrafted>
{
    public Task<Result<OrderDrafted>> HandleAsync(DraftOrder command, Envelope envelope, CancellationToken ct) =>
        drafting.DraftAsync(command, agreement: null, envelope, ct);
}
