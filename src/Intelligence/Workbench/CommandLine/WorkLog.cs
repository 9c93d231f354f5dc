using System.Globalization;
using Platform.Intelligence.Learning.Boosting;
using Spectre.Console;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary>
/// What a person sees while work goes on: bars on a terminal, plain lines in a log or a pipe. It writes to standard
/// error, so that standard output stays a program's input.
/// </summary>
internal sealed class WorkLog(TextWriter plain, IAnsiConsole? terminal)
{
    private const int PlainLines = 4;

    /// <summary>Bars where standard error is a terminal, plain lines elsewhere and where NO_COLOR asks for them.</summary>
    public static WorkLog ForProcess()
    {
        var isTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
        return new WorkLog(Console.Error, isTerminal
            ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            : null);
    }

    public static WorkLog Silent { get; } = new(TextWriter.Null, terminal: null);

    public void Say(string line)
    {
        if (terminal is null)
        {
            plain.WriteLine(line);
        }
        else
        {
            terminal.MarkupLineInterpolated($"{line}");
        }
    }

    /// <summary>Runs long work that reports its rounds.</summary>
    public T Track<T>(string doing, int rounds, Func<IProgress<BoostingRound>, T> work)
    {
        if (terminal is null)
        {
            return work(new Lines(this, doing, Math.Max(1, rounds / PlainLines)));
        }

        return terminal.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bar(context.AddTask(Markup.Escape(doing), maxValue: rounds), doing)));
    }

    private static string Loss(BoostingRound round) => round.LaterLoss is { } loss
        ? string.Create(CultureInfo.InvariantCulture, $", later loss {loss:F5}")
        : "";

    private sealed class Lines(WorkLog log, string doing, int every) : IProgress<BoostingRound>
    {
        public void Report(BoostingRound value)
        {
            if (value.Tree % every == 0 || value.Tree == value.Trees)
            {
                log.Say(string.Create(CultureInfo.InvariantCulture, $"{doing}: tree {value.Tree} of {value.Trees}{Loss(value)}"));
            }
        }
    }

    private sealed class Bar(ProgressTask task, string doing) : IProgress<BoostingRound>
    {
        public void Report(BoostingRound value)
        {
            task.Value = value.Tree;
            task.Description = Markup.Escape(doing + Loss(value));
        }
    }
}
