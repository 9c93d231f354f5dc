using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Kernel;

/// <summary>
/// The process that the crash tests kill: this very assembly, started as a program. It runs commands against the given
/// database and prints every key whose answer it has.
/// </summary>
internal static class CrashWorker
{
    public static async Task<int> Main(string[] args)
    {
        if (args is not ["crash-worker", var connectionString, var prefix, .. var ids])
        {
            await Console.Error.WriteLineAsync("This is a test assembly: dotnet test runs it.");
            return 2;
        }

        await using var source = DatabaseAccess.AsApplication(connectionString);
        await using var services = new ServiceCollection()
            .AddDomain(source, typeof(TurnstileDatabase).Assembly)
            .AddSingleton<Interference>()
            .BuildServiceProvider();
        var gate = new Lock();
        using var output = Console.OpenStandardOutput();
        await TurnstileQueue.RunAsync(
            services.GetRequiredService<CommandRunner>(),
            ids.Select(Guid.Parse).ToList(),
            prefix,
            key =>
            {
                lock (gate)
                {
                    output.Write(System.Text.Encoding.ASCII.GetBytes(key + "\n"));
                    output.Flush();
                }
            },
            CancellationToken.None);
        return 0;
    }
}
