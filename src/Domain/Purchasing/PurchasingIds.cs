using Platform.Domain.Kernel;

namespace Platform.Domain.Purchasing;

public readonly record struct PurchaseOrderId(Guid Value) : ITypedId<PurchaseOrderId>
{
    public static PurchaseOrderId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct PurchaseOrderLineId(Guid Value) : ITypedId<PurchaseOrderLineId>
{
    public static PurchaseOrderLineId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
