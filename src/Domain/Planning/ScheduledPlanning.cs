using System.Globalization;
using Platform.Domain.Kernel;
using Platform.Domain.Schedules;

namespace Platform.Domain.Planning;

/// <summary>Proposes what is to be ordered, at every site, without anybody asking for it (PRC-08).</summary>
internal sealed class ScheduledReorders(ReorderPlanning planning) : IScheduledWork
{
    public string Code => "PROPOSE_REORDERS";

    public async Task<Result<string>> RunAsync(Envelope envelope, CancellationToken ct)
    {
        var run = await planning.RunAsync(warehouse: null, [], envelope, ct);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{run.ItemSites} item-sites, {run.Proposed} proposed, {run.Revised} revised, {run.Withdrawn} withdrawn");
    }
}
