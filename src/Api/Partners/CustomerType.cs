using Platform.Api.Reading.Declaring;
using Platform.Domain.Partners;

namespace Platform.Api.Partners;

internal sealed class CustomerType : Readable<Customer>
{
    public CustomerType()
        : base("Customer", "customers", "partners.read")
    {
        Scoped(ScopeKind.Supplier, row => row.Id);
        Column(row => row.Tier, "How much depends on it.");
        Column(row => row.Segment, "The kind of business it is in.");
        Column(row => row.PaymentTermsDays, "Days within which it pays.");
        Column(row => row.ServiceDays, "Days we promised between order and delivery.");
        Column(row => row.ShippingPreference, "Whether goods may leave in parts.");
        Column(row => row.AcceptsSubstitutes, "Whether it takes something else.");
        Column(row => row.LabelRule, "How its goods are labelled.");
        Column(row => row.CreditLimit, "How much it may owe us; none means without limit.");
        Column(row => row.IsOnCreditHold, "Whether nothing may leave for it.");
        Column(row => row.CreditHoldReason, "Why nothing may leave for it.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<Partner>("partner", row => row.Id, "The company.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency it pays in.");
    }
}
