using Platform.Api.Reading.Declaring;
using Platform.Domain.Partners;

namespace Platform.Api.Partners;

internal sealed class PartnerType : Readable<Partner>
{
    public PartnerType()
        : base("Partner", "partners", "partners.read")
    {
        Scoped(ScopeKind.Supplier, row => row.Id);
        Column(row => row.Code);
        Column(row => row.Name);
        Column(row => row.LegalName, "The name in the register of companies.");
        Column(row => row.TaxNumber, "The number under which it pays taxes.");
        Column(row => row.Country);
        Column(row => row.Email, "Where to write to.");
        Column(row => row.Phone, "Where to call.");
        Column(row => row.IsCarrier, "Whether it carries goods.");
        Column(row => row.Status);
        Column(row => row.StatusReason);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Code);
        One<Supplier>("supplier", row => row.Id, "What it is as a supplier, if it is one.");
        One<Customer>("customer", row => row.Id, "What it is as a customer, if it is one.");
        Many<Owner>("owners", row => row.PartnerId, "Its goods with us, or ours with it.");
    }
}
