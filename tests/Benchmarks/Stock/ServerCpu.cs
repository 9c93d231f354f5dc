using System.Globalization;

namespace Platform.Tests.Benchmarks.Stock;

/// <summary>
/// CPU time of a PostgreSQL server and all its backends, also of those that have gone. On a machine that others use too, time
/// says how busy they are; CPU says what a posting costs.
/// </summary>
internal static class ServerCpu
{
    /// <summary>Ticks of <c>/proc</c> are hundredths of a second on every Linux we run on.</summary>
    private const double MicrosPerTick = 10_000;

    public static double Micros(int postmaster)
    {
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(folder[6])))
        {
            if (Fields(folder) is not { } fields)
            {
                continue;
            }

            if (Path.GetFileName(folder) == postmaster.ToString(CultureInfo.InvariantCulture))
            {
                ticks += fields[11] + fields[12] + fields[13] + fields[14]; // Its own, and of children it has waited for.
            }
            else if (fields[1] == postmaster)
            {
                ticks += fields[11] + fields[12];
            }
        }

        return ticks * MicrosPerTick;
    }

    /// <summary>The numbers after the program's name; null when the process has ended meanwhile.</summary>
    private static long[]? Fields(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return [.. stat[(stat.LastIndexOf(')') + 2)..].Split(' ')
                .Select(field => long.TryParse(field, CultureInfo.InvariantCulture, out var number) ? number : 0)];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
