using System.Runtime.InteropServices;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary>Ctrl-C and SIGTERM as a token: work stops at the next row block or tree and takes its unfinished files away.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    private Interruption() => _registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            _stop.Cancel();
        })),
    ];

    public CancellationToken Token => _stop.Token;

    public static Interruption Listen() => new();

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }
}
