using Platform.Domain.Bulk;

namespace Platform.Api.Live.Rules;

/// <summary>A job is heard of by the account that asked for it, as it is seen by nobody else; what it found is in its result only.</summary>
internal sealed class BulkEvents : IEventRules
{
    private const string Read = "export.run";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.Personal<ExportStarted>(Read, nameof(BulkJob), (happened, places, ct) => places.OfBulkJobAsync(happened.Job.Value, ct)),
        Rule.Personal<ImportStarted>(Read, nameof(BulkJob), (happened, places, ct) => places.OfBulkJobAsync(happened.Job.Value, ct)),
        Rule.Personal<BulkJobEnded>(Read, nameof(BulkJob), (happened, places, ct) => places.OfBulkJobAsync(happened.Job.Value, ct)),
    ];
}
