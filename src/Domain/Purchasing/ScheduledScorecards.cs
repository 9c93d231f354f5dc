using System.Globalization;
using Platform.Domain.Kernel;
using Platform.Domain.Schedules;

namespace Platform.Domain.Purchasing;

/// <summary>Computes how suppliers did this month and the last: goods of the last may still come back.</summary>
internal sealed class ScheduledScorecards(PlatformDb db) : IScheduledWork
{
    public string Code => "COMPUTE_SCORECARDS";

    public async Task<Result<string>> RunAsync(Envelope envelope, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        var month = today.AddDays(1 - today.Day);
        var cards = await db.ComputeScorecardsAsync(new ComputeScorecards(month.AddMonths(-1), month), envelope.Now, ct);
        return string.Create(CultureInfo.InvariantCulture, $"{cards} scorecards");
    }
}
