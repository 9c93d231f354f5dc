using Platform.GraphQL.Execution;

namespace Platform.GraphQL.Transport.Responses;

/// <summary>Moves results from a source to a client and fills the silence with heartbeats.</summary>
internal sealed class StreamCopy(
    ResponseStream stream, StreamFrame frame, PatientWriter output, PeriodicTimer heartbeat)
{
    // One wait for the timer outlives many results: a busy stream pays nothing for its heartbeat.
    private Task<bool>? _beat;

    public async Task RunAsync(CancellationTokenSource ending)
    {
        var ct = ending.Token;
        await using var results = stream.GetAsyncEnumerator(ct);
        while (await MoveNextAsync(results, ending))
        {
            await using var result = results.Current;
            frame.WriteResult(output.Pipe, result);
            await output.FlushWhenFullAsync(ct);
        }
    }

    private async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<OperationResult> results, CancellationTokenSource ending)
    {
        var next = results.MoveNextAsync();
        if (next.IsCompleted)
        {
            return await next;
        }

        var arrival = next.AsTask();
        await KeepAliveUntilAsync(arrival, ending);
        return await arrival;
    }

    private async Task KeepAliveUntilAsync(Task arrival, CancellationTokenSource ending)
    {
        try
        {
            // Everything at hand is written; only now does it go to the wire, in one piece.
            await output.FlushAsync(ending.Token);
            _beat ??= heartbeat.WaitForNextTickAsync(CancellationToken.None).AsTask();
            while (await Task.WhenAny(arrival, _beat) != arrival)
            {
                frame.WriteHeartbeat(output.Pipe, stream.Position);
                await output.FlushAsync(ending.Token);
                _beat = heartbeat.WaitForNextTickAsync(CancellationToken.None).AsTask();
            }
        }
        catch
        {
            // A source is not disposed in the middle of a step: it is told to stop and given the time to do so.
            await ending.CancelAsync();
            await arrival.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
