using Platform.Domain.Purchasing;

namespace Platform.Api.Live.Rules;

/// <summary>An order is heard of by the company and the site it is for, and by its supplier.</summary>
internal sealed class PurchasingEvents : IEventRules
{
    private const string Read = "purchasing.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.At<OrderDrafted>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier.Value, ct)),
        Rule.At<OrderMoved>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier.Value, ct)),
        Rule.InEntity<BudgetSet>(Read, happened => happened.LegalEntity),
        Rule.At<AgreementMade>(Read, (happened, _, _) => new(new EventReach(happened.LegalEntity.Value, [], happened.Supplier.Value))),
        Rule.At<AgreementEnded>(Read, (happened, _, _) => new(new EventReach(happened.LegalEntity.Value, [], happened.Supplier.Value))),
        Rule.At<SupplierRuleSet>(Read, (happened, _, _) => new(happened.Supplier is { } only ? new EventReach(null, [], only.Value) : EventReach.Shared)),
        Rule.OfPartner<BreachRecorded>(Read, happened => happened.Supplier.Value),
        Rule.OfPartner<ItemTermsAgreed>(Read, happened => happened.Supplier.Value),
        Rule.At<OrderLineRecorded>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier.Value, ct)),
    ];
}
