using System.Runtime.InteropServices;

namespace Platform.Api.Hosting.CommandLine;

/// <summary>
/// Ctrl-C and SIGTERM as a token from the first instruction on, so that a stop during the start also leaves no server
/// behind.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public CancellationToken Token => _stop.Token;

    public static StopSignals Listen()
    {
        var signals = new StopSignals();
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT })
        {
            signals._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                signals._stop.Cancel();
            }));
        }

        return signals;
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stop.Dispose();
    }
}
