using System.Diagnostics;
using System.Globalization;

namespace Platform.Tests.GraphQL.Differential;

/// <summary>
/// How long a comparison runs: in the ordinary test run the same cases each time, so that a change is judged by what it
/// changes, and at most for seconds; with DIFFERENTIAL_MINUTES on demand, new cases for as long. DIFFERENTIAL_SEED tells one
/// case again; a failure names the seed of its case.
/// </summary>
internal static class Budget
{
    /// <summary>What an ordinary machine compares in the seconds it is given.</summary>
    private const int CasesPerSecond = 20;

    public static IEnumerable<int> Seeds(double seconds)
    {
        var minutes = Environment.GetEnvironmentVariable("DIFFERENTIAL_MINUTES");
        var limit = minutes is null
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture));
        var fixedSeed = Environment.GetEnvironmentVariable("DIFFERENTIAL_SEED");
        if (fixedSeed is not null)
        {
            yield return int.Parse(fixedSeed, CultureInfo.InvariantCulture);
            yield break;
        }

        var clock = Stopwatch.StartNew();
        var first = minutes is null ? 1 : Random.Shared.Next(1_000_000_000);
        var last = minutes is null ? (int)(seconds * CasesPerSecond) : int.MaxValue;
        for (var seed = first; seed <= last && clock.Elapsed < limit; seed++)
        {
            yield return seed;
        }
    }
}
