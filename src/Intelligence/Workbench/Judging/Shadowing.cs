using System.Globalization;
using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.CommandLine;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Registry;
using Platform.Intelligence.Workbench.Scoring;

namespace Platform.Intelligence.Workbench.Judging;

internal sealed record ShadowRequest(string Model, string Csv, string? Challenger, string By);

/// <summary>How champion and challenger answer the same rows: by thirds of the scores, how many rows each puts where.</summary>
internal sealed record Agreement(string Champion, string Challenger, int Rows, int[][] Matrix, double MeanDifference, double Correlation)
{
    private static readonly string[] Thirds = ["low", "middle", "high"];

    public double Share => Matrix.Select((row, i) => row[i]).Sum() / (double)Math.Max(1, Rows);

    public Printed ToPrinted() => new(
        [$"{Champion} \\ {Challenger}", .. Thirds],
        [.. Matrix.Select((row, i) => (string[])[Thirds[i], .. row.Select(count => count.ToString(CultureInfo.InvariantCulture))])],
        [FormattableString.Invariant($"{Share:P1} of {Rows} rows in the same third; rank agreement {Correlation:F3}; the challenger answers {MeanDifference:+0.####;-0.####} on the mean.")],
        new { Champion, Challenger, Rows, Matrix, Share, MeanDifference, Correlation });
}

/// <summary>Scores rows by both versions; outcomes are not needed, and nothing is filed.</summary>
internal sealed class Shadowing(ModelRegistry registry, TimeProvider clock)
{
    public Result<Agreement> Run(ShadowRequest request, CancellationToken ct)
    {
        var found = registry.Champion(request.Model);
        if (!found.Succeeded(out var champion))
        {
            return found.Error!;
        }

        var other = registry.Find(request.Model, request.Challenger ?? ModelRegistry.ChallengerAlias);
        if (!other.Succeeded(out var challenger))
        {
            return other.Error!;
        }

        var scores = new List<double[]>();
        foreach (var version in (RegisteredVersion[])[champion, challenger])
        {
            var read = ScoringTable.Read(request.Csv, version.Answering, ct);
            if (!read.Succeeded(out var table))
            {
                return read.Error!;
            }

            scores.Add(ModelFitting.Score(
                version.Answering, new LabelledRows(table.Matrix, Labels.Of(new double[table.Matrix.RowCount]), Weights: null)).Predictions);
        }

        if (request.Challenger is not null && registry.Challenge(challenger, request.By, clock.GetUtcNow()) is { Error: { } fault })
        {
            return fault;
        }

        return Compare(champion.Version, challenger.Version, scores[0], scores[1]);
    }

    private static Agreement Compare(string champion, string challenger, double[] first, double[] second)
    {
        var (a, b) = (Ranks.Of(first), Ranks.Of(second));
        var matrix = Enumerable.Range(0, 3).Select(_ => new int[3]).ToArray();
        int Third(double rank) => Math.Clamp((int)(3 * (rank - 0.5) / first.Length), 0, 2);
        for (var row = 0; row < first.Length; row++)
        {
            matrix[Third(a[row])][Third(b[row])]++;
        }

        return new Agreement(champion, challenger, first.Length, matrix, second.Average() - first.Average(), Ranks.Correlation(a, b));
    }
}
