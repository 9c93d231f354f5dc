using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Explaining;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Tests.Benchmarks.Learning;

/// <summary>
/// `bench learning`: training, batch and single scoring and contributions, one thread, beside XGBoost and scikit-learn
/// where Debian's packages are installed. Rounds alternate and each tells its least disturbed one: the machine is shared.
/// `bench learning proof [DIR]` repeats the protocols on real data.
/// </summary>
internal static class LearningBench
{
    private const int Rounds = 3;
    private const int Trees = 300;

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case []:
                foreach (var depth in (int[])[4, 6])
                {
                    await CompareAsync(depth);
                }

                return 0;
            case ["proof", .. var folder]:
                return LearningProof.Run(folder is [var path] ? path : LearningProof.DefaultFolder());
            default:
                Console.Error.WriteLine("usage: bench learning [proof [DIR]]");
                return 2;
        }
    }

    private static async Task CompareAsync(int depth)
    {
        var rows = BenchRows.Draw();
        var data = Path.Combine(Directory.CreateTempSubdirectory("learning-").FullName, "rows.f32");
        var seen = new Dictionary<(string Who, string Figure), List<double>>();
        void Note(string who, string figure, double value)
        {
            if (!seen.TryGetValue((who, figure), out var values))
            {
                seen.Add((who, figure), values = []);
            }

            values.Add(value);
        }

        try
        {
            await BenchRows.WriteAsync(rows, data);
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var (figure, value) in Ours(rows, depth))
                {
                    Note("ours", figure, value);
                }

                foreach (var (who, figure, value) in await RivalsAsync(data, depth))
                {
                    Note(who, figure, value);
                }
            }
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(data)!, recursive: true);
        }

        foreach (var figure in seen.Keys.Select(key => key.Figure).Distinct(StringComparer.Ordinal))
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                bench = "learning",
                figure,
                rows = BenchRows.Train,
                features = BenchRows.Width,
                trees = Trees,
                depth,
                ours = Best(seen, "ours", figure),
                xgboost = Best(seen, "xgboost", figure),
                scikit_learn = Best(seen, "scikit_learn", figure),
            }));
        }
    }

    private static IEnumerable<(string Figure, double Value)> Ours(LabelledRows rows, int depth)
    {
        var train = rows.Select([.. Enumerable.Range(0, BenchRows.Train)]);
        var test = rows.Select([.. Enumerable.Range(BenchRows.Train, BenchRows.All - BenchRows.Train)]);
        var options = new BoosterOptions { Loss = new LogisticLoss(), Trees = Trees, Depth = depth, Eta = 0.1 };
        var clock = Stopwatch.StartNew();
        var model = Booster.Fit(train, null, options, new Silent(), CancellationToken.None).Value;
        yield return ("train_seconds", clock.Elapsed.TotalSeconds);

        var scorer = Scorer.Compile(model);
        var margins = new float[test.Count];
        clock.Restart();
        scorer.Margins(test.Features.Values, margins);
        yield return ("batch_rows_per_second", test.Count / clock.Elapsed.TotalSeconds);
        yield return ("auc", Ranking.Auc([.. margins.Select(margin => (double)margin)], test.Labels.Values));

        var before = GC.GetAllocatedBytesForCurrentThread();
        clock.Restart();
        for (var row = 0; row < 5_000; row++)
        {
            margins[row] = scorer.Margin(test.Features.Row(row));
        }

        yield return ("single_microseconds", clock.Elapsed.TotalMicroseconds / 5_000);
        yield return ("single_allocated_bytes", (GC.GetAllocatedBytesForCurrentThread() - before) / 5_000.0);

        var shap = new TreeShap(model);
        var parts = new double[4_000 * (BenchRows.Width + 1)];
        clock.Restart();
        shap.Explain(test.Features.Values.AsSpan(0, 4_000 * BenchRows.Width), parts);
        yield return ("contributions_per_second", 4_000 / clock.Elapsed.TotalSeconds);
    }

    private static async Task<IReadOnlyList<(string Who, string Figure, double Value)>> RivalsAsync(string data, int depth)
    {
        var script = Path.Combine(Path.GetDirectoryName(Here())!, "rivals.py");
        int[] numbers = [BenchRows.All, BenchRows.Width, BenchRows.Train, Trees, depth];
        var start = new ProcessStartInfo("/usr/bin/python3", [script, data, .. numbers.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (!File.Exists(start.FileName))
        {
            return [];
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            await Console.Error.WriteLineAsync($"No rivals (apt-get install python3-xgboost python3-sklearn): {(await error).Trim().Split('\n')[^1]}");
            return [];
        }

        return [.. JsonDocument.Parse(output).RootElement.EnumerateObject().SelectMany(rival =>
            rival.Value.EnumerateObject().Select(figure => (rival.Name, figure.Name, figure.Value.GetDouble())))];
    }

    private static string Here([CallerFilePath] string source = "") => source;

    private static double? Best(Dictionary<(string Who, string Figure), List<double>> seen, string who, string figure) =>
        !seen.TryGetValue((who, figure), out var values) ? null
        : figure.EndsWith("seconds", StringComparison.Ordinal) ? values.Min()
        : values.Max();
}

internal sealed class Silent : IProgress<BoostingRound>
{
    public void Report(BoostingRound value)
    {
    }
}
