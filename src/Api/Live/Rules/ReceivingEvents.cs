using Platform.Domain.Receiving;

namespace Platform.Api.Live.Rules;

/// <summary>What happens at a dock is heard of by the company, the site and the supplier it concerns.</summary>
internal sealed class ReceivingEvents : IEventRules
{
    private const string Read = "receiving.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.At<ReceiptPosted>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier.Value, ct)),
    ];
}
