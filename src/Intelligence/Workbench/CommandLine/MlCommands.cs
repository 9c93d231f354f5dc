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

    public static Command Create()
    {
        var command = new Command("ml", "Learns from tables, scores them and measures models; files are XGBoost's JSON.")
        {
            FitCommand.Create(), PredictCommand.Create(), EvaluateCommand.Create(),
        };
        foreach (var verb in TrainCommands.Create().Concat(RegistryCommands.Create()))
        {
            command.Subcommands.Add(verb);
        }

        return command;
    }

    /// <summary>Runs a verb and turns what comes out of it into an exit code.</summary>
    internal static int Run<T>(Func<CancellationToken, Result<T>> work, Action<T> onSuccess)
        where T : notnull
    {
        using var interruption = Interruption.Listen();
        try
        {
            var result = work(interruption.Token);
            if (result.Succeeded(out var value))
            {
                onSuccess(value);
                return 0;
            }

            Console.Error.WriteLine(result.Error!.Message);
            return Refused;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Interrupted; nothing was left behind.");
            return Refused;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(fault.Message);
            return Wrong;
        }
        catch (OutOfMemoryException)
        {
            Console.Error.WriteLine("The table does not fit into memory.");
            return Wrong;
        }
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
