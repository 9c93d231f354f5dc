using System.Text.Json;
using Platform.Domain.Kernel;
using Platform.Domain.Planning;
using Platform.Domain.Recommendations;

namespace Platform.Intelligence.LeadTime;

/// <summary>Turns an outlook that no longer fits what is planned into a recommendation: the new policy, why, and what else could be done.</summary>
internal static class LeadTimeFiling
{
    public const string ModelName = "lead-time-drift";

    private const decimal MostMoney = 100_000_000_000m;

    public static RecommendPolicyChange Of(
        Outlook outlook, LeadTimeScores scores, SupplyOrder like, RecommendationThreshold threshold, DateTimeOffset asOf)
    {
        var planned = outlook.Planned;
        var day = LeadTimeTable.Day(asOf);
        var today = DateOnly.FromDateTime(asOf.UtcDateTime);
        var title = FormattableString.Invariant(
            $"Replenish {planned.ItemName} at {planned.WarehouseName} for {outlook.Days:0.#} days of lead time instead of {planned.Days:0.#}");
        var terms = NewTerms(outlook);
        return new RecommendPolicyChange(
            RecommendationKind.LeadTimeDrift,
            Cut(title, 200),
            new SetReplenishmentPolicy(
                planned.Item, planned.Warehouse, planned.Number, today, null, terms,
                Cut(FormattableString.Invariant($"{planned.SupplierName} takes {outlook.Days:0.#} days, planned were {planned.Days:0.#}"), 500)),
            planned.Supplier,
            new GivenScore(
                LeadTimeReasons.Round(outlook.Days), "days", LeadTimeReasons.Round(planned.Days), LeadTimeReasons.Round(outlook.Low),
                LeadTimeReasons.Round(outlook.High), LeadTimeReasons.Round(outlook.Probability), Money(outlook.ValueAtStake), planned.Currency),
            new ModelStamp(ModelName, scores.Version, scores.Hash),
            asOf,
            Inputs(outlook, like, scores, day),
            LeadTimeReasons.Of(outlook, scores, like, day),
            [.. Transfers(outlook), .. Others(outlook), Keep(outlook)],
            [.. Caveats(outlook, scores)],
            Counterfactual(outlook, threshold),
            today.AddDays((int)Math.Clamp(Math.Floor(planned.Days), 1, 30)));
    }

    private static PolicyTerms NewTerms(Outlook outlook)
    {
        var (planned, terms) = (outlook.Planned, outlook.Planned.Terms);
        var moves = (decimal)Math.Ceiling(outlook.PointMoves);
        var safety = terms.SafetyStock is { } kept ? Math.Max(0m, kept + (decimal)Math.Ceiling(outlook.NeededSafety - outlook.PlannedSafety)) : (decimal?)null;
        var point = terms.ReorderPoint is { } at ? Math.Max(0m, at + moves) : (decimal?)null;
        return terms with
        {
            LeadTimeDays = decimal.Round((decimal)outlook.Days, 1),
            LeadTimeSpreadDays = decimal.Round((decimal)outlook.Spread, 1),
            ReorderPoint = point,
            OrderUpTo = terms.OrderUpTo is { } upTo ? upTo + (point - terms.ReorderPoint) : null,
            SafetyStock = safety,
            TransferRule = planned.Elsewhere.Count > 0 ? TransferRule.First : terms.TransferRule,
        };
    }

    /// <summary>Goods that lie elsewhere bridge the time until the new plan works; they are offered before anything is bought (PRC-07).</summary>
    private static IEnumerable<GivenAlternative> Transfers(Outlook outlook) => outlook.Planned.Elsewhere.Take(5).Select(site =>
    {
        var quantity = Math.Min(site.Surplus, Math.Max(1m, (decimal)Math.Ceiling(Math.Abs(outlook.PointMoves))));
        return new GivenAlternative(
            AlternativeKind.Transfer,
            Cut($"Move some from {site.Name} before anything is bought", 300),
            FormattableString.Invariant($"{quantity:0.######} base units are here in {site.Days} days instead of {outlook.Days:0.#}"),
            quantity, decimal.Round(site.CostPerTransfer + (site.CostPerUnit * quantity), 4), site.Currency, site.Days, site.Warehouse, Supplier: null);
    });

    private static IEnumerable<GivenAlternative> Others(Outlook outlook) => outlook.Planned.Others
        .Where(other => (double)other.Days < outlook.Days)
        .OrderBy(other => other.UnitPrice)
        .Take(3)
        .Select(other => new GivenAlternative(
            AlternativeKind.OtherSupplier,
            Cut($"Buy from {other.Name}", 300),
            FormattableString.Invariant($"takes {other.Days:0.#} days by its terms, one base unit costs {other.UnitPrice:0.######} {other.Currency}"),
            Quantity: null, Cost: null, Currency: null, (int)Math.Ceiling(other.Days), FromWarehouse: null, other.Supplier));

    private static GivenAlternative Keep(Outlook outlook) => new(
        AlternativeKind.Keep,
        "Leave it as it is",
        FormattableString.Invariant($"nobody waits in {outlook.Service:P1} of all cycles; {outlook.ValueAtStake:0} {outlook.Planned.Currency} a year are at stake"),
        Quantity: null, Cost: null, Currency: null, Days: null, FromWarehouse: null, Supplier: null);

    private static IEnumerable<string> Caveats(Outlook outlook, LeadTimeScores scores)
    {
        var count = outlook.Reading.Regime is null ? outlook.Reading.Deliveries.Count : outlook.Reading.Now.Count;
        if (count < 10)
        {
            yield return $"only {count} deliveries speak for it";
        }

        if (!scores.IsServing)
        {
            yield return Cut($"no model scores here: {scores.Why}", 300);
        }

        if (outlook.Open > 0)
        {
            yield return $"{outlook.Open} orders of the supplier are still on their way";
        }

        if (outlook.Planned.UnitPrice == 0m)
        {
            yield return "no price is agreed, so nothing is known to be at stake";
        }
    }

    private static string Counterfactual(Outlook outlook, RecommendationThreshold threshold) => FormattableString.Invariant(
        $"If the next deliveries took {outlook.Planned.Days * (outlook.Days >= outlook.Planned.Days ? 1.1 : 0.9):0.#} days or {(outlook.Days >= outlook.Planned.Days ? "less" : "more")}, or less than {threshold.LeastValueAtStake:0.##} {outlook.Planned.Currency} a year were at stake, nothing would be recommended");

    /// <summary>Everything the figures were computed from, so that they can be computed again.</summary>
    private static string Inputs(Outlook outlook, SupplyOrder like, LeadTimeScores scores, double day) => JsonSerializer.Serialize(
        new
        {
            day,
            plannedDays = outlook.Planned.Days,
            plannedSpread = outlook.Planned.Spread,
            demandPerDay = outlook.Planned.DemandPerDay,
            demandSpread = outlook.Planned.DemandSpread,
            reorderPoint = outlook.PlannedPoint,
            factor = outlook.Stock.Factor,
            reviewDays = outlook.Stock.ReviewDays,
            unitPrice = outlook.Planned.UnitPrice,
            since = outlook.Reading.Regime?.Onset,
            usual = outlook.Reading.Usual,
            now = outlook.Reading.Now,
            features = outlook.Source == Domain.Recommendations.Watching.OutlookSource.Model
                ? scores.Features.Of(like, day).Select(value => float.IsNaN(value) ? (float?)null : value)
                : null,
        },
        KernelJson.Options);

    private static decimal Money(double value) => decimal.Round(Math.Min(MostMoney, (decimal)Math.Min(value, 1e15)), 2);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most].TrimEnd();
}
