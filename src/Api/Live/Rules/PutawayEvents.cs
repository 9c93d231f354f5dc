using Platform.Domain.Putaway;

namespace Platform.Api.Live.Rules;

/// <summary>Work is heard of at the site where it is done.</summary>
internal sealed class PutawayEvents : IEventRules
{
    public IEnumerable<EventRule> Rules =>
    [
        Rule.At<WarehouseTaskMoved>("putaway.read", (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, supplier: null, ct)),
    ];
}
