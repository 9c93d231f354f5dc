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

public readonly record struct SupplierItemTermsId(Guid Value) : ITypedId<SupplierItemTermsId>
{
    public static SupplierItemTermsId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct BudgetId(Guid Value) : ITypedId<BudgetId>
{
    public static BudgetId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct PurchaseAgreementId(Guid Value) : ITypedId<PurchaseAgreementId>
{
    public static PurchaseAgreementId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct SupplierRuleId(Guid Value) : ITypedId<SupplierRuleId>
{
    public static SupplierRuleId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ComplianceBreachId(Guid Value) : ITypedId<ComplianceBreachId>
{
    public static ComplianceBreachId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
