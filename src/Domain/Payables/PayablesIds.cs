using Platform.Domain.Kernel;

namespace Platform.Domain.Payables;

public readonly record struct SupplierInvoiceId(Guid Value) : ITypedId<SupplierInvoiceId>
{
    public static SupplierInvoiceId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct SupplierInvoiceLineId(Guid Value) : ITypedId<SupplierInvoiceLineId>
{
    public static SupplierInvoiceLineId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct InvoiceHoldId(Guid Value) : ITypedId<InvoiceHoldId>
{
    public static InvoiceHoldId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct LandedCostVoucherId(Guid Value) : ITypedId<LandedCostVoucherId>
{
    public static LandedCostVoucherId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct SupplierCreditId(Guid Value) : ITypedId<SupplierCreditId>
{
    public static SupplierCreditId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
