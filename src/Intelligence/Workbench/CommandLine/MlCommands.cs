using System.CommandLine;
using Platform.Domain.Kernel;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary>
/// The verbs of <c>ml</c>: for any table, and for the models of this folder. Exit codes: 0 done, 1 refused for a reason that is printed, 2 a call that is
/// wrong or an error.
/// </summary>
public static class MlCommands
{
    private const int Refused = 1;
    private const int Wrong = 2;

    /// <summary>The verbs without a database: those that would need it say so.</summary>
    public static Command Create() => Create(database: null);

    public static Command Create(IWorkbenchDatabase? database)
    {
        var command = new Command("ml", "Learns from tables, scores them and measures models; files are XGBoost's JSON.")
        {
            FitCommand.Create(), PredictCommand.Create(), EvaluateCommand.Create(), MonitorCommand.Create(), new DataCommands(database).Create(),
            new FeedbackCommands(database).Create(), new BacktestCommand(database).Create(),
        };
        foreach (var verb in TrainCommands.Create().Concat(RegistryCommands.Create()))
        {
            command.Subcommands.Add(verb);
        }

        return command;
    }

    /// <summary>Runs a verb and turns what comes out of it into an exit code.</summary>
    internal static int Run<T>(Func<CancellationToken, Result<T>> work, Action<T> onSuccess)
        where T : notnull => Run(work, onSuccess, static _ => false);

    /// <summary>Runs a verb whose answer may itself be bad news.</summary>
    internal static int Run<T>(Func<CancellationToken, Result<T>> work, Action<T> onSuccess, Func<T, bool> isBad)
        where T : notnull
    {
        using var interruption = Interruption.Listen();
        try
        {
            return Told(work(interruption.Token), onSuccess, isBad);
        }
        catch (Exception fault) when (CodeOf(fault) is { } code)
        {
            return code;
        }
    }

    /// <summary>Runs a verb that waits for others.</summary>
    internal static async Task<int> RunAsync<T>(Func<CancellationToken, Task<Result<T>>> work, Action<T> onSuccess, CancellationToken ct)
        where T : notnull
    {
        using var interruption = Interruption.Listen();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token, ct);
        try
        {
            return Told(await work(either.Token), onSuccess, static _ => false);
        }
        catch (Exception fault) when (CodeOf(fault) is { } code)
        {
            return code;
        }
    }

    private static int Told<T>(Result<T> result, Action<T> onSuccess, Func<T, bool> isBad)
        where T : notnull
    {
        if (result.Succeeded(out var value))
        {
            onSuccess(value);
            return isBad(value) ? Refused : 0;
        }

        Console.Error.WriteLine(result.Error!.Message);
        return Refused;
    }

    // What can go wrong outside the work itself; anything else is a defect and must be seen.
    private static int? CodeOf(Exception fault)
    {
        var (code, message) = fault switch
        {
            OperationCanceledException => (Refused, "Interrupted; nothing was left behind."),
            IOException or UnauthorizedAccessException => (Wrong, fault.Message),
            OutOfMemoryException => (Wrong, "The table does not fit into memory."),
            _ => (0, ""),
        };
        if (code == 0)
        {
            return null;
        }

        Console.Error.WriteLine(message);
        return code;
    }

    /// <summary>An option that takes names separated by commas, and may be repeated.</summary>
    internal static Option<string[]> Names(string name, string description) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result => [.. result.Tokens.SelectMany(token =>
            token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
        Arity = ArgumentArity.OneOrMore,
    };
}
