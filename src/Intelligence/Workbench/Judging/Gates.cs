using System.Globalization;
using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.Recipes;

namespace Platform.Intelligence.Workbench.Judging;

/// <summary>The answer of one gate, with its numbers.</summary>
internal sealed record GateAnswer(string Gate, bool IsPassed, string Says)
{
    public override string ToString() => $"{(IsPassed ? "✓" : "✗")} {Gate}: {Says}";
}

internal sealed record GatesClosed(string Version, IReadOnlyList<GateAnswer> Answers) : DomainError
{
    public override string Message => $"{Version} is not promoted:\n  {string.Join("\n  ", Answers)}";
}

/// <summary>What a version must show before it serves: the recipe's bounds, and the people who ask for it.</summary>
internal static class Gates
{
    // Below, one lucky row decides over a slice.
    private const int LeastSliceRows = 50;

    public static IReadOnlyList<GateAnswer> Ask(Recipe recipe, Comparison comparison, string by, string? agreedBy) =>
    [
        Better(comparison),
        Slices(recipe, comparison),
        .. recipe.Gates.MostCalibrationError is { } most && comparison.CalibrationError is { } error
            ? new[] { new GateAnswer("calibrated", error <= most, Text($"calibration error {error:F3}, at most {most}")) }
            : [],
        .. recipe.Gates.NeedsTwoPeople ? new[] { TwoPeople(by, agreedBy) } : [],
    ];

    private static GateAnswer Better(Comparison comparison) => new(
        $"better than {comparison.Before}", comparison.Gain.Low > 0,
        Text($"{comparison.Figure} {comparison.LossBefore:G4} → {comparison.LossAfter:G4} on {comparison.Rows} rows; gain {comparison.Gain.Value:G3} ({comparison.Gain.Low:G3} … {comparison.Gain.High:G3})"));

    private static GateAnswer Slices(Recipe recipe, Comparison comparison)
    {
        var asked = comparison.Slices.Where(slice => slice.Rows >= LeastSliceRows).ToArray();
        if (asked.Length == 0)
        {
            return new GateAnswer("no slice worse", IsPassed: true, $"no slice has {LeastSliceRows} rows");
        }

        var worst = asked.MaxBy(slice => Loss(slice))!;
        return new GateAnswer(
            "no slice worse", Loss(worst) <= recipe.Gates.MostSliceLoss,
            Text($"worst of {asked.Length} is {worst.Column} {worst.Value} ({worst.Rows} rows): {worst.Before:G4} → {worst.After:G4}, {Loss(worst):P1} worse; at most {recipe.Gates.MostSliceLoss:P0}"));
    }

    private static double Loss(SliceComparison slice) => slice.Before <= 0 ? 0 : (slice.After - slice.Before) / slice.Before;

    private static GateAnswer TwoPeople(string by, string? agreedBy) => new(
        "two people", agreedBy is not null && !string.Equals(by.Trim(), agreedBy.Trim(), StringComparison.OrdinalIgnoreCase),
        agreedBy is null ? $"{by} asks; a second person must agree (--agreed-by)" : $"{by} asks, {agreedBy} agrees");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
