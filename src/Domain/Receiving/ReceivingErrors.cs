using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

public sealed record WrongReceiptLineState(ReceiptLineId ReceiptLine, ReceiptLineState State, ReceiptLineStep Step) : DomainError
{
    public override string Message => $"Receipt line {ReceiptLine} is {State}: there is no step {Step} from there.";
}

public sealed record OrderForAnotherWarehouse(PurchaseOrderId Order, WarehouseId OrderedFor, WarehouseId Warehouse) : DomainError
{
    public override string Message => $"Purchase order {Order} is for warehouse {OrderedFor}, not for {Warehouse}.";
}

/// <summary>One receipt is what one supplier delivered.</summary>
public sealed record SeveralSuppliers(SupplierId Supplier, SupplierId Other) : DomainError
{
    public override string Message => $"One receipt takes goods of one supplier; these are of {Supplier} and {Other}.";
}

/// <summary>Goods come in where they are looked at, not where they are kept.</summary>
public sealed record NotAReceivingBin(BinId Bin, BinRole Role) : DomainError
{
    public override string Message => $"Bin {Bin} is a bin for {Role}: goods are received at a dock, in receiving or in inspection.";
}

/// <summary>More than was ordered and is tolerated.</summary>
/// <param name="OrderLine">The line of the order.</param>
/// <param name="Ordered">How many base units were ordered.</param>
/// <param name="Received">How many came before.</param>
/// <param name="Arriving">How many come now.</param>
/// <param name="Tolerated">How many may come altogether.</param>
public sealed record OverReceipt(PurchaseOrderLineId OrderLine, decimal Ordered, decimal Received, decimal Arriving, decimal Tolerated) : DomainError
{
    public override string Message =>
        FormattableString.Invariant($"{Ordered} were ordered on line {OrderLine} and at most {Tolerated} may come; {Received} came before and {Arriving} come now.");
}

public sealed record ShelfLifeTooShort(ItemId Item, string LotCode, DateOnly Expires, int DaysLeft, int LeastDays) : DomainError
{
    public override string Message =>
        FormattableString.Invariant($"Lot {LotCode} of item {Item} expires on {Expires:O}: {DaysLeft} days are left, at least {LeastDays} must be.");
}
