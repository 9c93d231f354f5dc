using System.Text.Json;

namespace Platform.Tests.Benchmarks.GraphQL;

internal static class Figures
{
    /// <summary>One JSON line per figure, for people and for scripts.</summary>
    public static void Print(string name, params (string Name, double Value)[] values)
    {
        var line = new Dictionary<string, object> { ["bench"] = "graphql", ["name"] = name };
        foreach (var (key, value) in values)
        {
            line[key] = Math.Round(value, 2);
        }

        Console.WriteLine(JsonSerializer.Serialize(line));
    }
}
