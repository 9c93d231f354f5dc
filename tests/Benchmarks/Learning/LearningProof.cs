using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.Intelligence.LeadTime;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Tests.Benchmarks.Learning;

/// <summary>Repeats the protocols on the public data beside the project and prints a JSON line per figure.</summary>
internal static class LearningProof
{
    private const string Scms = "scms_lead_times_until_2013.csv";
    private const string Cargo = "cargo2000_first_70_percent.csv";

    // A quarter counts when nearly all of its orders have been delivered: the fast ones alone would flatter.
    private const double Complete = 0.97;

    public static int Run(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"Skipped: {folder} is absent. Give the folder of the data: bench learning proof DIR");
            return 1;
        }

        LeadTimes(folder);
        LateShipments(folder);
        return Leaks(folder) ? 1 : 0;
    }

    /// <summary>The folder shared/data beside the project.</summary>
    public static string DefaultFolder() => DefaultFolder(Here());

    private static string DefaultFolder(string source) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "..", "..", "shared", "data"));

    private static string Here([CallerFilePath] string source = "") => source;

    private static void LeadTimes(string folder)
    {
        var forecasts = new LeadTimeProof(ShipmentHistory.Read(File(folder, Scms, "scms*.csv"))).Run();
        var quarters = forecasts.GroupBy(forecast => Quarter(forecast.Shipment.Sent), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .TakeWhile(group => group.Count(forecast => forecast.Took is not null) >= Complete * group.Count())
            .ToArray();
        foreach (var quarter in quarters)
        {
            Print("quarter " + quarter.Key, [.. quarter.Where(forecast => forecast.Took is not null)]);
        }

        foreach (var year in quarters.GroupBy(quarter => quarter.Key[..4], StringComparer.Ordinal))
        {
            Print("year " + year.Key, [.. year.SelectMany(quarter => quarter).Where(forecast => forecast.Took is not null)]);
        }

        // The windows whose medians come nearest to the anchors' (52.9, 52.0 and 50.4 days) begin at the end of 2010.
        foreach (var first in (string[])["2010-Q4", "2011-Q1"])
        {
            Print($"from {first}", [.. quarters.Where(quarter => string.CompareOrdinal(quarter.Key, first) >= 0)
                .SelectMany(quarter => quarter).Where(forecast => forecast.Took is not null)]);
        }

        Print("all complete quarters", [.. quarters.SelectMany(quarter => quarter).Where(forecast => forecast.Took is not null)]);
    }

    private static void Print(string window, Forecast[] forecasts)
    {
        double[] actual = [.. forecasts.Select(forecast => forecast.Took!.Value)];
        double Mae(Func<Forecast, double> of) => Math.Round(Errors.MeanAbsolute([.. forecasts.Select(of)], actual), 2);

        // Orders of one supplier share their fate: they are drawn together.
        string[] vendors = [.. forecasts.Select(forecast => forecast.Shipment.Supplier)];
        string[] distinct = [.. vendors.Distinct(StringComparer.Ordinal)];
        var gain = new Bootstrap(500, seed: 3).OfClusters(
            [.. vendors.Select(vendor => Array.IndexOf(distinct, vendor))],
            rows => rows.Average(row => Math.Abs(forecasts[row].Vendor - actual[row]) - Math.Abs(forecasts[row].Ours - actual[row])));
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            proof = "lead_time",
            window,
            shipments = forecasts.Length,
            mae_global_median = Mae(forecast => forecast.Global),
            mae_supplier_median = Mae(forecast => forecast.Vendor),
            mae_shrunken_median = Mae(forecast => forecast.Made.Shrunken),
            mae_aft = Mae(forecast => forecast.Made.Survival),
            mae_mean = Mae(forecast => forecast.Made.Mean),
            mae_ours = Mae(forecast => forecast.Ours),
            bias_ours = Math.Round(Errors.Bias([.. forecasts.Select(forecast => forecast.Ours)], actual), 2),
            gain_over_supplier_median = Math.Round(gain.Value, 2),
            gain_low = Math.Round(gain.Low, 2),
            gain_high = Math.Round(gain.High, 2),
            band_coverage = Math.Round(Errors.Coverage([.. forecasts.Select(f => f.Made.Low)], [.. forecasts.Select(f => f.Made.High)], actual), 3),
            band_width_days = Math.Round(forecasts.Average(forecast => forecast.Made.High - forecast.Made.Low), 0),
        }));
    }

    private static void LateShipments(string folder)
    {
        foreach (var moment in (Moment[])[Moment.AtOrder, Moment.AtHub])
        {
            var rows = LateShipmentRows.Read(File(folder, Cargo, "cargo2000*.csv"), moment);
            var (probabilities, margins, labels) = LateShipmentProof.Run(rows);
            foreach (var (name, estimate) in LateShipmentProof.Figures(probabilities, margins, labels))
            {
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    proof = "late_shipment",
                    moment = moment.ToString(),
                    rows = labels.Length,
                    figure = name,
                    value = Math.Round(estimate.Value, 4),
                    low = Math.Round(estimate.Low, 4),
                    high = Math.Round(estimate.High, 4),
                }));
            }
        }
    }

    /// <summary>
    /// The future edited away: features of an order must not change when later orders are deleted and later deliveries
    /// unknown. The target shuffled: nothing must be learnt that holds on the last block.
    /// </summary>
    private static bool Leaks(string folder)
    {
        var shipments = ShipmentHistory.Read(File(folder, Scms, "scms*.csv"));
        var features = new LeadTimeFeatures(ShipmentHistory.Shape, shipments);
        var changed = 0;
        var asked = Enumerable.Range(0, shipments.Count).Where(i => i % 23 == 0).ToArray();
        foreach (var i in asked)
        {
            var day = shipments[i].Sent;
            SupplyOrder[] past = [.. shipments.Where(other => other.Sent <= day)
                .Select(other => other.DeliveredAsOf(day) is not null ? other : other with { Delivered = null })];
            changed += features.Of(shipments[i]).SequenceEqual(features.With(past).Of(shipments[i])) ? 0 : 1;
        }

        Console.WriteLine(JsonSerializer.Serialize(new { proof = "leakage", test = "future edited", orders = asked.Length, changed }));
        var rows = LateShipmentRows.Read(File(folder, Cargo, "cargo2000*.csv"), Moment.AtHub);
        var labels = (double[])rows.Labels.Values.Clone();
        var draws = new Draws(17);
        var aucs = Enumerable.Range(0, 10).Select(_ =>
        {
            draws.Shuffle<double>(labels);
            var (_, margins, truth) = LateShipmentProof.Run(rows with { Labels = Labels.Of(labels) });
            return Ranking.Auc(margins, truth);
        }).ToArray();
        var mean = Math.Round(aucs.Average(), 3);
        Console.WriteLine(JsonSerializer.Serialize(new { proof = "leakage", test = "target shuffled", runs = aucs.Length, mean_auc = mean }));
        return changed > 0 || Math.Abs(mean - 0.5) > 0.05;
    }

    // The named file, or the longer one that stands in its place.
    private static string File(string folder, string name, string pattern) => System.IO.File.Exists(Path.Combine(folder, name))
        ? Path.Combine(folder, name)
        : Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal).LastOrDefault()
            ?? throw new FileNotFoundException($"{folder} has no {pattern}.");

    private static string Quarter(double day)
    {
        var date = DateTime.UnixEpoch.AddDays(day);
        return FormattableString.Invariant($"{date.Year}-Q{((date.Month - 1) / 3) + 1}");
    }
}
