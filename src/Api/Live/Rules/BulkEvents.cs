using Platform.Domain.Bulk;

namespace Platform.Api.Live.Rules;

/// <summary>Jobs are heard of by those who may have some; what a job found is in its result only.</summary>
internal sealed class BulkEvents : IEventRules
{
    private const string Read = "export.run";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.Shared<ExportStarted>(Read),
        Rule.Shared<ImportStarted>(Read),
        Rule.Shared<BulkJobEnded>(Read),
    ];
}
