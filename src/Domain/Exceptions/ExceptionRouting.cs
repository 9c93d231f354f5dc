using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Exceptions;

/// <summary>One line of routing: cases that fulfil all that it asks go where it says. What is null is not asked.</summary>
public sealed record RoutingRule(
    string Name,
    IReadOnlyList<string> Categories,
    decimal? MinValue,
    CaseSeverity? MinSeverity,
    ServiceImpact? MinServiceImpact,
    LegalEntityId? LegalEntity,
    WarehouseId? Warehouse,
    SupplierId? Supplier,
    string Queue,
    CaseSeverity? Severity,
    int SlaHours,
    CalendarId? Calendar,
    IReadOnlyList<string> EscalationPath);

/// <summary>All lines; the first that fits decides. Values are compared in one currency.</summary>
public sealed record RoutingRules(string Currency, IReadOnlyList<RoutingRule> Rules);

/// <summary>Where a case goes, how bad it is taken to be, and until when it must be dealt with.</summary>
public sealed record Route(
    int? PolicyNumber, string Queue, CaseSeverity Severity, int SlaHours, CalendarId? Calendar, string TimeZone,
    IReadOnlyList<string> EscalationPath, DateTimeOffset DueAt);

/// <summary>What routing looks at.</summary>
internal sealed record Routable(
    string Category, decimal? Value, CaseSeverity Severity, ServiceImpact ServiceImpact, LegalEntityId? LegalEntity,
    WarehouseId? Warehouse, SupplierId? Supplier);

/// <summary>Finds where a signal goes: by the policy in force, or by its category where no rule fits.</summary>
public sealed class ExceptionRouting(PlatformDb db, ExchangeRates rates)
{
    internal async Task<Route> RouteAsync(Signal signal, DateTimeOffset now, CancellationToken ct)
    {
        var category = await db.FindCategoryAsync(signal.Category, ct)
            ?? throw new InvalidOperationException($"A capability signals the unknown category {signal.Category}.");
        var policy = await db.FindPolicyInForceAsync<RoutingRules>(PolicyKind.ExceptionRouting, now, ct);
        var severity = signal.Severity ?? category.Severity;
        var rule = policy is null
            ? null
            : First(
                policy.Body.Rules,
                new Routable(
                    signal.Category, await WorthAsync(signal.ValueAtStake, signal.Currency, policy.Body.Currency, now, ct), severity,
                    signal.ServiceImpact, signal.LegalEntity, signal.Warehouse, signal.Supplier));
        var (calendar, zone) = await db.FindSiteClockAsync(rule?.Calendar, signal.Warehouse, ct);
        var hours = rule?.SlaHours ?? category.SlaHours;
        var clock = await db.SlaClockAsync(calendar, zone, ct);
        return new Route(
            rule is null ? null : policy!.Number,
            rule?.Queue ?? category.Queue,
            rule?.Severity ?? severity,
            hours,
            calendar,
            zone,
            rule?.EscalationPath ?? [category.EscalationQueue],
            clock.Due(now, TimeSpan.FromHours(hours)));
    }

    /// <summary>A value whose rate nobody knows counts as above every threshold: it is looked at rather than missed.</summary>
    internal async Task<decimal?> WorthAsync(
        decimal? value, string? currency, string target, DateTimeOffset now, CancellationToken ct)
    {
        return value is null || currency is null
            ? null
            : await rates.WorthAsync(value.Value, currency, target, DateOnly.FromDateTime(now.UtcDateTime), ct) ?? decimal.MaxValue;
    }

    internal static RoutingRule? First(IReadOnlyList<RoutingRule> rules, Routable about) =>
        rules.FirstOrDefault(rule =>
            (rule.Categories.Count == 0 || rule.Categories.Contains(about.Category, StringComparer.Ordinal))
            && (rule.MinValue is null || about.Value >= rule.MinValue)
            && (rule.MinSeverity is null || about.Severity >= rule.MinSeverity)
            && (rule.MinServiceImpact is null || about.ServiceImpact >= rule.MinServiceImpact)
            && (rule.LegalEntity is null || about.LegalEntity == rule.LegalEntity)
            && (rule.Warehouse is null || about.Warehouse == rule.Warehouse)
            && (rule.Supplier is null || about.Supplier == rule.Supplier));
}

/// <summary>Plays a draft of routing against the cases of the last months: how many would have gone elsewhere.</summary>
internal sealed class RoutingSimulation(PlatformDb db, ExceptionRouting routing) : IPolicySimulation
{
    private const int MostCases = 10_000;
    private const int Days = 90;

    public PolicyKind Kind => PolicyKind.ExceptionRouting;

    public async Task<IReadOnlyList<(string Was, string WouldBe)>> RunAsync(
        PolicyVersion draft, DateTimeOffset now, CancellationToken ct)
    {
        var body = draft.Read<RoutingRules>();
        var played = new List<(string Was, string WouldBe)>();
        foreach (var (found, queue) in await db.FindRoutedCasesAsync(now.AddDays(-Days), MostCases, ct))
        {
            var worth = await routing.WorthAsync(found.ValueAtStake, found.CurrencyCode, body.Currency, now, ct);
            var rule = ExceptionRouting.First(
                body.Rules,
                new Routable(
                    found.Category, worth, found.Severity, found.ServiceImpact, found.LegalEntityId, found.WarehouseId, found.SupplierId));
            played.Add((found.Queue, rule?.Queue ?? queue));
        }

        return played;
    }
}
