using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Purchasing;

public sealed record PurchaseOrderNotFound(PurchaseOrderId Order) : DomainError
{
    public override string Message => $"There is no purchase order {Order}.";
}

public sealed record WrongOrderStatus(PurchaseOrderId Order, OrderStatus Status, OrderStep Step) : DomainError
{
    public override string Message => $"Purchase order {Order} is {Status}: there is no step {Step} from there.";
}

public sealed record OrderLineUnknown(PurchaseOrderId Order, int Line) : DomainError
{
    public override string Message => $"Purchase order {Order} has no line {Line}.";
}

public sealed record UnitNotOrderable(ItemId Item, string Unit) : DomainError
{
    public override string Message => $"Item {Item} is not ordered in {Unit}.";
}

public sealed record WarehouseOfAnotherEntity(WarehouseId Warehouse) : DomainError
{
    public override string Message => $"Warehouse {Warehouse} belongs to another company.";
}

/// <summary>An open order that covers the same item for the same warehouse about the same time.</summary>
public sealed record CoveringOrder(PurchaseOrderId Order, string Number, ItemId Item, decimal Open, DateOnly ExpectedOn);

/// <summary>The need is covered already; submitting needs a reason (PRC-11).</summary>
public sealed record DuplicateBuy(PurchaseOrderId Order, IReadOnlyList<CoveringOrder> CoveredBy) : DomainError
{
    public override string Message =>
        $"The same need is ordered already: {string.Join(", ", CoveredBy.Select(one => one.Number).Distinct(StringComparer.Ordinal))}. Give a reason, or change the order.";

    public bool Equals(DuplicateBuy? other) => other is not null && Order == other.Order && CoveredBy.SequenceEqual(other.CoveredBy);

    public override int GetHashCode() => HashCode.Combine(Order, CoveredBy.Count);
}

/// <summary>An order takes effect only through the approval of its revision.</summary>
public sealed record OrderNeedsApproval(PurchaseOrderId Order) : DomainError
{
    public override string Message => $"Purchase order {Order} is approved by a request, not by hand: submit it.";
}

/// <summary>Another revision was shown for approval than the order has now.</summary>
public sealed record OrderRevisionDiffers(PurchaseOrderId Order, int Shown, int Current) : DomainError
{
    public override string Message => $"Purchase order {Order} is at revision {Current}; revision {Shown} was shown.";
}

public sealed record OrderLineNotFound(PurchaseOrderLineId Line) : DomainError
{
    public override string Message => $"There is no order line {Line}.";
}

/// <summary>The order is not in a state in which this happens to its lines.</summary>
public sealed record OrderNotOpenTo(PurchaseOrderId Order, PurchaseOrderLineId Line, LineDeed Deed, OrderStatus Status) : DomainError
{
    public override string Message => $"Purchase order {Order} is {Status}: there is no {Deed} on it.";
}

/// <summary>More than the line has or than was allowed, in base units.</summary>
public sealed record BeyondTheLine(PurchaseOrderLineId Line, LineDeed Deed, decimal Most, decimal Asked) : DomainError
{
    public override string Message => $"{Deed} on order line {Line} would come to {Asked}; {Most} is the most.";
}
