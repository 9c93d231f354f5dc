namespace Platform.GraphQL.Limits;

/// <summary>
/// A fixed number of operations run, a fixed number wait in line, and the next is refused at once: a server that takes
/// everything in answers nobody.
/// </summary>
internal sealed class ConcurrencyGate(int maxRunning, int maxWaiting) : IDisposable
{
    private readonly SemaphoreSlim _running = new(maxRunning, maxRunning);
    private int _waiting;

    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>True when the caller may run and must <see cref="Leave"/>; false when the line is full.</summary>
    public ValueTask<bool> TryEnterAsync(CancellationToken ct) =>
        _running.Wait(0, CancellationToken.None) ? ValueTask.FromResult(true) : WaitInLineAsync(ct);

    public void Leave() => _running.Release();

    public void Dispose() => _running.Dispose();

    private async ValueTask<bool> WaitInLineAsync(CancellationToken ct)
    {
        if (Interlocked.Increment(ref _waiting) > maxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }

        try
        {
            await _running.WaitAsync(ct);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
