using System.CommandLine;
using System.Globalization;
using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.Extracts;
using Platform.Intelligence.Workbench.Monitoring;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary><c>ml feedback export|summary</c>: what people and time made of recommendations.</summary>
internal sealed class FeedbackCommands(IWorkbenchDatabase? database)
{
    private static readonly Option<DateTimeOffset?> Since = new("--since") { Description = "Only what was filed since then: 2026-05-01." };

    public Command Create() => new("feedback", "Decisions and outcomes of recommendations.") { Export(), Summary() };

    private Command Export()
    {
        var output = new Option<string>("--out") { Description = "The CSV file to write; .gz compresses it.", Required = true };
        var command = With(new Command("export", "Writes every recommendation with its decision, reason, person and outcome; the outcome is the label.") { Since, output });
        command.SetAction((call, ct) => MlCommands.RunAsync(
            stop => AskedAsync(call, async (open, since) =>
            {
                var read = await Feedback.ReadAsync(open.Source, since, stop);
                if (!read.Succeeded(out var table))
                {
                    return read.Error!;
                }

                CsvText.Write(table, call.GetRequiredValue(output), stop);
                return Result.Of(table.RowCount);
            }, stop),
            rows =>
            {
                WorkLog.ForProcess().Say(FormattableString.Invariant($"{rows} recommendations"));
                Console.Out.WriteLine(call.GetRequiredValue(output));
            },
            ct));
        return command;
    }

    private Command Summary()
    {
        var command = With(new Command("summary", "Per model version: filed, decided, rejected and why, right and wrong.") { Since, Printed.Output });
        command.SetAction((call, ct) => MlCommands.RunAsync(
            stop => AskedAsync(call, (open, since) => Feedback.SummaryAsync(open.Source, since, stop), stop),
            lines => new Printed(
                ["kind", "version", "filed", "decided", "rejected", "mostly because", "right", "wrong", "precision"],
                [.. lines.Select(line => (string[])[
                    line.Kind, line.Version, Text(line.Filed), Text(line.Decided), Text(line.Rejected), line.MainReason, Text(line.Right), Text(line.Wrong),
                    line.Precision is { } precision ? precision.ToString("P0", CultureInfo.InvariantCulture) : "–"])],
                lines.Count == 0 ? ["Nothing was filed."] : [],
                lines).Write(call),
            ct));
        return command;
    }

    private async Task<Result<T>> AskedAsync<T>(ParseResult call, Func<OpenDatabase, DateTimeOffset, Task<Result<T>>> ask, CancellationToken ct)
        where T : notnull
    {
        if (database is null)
        {
            return new ExtractNotPossible("There is no database here");
        }

        await using var open = await database.OpenAsync(call, ct);
        return await ask(open, call.GetValue(Since) ?? DateTimeOffset.UnixEpoch);
    }

    private Command With(Command command)
    {
        foreach (var option in database?.Options ?? [])
        {
            command.Options.Add(option);
        }

        return command;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
