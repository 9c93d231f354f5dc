using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;

namespace Platform.Api.Partners;

internal sealed class SupplierType : Readable<Supplier>
{
    public SupplierType()
        : base("Supplier", "suppliers", "partners.read")
    {
        Scoped(ScopeKind.Supplier, row => row.Id);
        Column(row => row.Onboarding, "Where it stands with us.");
        Column(row => row.OnboardingReason, "Why it stands there.");
        Column(row => row.PaymentTermsDays, "Days within which we pay.");
        Column(row => row.MinimumOrder, "The least an order must be worth.");
        Column(row => row.LeadTimeDays, "Days it promised between order and receipt.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<Partner>("partner", row => row.Id, "The company.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency we pay in.");
        Many<ItemSupplierPart>("itemSupplierParts", row => row.SupplierId, "Items it sells, under its own numbers.");
        Many<Lot>("lots", row => row.SupplierId, "Lots it delivered.");
    }
}
