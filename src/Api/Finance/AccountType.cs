using Platform.Api.Reading.Declaring;
using Platform.Domain.Finance;
using Platform.Domain.Partners;

namespace Platform.Api.Finance;

internal sealed class AccountType : Readable<Account>
{
    public AccountType()
        : base("Account", "accounts", "finance.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Column(row => row.Role, "What it is for.");
        Column(row => row.Code, "Its number; unique in its legal entity.");
        Column(row => row.Name);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "In whose books it is.");
        Many<JournalLine>("debits", row => row.DebitAccountId, "Amounts that came to it.");
        Many<JournalLine>("credits", row => row.CreditAccountId, "Amounts that left it.");
    }
}
