using Platform.Api.Reading.Declaring;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Ledger;

namespace Platform.Api.Partners;

internal sealed class OwnerType : Readable<Owner>
{
    public OwnerType()
        : base("Owner", "owners", "partners.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Column(row => row.Kind, "Whose the goods are, and where they lie.");
        Column(row => row.Status);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "With whom the goods lie, or whose they are.");
        One<Partner>("partner", row => row.PartnerId, "The other company, where there is one.");
        Many<StockBalance>("stockBalances", row => row.OwnerId, "The goods.");
    }
}
