using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Approvals;

/// <summary>How far rules may let requests pass without a person: so many and so much a day, and not at all once stopped (APR-16).</summary>
internal sealed class Automation(PlatformDb db, OperationCatalog catalog, ExchangeRates rates)
{
    /// <summary>Every limit that covers the request must allow it; where there is none, nothing passes by itself.</summary>
    public async Task<bool> AllowsAsync(ApprovalSheet sheet, ShownAction shown, Envelope envelope, CancellationToken ct)
    {
        var mayAct = catalog.Find(shown.Action)?.Permission is { } needed && envelope.Permissions.Contains(needed);
        if (envelope.Actor.Kind == ActorKind.Model || !mayAct || sheet.Amount is null || await db.NeedsHumanAsync(sheet.Kind, ct))
        {
            return false;
        }

        // Held until the commit: of two that would both just fit, the second sees the first.
        var limits = await db.LockAutomationLimitsAsync(sheet, ct);
        foreach (var limit in limits)
        {
            if (limit.IsStopped || !await FitsAsync(limit, sheet, envelope.Now, ct))
            {
                return false;
            }
        }

        return limits.Count > 0;
    }

    private async Task<bool> FitsAsync(AutomationLimit limit, ApprovalSheet sheet, DateTimeOffset now, CancellationToken ct)
    {
        var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var passed = await db.FindPassedAsync(limit, day, ct);
        if (passed.Count >= limit.MostPerDay)
        {
            return false;
        }

        var total = 0m;
        foreach (var (currency, amount) in passed.Append((sheet.Currency!, sheet.Amount!.Value)))
        {
            if (await rates.WorthAsync(amount, currency, limit.CurrencyCode, DateOnly.FromDateTime(now.UtcDateTime), ct) is not { } worth)
            {
                return false;
            }

            total += worth;
        }

        return total <= limit.MostValuePerDay;
    }
}
