using System.Globalization;
using System.Text.Json;
using Platform.Domain.Kernel;

namespace Platform.Intelligence.Workbench.Backtesting;

internal sealed record TruthRefused(string File, int Line, string Reason) : DomainError
{
    public override string Message => $"{File}, line {Line}: {Reason}.";
}

/// <summary>From a day on, a supplier of a made-up history takes so many days, scattered so much. The first one is how it began.</summary>
internal sealed record TrueChange(string Supplier, string Kind, double Day, double Mean, double Spread)
{
    public const string Beginning = "LEAD_TIME";

    private static readonly string[] Kinds = [Beginning, "LEAD_TIME_STEP", "LEAD_TIME_SPREAD", "LEAD_TIME_RECOVERY"];

    /// <summary>Reads what <c>./platform seed --truth FILE</c> wrote; truths of other kinds are passed over.</summary>
    public static Result<IReadOnlyList<TrueChange>> Read(string file)
    {
        if (!File.Exists(file))
        {
            return new TruthRefused(file, 1, "there is no such file");
        }

        var changes = new List<TrueChange>();
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            try
            {
                using var json = JsonDocument.Parse(line);
                var kind = json.RootElement.GetProperty("kind").GetString()!;
                if (Kinds.Contains(kind, StringComparer.Ordinal))
                {
                    changes.Add(new TrueChange(
                        json.RootElement.GetProperty("subject").GetString()!, kind,
                        DateOnly.Parse(json.RootElement.GetProperty("at").GetString()!, CultureInfo.InvariantCulture).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber,
                        json.RootElement.GetProperty("mean").GetDouble(), json.RootElement.GetProperty("spread").GetDouble()));
                }
            }
            catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                return new TruthRefused(file, number, broken.Message);
            }
        }

        return changes.Count > 0
            ? changes.OrderBy(change => change.Day).ToList()
            : new TruthRefused(file, 1, "it tells nothing of lead times");
    }
}
