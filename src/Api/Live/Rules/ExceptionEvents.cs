using Platform.Domain.Exceptions;

namespace Platform.Api.Live.Rules;

/// <summary>A case is heard of where it happened; one without a place, by everybody who reads cases.</summary>
internal sealed class ExceptionEvents : IEventRules
{
    private const string Read = "exceptions.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.At<CaseOpened>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity?.Value, happened.Warehouse?.Value, happened.Supplier?.Value, ct)),
        Rule.At<CaseSignalled>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity?.Value, happened.Warehouse?.Value, happened.Supplier?.Value, ct)),
        Rule.At<CaseMoved>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity?.Value, happened.Warehouse?.Value, happened.Supplier?.Value, ct)),
        Rule.At<CaseNoteAdded>(Read, (happened, places, ct) => places.OfCaseAsync(happened.Case.Value, ct)),
        Rule.Shared<ExceptionCategoryDefined>(Read),
    ];
}
