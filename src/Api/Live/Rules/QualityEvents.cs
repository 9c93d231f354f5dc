using Platform.Domain.Quality;
using Platform.Domain.Quality.Disposing;
using Platform.Domain.Quality.Holding;

namespace Platform.Api.Live.Rules;

/// <summary>What quality decides is heard of at the site where the goods lie.</summary>
internal sealed class QualityEvents : IEventRules
{
    private const string Read = "quality.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.At<InspectionOpened>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, supplier: null, ct)),
        Rule.At<InspectionMoved>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, supplier: null, ct)),
        Rule.At<ResultsRecorded>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, supplier: null, ct)),
        Rule.At<HoldPlaced>(Read, (happened, places, ct) => places.OfAsync(
            happened.Scope.LegalEntity.Value, happened.Scope.Warehouse?.Value, supplier: null, ct)),
        Rule.At<HoldReleased>(Read, (happened, places, ct) => places.OfAsync(
            happened.Scope.LegalEntity.Value, happened.Scope.Warehouse?.Value, supplier: null, ct)),
        Rule.At<DispositionMoved>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, supplier: null, ct)),
    ];
}
