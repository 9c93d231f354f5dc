using Platform.Domain.Finance;
using Platform.Domain.Payables;
using Platform.Domain.Payables.Credits;
using Platform.Domain.Payables.LandedCosts;

namespace Platform.Api.Live.Rules;

/// <summary>What is owed is heard of by the company that owes it.</summary>
internal sealed class PayablesEvents : IEventRules
{
    private const string Read = "payables.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.At<InvoiceMoved>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, warehouse: null, happened.Supplier.Value, ct)),
        Rule.At<CreditMoved>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, warehouse: null, happened.Supplier.Value, ct)),
        Rule.InEntity<VoucherMoved>(Read, happened => happened.LegalEntity),
        Rule.InEntity<PeriodReconciled>("finance.read", happened => happened.LegalEntity),
    ];
}
