using System.CommandLine;
using Platform.Api.Hosting.Postgres;
using Platform.Api.Hosting.Settings;
using Platform.Domain.Kernel.Storage;

namespace Platform.Api.Hosting.CommandLine;

/// <summary>What a verb tells the shell.</summary>
public static class ExitCode
{
    public const int Ok = 0;

    /// <summary>It was tried, and failed for a reason that was printed.</summary>
    public const int Failed = 1;

    /// <summary>The call is wrong, or the machine lacks something that was named.</summary>
    public const int Usage = 2;
}

/// <summary>A verb of the command line. Found by itself: a capability that brings one edits no list.</summary>
public interface IVerb
{
    Command Build();
}

/// <summary>One binary for everything: serving, the database, the doctor, and what capabilities bring.</summary>
public static class Verbs
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Platform: inventory, procurement and fulfilment on one stock ledger, as one GraphQL API.");
        foreach (var verb in Parts.Of<IVerb>())
        {
            root.Subcommands.Add(verb.Build());
        }

        var call = root.Parse(args);
        if (call.Errors.Count > 0)
        {
            foreach (var error in call.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync("--help shows what is possible.");
            return ExitCode.Usage;
        }

        try
        {
            // The host handles signals itself; the library's own handler would cut its graceful stop short.
            return await call.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception fault) when (fault is MissingPrerequisiteException or InvalidSettingsException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return ExitCode.Usage;
        }
        catch (Exception fault) when (fault is SchemaMismatchException or Npgsql.NpgsqlException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return ExitCode.Failed;
        }
    }
}
