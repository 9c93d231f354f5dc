using Platform.Api.Reading.Declaring;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;

namespace Platform.Api.Purchasing;

internal sealed class SupplierRuleType : Readable<SupplierRule>
{
    public SupplierRuleType()
        : base("SupplierRule", "supplierRules", "purchasing.read")
    {
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Kind, "What it is about.");
        Column(row => row.Words, "What is to be kept to.");
        Column(row => row.Hours, "How long before its arrival a delivery is announced.");
        Column(row => row.Charge, "What a breach is charged, once somebody agreed.");
        Column(row => row.IsOn, "Whether it holds.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<Supplier>("supplier", row => row.SupplierId, "Whom it is for; everybody when null.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of the charge.");
        Many<ComplianceBreach>("breaches", row => row.RuleId, "Who did not keep to it.");
    }
}

internal sealed class ComplianceBreachType : Readable<ComplianceBreach>
{
    public ComplianceBreachType()
        : base("ComplianceBreach", "complianceBreaches", "purchasing.read")
    {
        ScopedLike<PurchaseOrder>(row => row.OrderId);
        Column(row => row.Reference, "The delivery or document in which it was found.");
        Column(row => row.Words, "What was wrong.");
        Column(row => row.Charge, "What the rule charges for it.");
        Column(row => row.FoundBy, "The account or service that found it.");
        Column(row => row.FoundAt, "When it was found.");
        One<SupplierRule>("rule", row => row.RuleId, "The rule.");
        One<Supplier>("supplier", row => row.SupplierId, "Who broke it.");
        One<PurchaseOrder>("order", row => row.OrderId, "The order that was delivered.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of the charge.");
    }
}
