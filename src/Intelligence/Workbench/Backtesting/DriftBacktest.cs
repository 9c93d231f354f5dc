using Platform.Intelligence.LeadTime;

namespace Platform.Intelligence.Workbench.Backtesting;

/// <summary>What an item costs to hold and to lack, where the history names no policy: per unit and year, and per unit short.</summary>
internal sealed record MoneyRule(double Holding, double Shortage);

/// <summary>A change that is true, and when it was noticed; null while it was not.</summary>
internal sealed record FoundChange(TrueChange Change, double? NoticedOn, int? Receipts)
{
    public double? Days => NoticedOn - Change.Day;
}

/// <summary>What one supplier's history showed.</summary>
internal sealed record SupplierOutcome(
    string Supplier, int Deliveries, IReadOnlyList<FoundChange> Changes, int FalseAlarms, double CostOfRule, double CostOfAdvice)
{
    public double Saved => CostOfRule - CostOfAdvice;
}

/// <summary>An item that is replenished from a supplier, as planners plan it: a lead time and spread that stand still.</summary>
internal sealed record StaticPlan(string Supplier, SafetyStock Stock, double Days, double Spread, double Price);

/// <summary>
/// Walks week by week through a history whose changes are known, with nothing but what was known on each day: when is a
/// change noticed, how often is there an alarm without one, and what would planners have saved by following it.
/// </summary>
internal sealed class DriftBacktest(IReadOnlyList<TrueChange> truth, IReadOnlyDictionary<string, string> codes, double every, MoneyRule money)
{
    private const double Year = 365;

    // An alarm belongs to a change of the last half year; what comes later is another.
    private const double Belongs = 183;

    // A planner reads the recommendation and the policy changes: two days.
    private const double Decided = 2;

    public IReadOnlyList<SupplierOutcome> Run(IReadOnlyList<SupplyOrder> orders, IReadOnlyList<StaticPlan> plans, double until, CancellationToken ct) =>
    [
        .. orders.GroupBy(order => order.Supplier, StringComparer.Ordinal)
            .Where(group => codes.TryGetValue(group.Key, out var code) && truth.Any(change => change.Supplier == code))
            .OrderBy(group => codes[group.Key], StringComparer.Ordinal)
            .Select(group =>
            {
                ct.ThrowIfCancellationRequested();
                return Of(codes[group.Key], [.. group], [.. plans.Where(plan => plan.Supplier == group.Key)], until);
            }),
    ];

    private SupplierOutcome Of(string code, SupplyOrder[] orders, StaticPlan[] plans, double until)
    {
        TrueChange[] changes = [.. truth.Where(change => change.Supplier == code)];
        var open = changes.Where(change => change.Kind != TrueChange.Beginning).ToList();
        var found = new List<FoundChange>();
        var plansOf = new List<(double From, double Days, double Spread)>();
        int? known = null;
        var falseAlarms = 0;
        for (var day = orders[0].Sent; day <= until; day += every)
        {
            var reading = SupplierWatch.Read(orders, day);
            if (reading.Regime is not { } regime)
            {
                continue;
            }

            // What is advised follows the deliveries since the change, also after the alarm.
            plansOf.Add((day + Decided, reading.NowDays, reading.NowSpread));
            if (regime.Onset == known)
            {
                continue;
            }

            known = regime.Onset;
            if (open.LastOrDefault(change => change.Day < day && change.Day > day - Belongs) is { } change)
            {
                open.RemoveAll(other => other.Day <= change.Day);
                found.Add(new FoundChange(change, day, orders.Count(order => order.Sent >= change.Day && order.DeliveredAsOf(day) is not null)));
            }
            else if (!found.Exists(one => one.Change.Day < day && one.Change.Day > day - Belongs))
            {
                falseAlarms++;
            }
        }

        var missed = changes.Where(change => change.Kind != TrueChange.Beginning && !found.Exists(one => one.Change == change) && change.Day < until)
            .Select(change => new FoundChange(change, NoticedOn: null, Receipts: null));
        var (rule, advice) = Costs(changes, plans, plansOf, orders[0].Sent, until);
        return new SupplierOutcome(
            code, orders.Count(order => order.DeliveredAsOf(until) is not null), [.. found.Concat(missed).OrderBy(one => one.Change.Day)], falseAlarms, rule, advice);
    }

    /// <summary>Each day costs the stock that is kept beyond the demand of the lead time, and what is short under the true lead time.</summary>
    private (double Rule, double Advice) Costs(
        TrueChange[] changes, StaticPlan[] plans, List<(double From, double Days, double Spread)> advised, double from, double until)
    {
        double rule = 0, advice = 0;
        for (var day = from; day < until; day++)
        {
            var real = changes.LastOrDefault(change => change.Day <= day) ?? changes[0];
            var advised2 = advised.LastOrDefault(plan => plan.From <= day);
            foreach (var plan in plans)
            {
                rule += OfDay(plan, plan.Days, plan.Spread, real);
                advice += advised2.From == 0 ? OfDay(plan, plan.Days, plan.Spread, real) : OfDay(plan, advised2.Days, advised2.Spread, real);
            }
        }

        return (rule, advice);
    }

    private double OfDay(StaticPlan plan, double days, double spread, TrueChange real)
    {
        var point = plan.Stock.ReorderPoint(days, spread);
        var kept = Math.Max(0, point - (plan.Stock.Demand * (real.Mean + plan.Stock.ReviewDays)));
        var lot = plan.Stock.Demand * Math.Max(14, plan.Stock.ReviewDays);
        return plan.Price / Year * ((money.Holding * kept) + (money.Shortage * plan.Stock.ShortInAYear(point, real.Mean, real.Spread, lot)));
    }
}
