using System.Globalization;
using Platform.Intelligence.Workbench.CommandLine;

namespace Platform.Intelligence.Workbench.Backtesting;

/// <summary>How the forecasts of a simulated history did: orders that were forecast, error, bias, coverage of the 80 % band.</summary>
internal sealed record ForecastQuality(int Orders, double Error, double ErrorOfPlan, double Bias, double Coverage);

/// <summary>The figures of a backtest on a history whose truth is known. Everything in it is simulated, and it says so.</summary>
internal sealed record BacktestReport(IReadOnlyList<SupplierOutcome> Suppliers, ForecastQuality? Forecasts)
{
    public int Deliveries => Suppliers.Sum(one => one.Deliveries);

    public int Changes => Suppliers.Sum(one => one.Changes.Count);

    public int Noticed => Suppliers.Sum(one => one.Changes.Count(change => change.NoticedOn is not null));

    public int FalseAlarms => Suppliers.Sum(one => one.FalseAlarms);

    public double FalseAlarmsPerHundred => 100.0 * FalseAlarms / Math.Max(1, Deliveries);

    public double? MedianDays => Median(Suppliers.SelectMany(one => one.Changes).Select(change => change.Days));

    public double? MedianReceipts => Median(Suppliers.SelectMany(one => one.Changes).Select(change => (double?)change.Receipts));

    public double CostOfRule => Suppliers.Sum(one => one.CostOfRule);

    public double Saved => Suppliers.Sum(one => one.Saved);

    public Printed ToPrinted() => new(
        ["supplier", "deliveries", "change", "from", "noticed after", "false alarms", "saved"],
        [.. Suppliers.SelectMany(Rows)],
        [
            string.Create(CultureInfo.InvariantCulture, $"Simulated. {Noticed} of {Changes} changes noticed; median {MedianDays:F0} days, {MedianReceipts:F0} receipts after the change."),
            string.Create(CultureInfo.InvariantCulture, $"{FalseAlarms} false alarms in {Deliveries} deliveries: {FalseAlarmsPerHundred:F2} per hundred."),
            string.Create(CultureInfo.InvariantCulture, $"Following the advice saves {Saved:F0} of {CostOfRule:F0} that the static plan costs in stock kept and sales lost ({Saved / Math.Max(1e-9, CostOfRule):P0})."),
            Forecasts is { } forecasts
                ? string.Create(CultureInfo.InvariantCulture, $"{forecasts.Orders} orders forecast, retrained each quarter: mean error {forecasts.Error:F2} days (static plan {forecasts.ErrorOfPlan:F2}), bias {forecasts.Bias:+0.00;-0.00}, 80 % band covers {forecasts.Coverage:P1}.")
                : "Too few orders to learn a forecast from.",
        ],
        this);

    private static IEnumerable<string[]> Rows(SupplierOutcome one)
    {
        var saved = one.Saved.ToString("F0", CultureInfo.InvariantCulture);
        if (one.Changes.Count == 0)
        {
            yield return [one.Supplier, Text(one.Deliveries), "none", "", "", Text(one.FalseAlarms), saved];
        }

        foreach (var change in one.Changes)
        {
            yield return
            [
                one.Supplier, Text(one.Deliveries), change.Change.Kind,
                DateTime.UnixEpoch.AddDays(change.Change.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                change.Days is { } days ? string.Create(CultureInfo.InvariantCulture, $"{days:F0} days, {change.Receipts} receipts") : "not noticed",
                Text(one.FalseAlarms), saved,
            ];
        }
    }

    private static double? Median(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>().Order()];
        return known.Length == 0 ? null : known[known.Length / 2];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
