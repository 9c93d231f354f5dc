using Platform.Api.Reading.Declaring;
using Platform.Domain.Finance;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Api.Partners;

internal sealed class LegalEntityType : Readable<LegalEntity>
{
    public LegalEntityType()
        : base("LegalEntity", "legalEntities", "partners.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.Id);
        Column(row => row.Code);
        Column(row => row.Name);
        Column(row => row.Country);
        Column(row => row.Status);
        Column(row => row.StatusReason);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Code);
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of its books.");
        Many<Warehouse>("warehouses", row => row.LegalEntityId, "Its warehouses.");
        Many<Owner>("owners", row => row.LegalEntityId, "Whose goods lie with it.");
        Many<FulfillmentChannel>("fulfillmentChannels", row => row.LegalEntityId, "Its ways of selling.");
        Many<Account>("accounts", row => row.LegalEntityId, "The accounts of its books.");
        Many<AccountingPeriod>("accountingPeriods", row => row.LegalEntityId, "Months of its books that were closed once.");
    }
}
