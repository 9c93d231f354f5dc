using System.Globalization;
using Platform.Domain.Kernel;

namespace Platform.Tests.Support;

/// <summary>Clients that pass turnstiles as fast as they can, each request with its own key, and say what was acknowledged.</summary>
public static class TurnstileQueue
{
    public const int Clients = 8;

    /// <summary>The request that a key was made for.</summary>
    public static Pass RequestOf(string key, IReadOnlyList<Guid> turnstiles)
    {
        var numbers = key.Split('-').TakeLast(2).Select(part => int.Parse(part, CultureInfo.InvariantCulture));
        return Pass.Through(turnstiles[numbers.Sum() % turnstiles.Count], people: 1);
    }

    /// <summary>Runs until it is cancelled or the clients lose their server for good.</summary>
    public static Task RunAsync(
        CommandRunner runner, IReadOnlyList<Guid> turnstiles, string prefix, Action<string> acknowledge, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                var key = $"{prefix}-{client}-{number}";
                try
                {
                    var result = await runner.Async(
                        RequestOf(key, turnstiles),
                        Callers.Supervisor.WithKey(key),
                        CancellationToken.None);
                    if (result.Error is null)
                    {
                        acknowledge(key);
                    }
                }
                catch (Exception)
                {
                    // The server was killed under the request: its outcome is unknown, which is what the test is about.
                    await Task.Delay(5, CancellationToken.None);
                }
            }
        })));
}
