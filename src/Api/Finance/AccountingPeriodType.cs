using Platform.Api.Reading.Declaring;
using Platform.Domain.Finance;
using Platform.Domain.Partners;

namespace Platform.Api.Finance;

internal sealed class AccountingPeriodType : Readable<AccountingPeriod>
{
    public AccountingPeriodType()
        : base("AccountingPeriod", "accountingPeriods", "finance.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Column(row => row.FirstDay, "The first day of the month.");
        Column(row => row.Status, "Whether anything may still be posted.");
        Column(row => row.ClosedAt, "When it was closed.");
        Column(row => row.ClosedBy, "Who closed it.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "In whose books it is.");
    }
}
