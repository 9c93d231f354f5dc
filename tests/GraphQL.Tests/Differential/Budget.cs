using System.Diagnostics;
using System.Globalization;

namespace Platform.Tests.GraphQL.Differential;

/// <summary>
/// How long a comparison runs: seconds in the ordinary test run, DIFFERENTIAL_MINUTES for each on demand. The seed is
/// new every time unless DIFFERENTIAL_SEED sets it; a failure names the seed of its case.
/// </summary>
internal static class Budget
{
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
        for (var seed = Random.Shared.Next(1_000_000_000); clock.Elapsed < limit; seed++)
        {
            yield return seed;
        }
    }
}
