using Platform.Domain.Recommendations;
using Platform.Domain.Recommendations.Watching;

namespace Platform.Api.Live.Rules;

/// <summary>What is recommended is heard of at the site it is for; how a supplier does, by the house.</summary>
internal sealed class RecommendationEvents : IEventRules
{
    private const string Read = "recommendations.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.InWarehouse<RecommendationFiled>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<RecommendationMoved>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<EvidenceAdded>(Read, happened => happened.Warehouse),
        Rule.At<SupplierDriftChanged>(Read, (happened, _, _) => new(EventReach.OfSupplier(happened.Supplier.Value))),
        Rule.Shared<ModelServed>(Read),
    ];
}
