using System.Globalization;
using System.Text.Json;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Registry;

namespace Platform.Tests.Intelligence.Workbench;

/// <summary>What a hostile supplier writes, and what a changed world sends.</summary>
public sealed class Poisoned_and_drifted_rows : Verbs
{
    [Fact]
    public void A_10_a_source_that_poisons_a_twentieth_of_the_rows_moves_the_top_tenth_little()
    {
        Table("clean.csv", 0, 4_000);
        var lines = File.ReadAllLines(At("clean.csv"));
        Prepare();
        File.WriteAllLines(At("train.csv"), lines.Take(3_001));
        File.WriteAllLines(At("later.csv"), lines.Take(1).Concat(lines.Skip(3_001)));

        // One source says the contrary in 150 of 3000 rows, those that look riskiest.
        var draws = new Draws(5);
        HashSet<int> poisoned = [.. Enumerable.Range(1, 3_000).OrderByDescending(row => double.TryParse(lines[row].Split(',')[0], CultureInfo.InvariantCulture, out var a) ? a : 0).ThenBy(_ => draws.NextUnit()).Take(150)];
        File.WriteAllLines(At("poisoned.csv"), lines.Take(1).Concat(Enumerable.Range(1, 3_000).Select(row =>
        {
            var cells = lines[row].Split(',');
            (cells[4], cells[5]) = poisoned.Contains(row) ? ("mallory", "no") : (cells[4], cells[5]);
            return string.Join(',', cells);
        })));
        var clean = PrecisionOfTopTenth(Version("train.csv"));
        var bad = PrecisionOfTopTenth(Version("poisoned.csv"));
        (clean - bad).ShouldBeLessThanOrEqualTo(0.03);
    }

    [Fact]
    public void A_10_no_source_weighs_more_than_its_share()
    {
        string[] sources = [.. Enumerable.Range(0, 1_000).Select(row => row < 600 ? "loud" : $"s{row % 40}")];
        var weights = Influence.Cap(null, sources, most: 0.05)!;
        var total = weights.Sum();
        foreach (var source in Enumerable.Range(0, 1_000).GroupBy(row => sources[row], StringComparer.Ordinal))
        {
            source.Sum(row => weights[row]).ShouldBeLessThanOrEqualTo(0.0501 * total);
        }

        // Two sources cannot have less than half each.
        Influence.Cap(null, ["a", "a", "a", "b"], most: 0.05)!.Take(3).Sum().ShouldBe(1, 1e-3);
    }

    [Fact]
    public void A_13_a_shifted_feature_or_one_that_went_missing_suspends_the_model_at_once()
    {
        Prepare();
        Table("train.csv", 0, 2_000);
        var version = Version("train.csv");
        var registry = new ModelRegistry(At("models"));
        registry.Promote(registry.Find("late-orders", version).Value, "ana", "ben", [], DateTimeOffset.UnixEpoch).Error.ShouldBeNull();

        Table("recent.csv", 2_000, 3_000);
        var sound = Call("monitor", "late-orders", "--csv", At("recent.csv"), "--models", At("models"));
        sound.Code.ShouldBe(0, sound.Output);

        var lines = File.ReadAllLines(At("recent.csv"));
        File.WriteAllLines(At("shifted.csv"), Edited(lines, 0, cell => cell.Length == 0 ? cell : (double.Parse(cell, CultureInfo.InvariantCulture) + 1).ToString("R", CultureInfo.InvariantCulture)));
        File.WriteAllLines(At("gone.csv"), Edited(lines, 1, _ => ""));
        var shifted = Call("monitor", "late-orders", "--csv", At("shifted.csv"), "--models", At("models"));
        shifted.Code.ShouldBe(1);
        shifted.Output.ShouldContain("shift of a is");
        var gone = Call("monitor", "late-orders", "--csv", At("gone.csv"), "--models", At("models"), "--output", "json");
        gone.Code.ShouldBe(1);
        JsonDocument.Parse(gone.Output).RootElement.GetProperty("suspended").GetString()!.ShouldContain("missing b");
    }

    [Fact]
    public void An_extract_is_checked_before_it_is_learnt_from()
    {
        Prepare();
        Table("train.csv", 0, 500);
        Call("data", "check", "late-orders", "--csv", At("train.csv"), "--models", At("models")).Code.ShouldBe(0);

        // The outcome under another name, and a column that is not there.
        var lines = File.ReadAllLines(At("train.csv"));
        File.WriteAllLines(At("leaking.csv"), Edited(lines, 1, (_, cells) => cells[5] == "yes" ? "1" : "0").Select(line => line.Replace(",noise,", ",nothing,", StringComparison.Ordinal)));
        var check = Call("data", "check", "late-orders", "--csv", At("leaking.csv"), "--models", At("models"));
        check.Code.ShouldBe(1);
        check.Output.ShouldContain("b orders the rows as the label does (1.000): it tells the outcome");
        check.Output.ShouldContain("noise is missing");
        Call("data", "describe", "--csv", At("train.csv"), "--output", "md").Output.ShouldContain("| kind | Words |");
        Call("data", "export", "late-orders", "--from", "database", "--out", At("x.csv")).Code.ShouldBe(1);
    }

    private void Prepare()
    {
        Directory.CreateDirectory(At("models/late-orders"));
        File.WriteAllText(At("models/late-orders/recipe.yaml"), Recipes_are_read_strictly.Sound);
    }

    private string Version(string csv)
    {
        var call = Call("train", "late-orders", "--csv", At(csv), "--models", At("models"), "--output", "json");
        call.Code.ShouldBe(0, call.Error);
        return JsonDocument.Parse(call.Output).RootElement.GetProperty("version").GetString()!;
    }

    private double PrecisionOfTopTenth(string version)
    {
        var call = Call("predict", "--model", At($"models/late-orders/{version}"), "--csv", At("later.csv"), "--keep", "late", "--out", At("p.csv"));
        call.Code.ShouldBe(0, call.Error);
        var rows = File.ReadAllLines(At("p.csv")).Skip(1).Select(line => line.Split(',')).ToArray();
        return rows.OrderByDescending(row => double.Parse(row[1], CultureInfo.InvariantCulture)).Take(rows.Length / 10).Average(row => row[0] == "yes" ? 1 : 0);
    }

    private static IEnumerable<string> Edited(string[] lines, int column, Func<string, string> edit) => Edited(lines, column, (cell, _) => edit(cell));

    private static IEnumerable<string> Edited(string[] lines, int column, Func<string, string[], string> edit) => lines.Select((line, i) =>
    {
        var cells = line.Split(',');
        cells[column] = i == 0 ? cells[column] : edit(cells[column], cells);
        return string.Join(',', cells);
    });
}
