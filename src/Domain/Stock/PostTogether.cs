using System.Collections.Concurrent;
using Platform.Domain.Kernel;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock;

internal sealed class PostTogetherHandler(StockPoster poster) : ITogetherHandler<PostMovements, StockPosted>
{
    public Task<IReadOnlyList<Result<StockPosted>>> HandleAsync(
        IReadOnlyList<(PostMovements Command, Envelope Envelope)> requests, CancellationToken ct) =>
        poster.PostTogetherAsync([.. requests.Select(request => (request.Command.Request, request.Envelope))], ct);
}

/// <summary>
/// For rows that everybody wants: scanners on one item, an import, a sale. Waiting postings are folded into one commit, and
/// each caller is answered for itself; a short one fails alone. Whoever comes first leads until nobody waits, so an idle
/// batcher costs nothing. Postings of other rows that do not come here are not held up by it.
/// </summary>
public sealed class StockBatcher(CommandRunner runner) : IDisposable
{
    private const int MostTogether = 256;
    private const int MostLinesTogether = 5_000;

    /// <summary>More than that wait outside: the queue is bounded by its callers' own patience.</summary>
    private readonly SemaphoreSlim _room = new(4_096);

    private readonly ConcurrentQueue<Waiting> _queue = new();
    private int _leads;

    public async Task<Result<StockPosted>> PostAsync(PostMovements command, Caller caller, CancellationToken ct)
    {
        await _room.WaitAsync(ct);
        try
        {
            var waiting = new Waiting(command, caller);
            _queue.Enqueue(waiting);
            Lead();
            return await waiting.Answer.Task;
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();

    private void Lead()
    {
        if (Interlocked.CompareExchange(ref _leads, 1, 0) == 0)
        {
            _ = Task.Run(LeadAsync);
        }
    }

    private async Task LeadAsync()
    {
        while (TakeSome() is { Count: > 0 } some)
        {
            await PostAsync(some);
        }

        Volatile.Write(ref _leads, 0);
        if (!_queue.IsEmpty)
        {
            Lead(); // Somebody came between the last look and the end of leading.
        }
    }

    /// <summary>As many as fit, of one legal entity, no key twice; the first that does not fit leads the next commit.</summary>
    private List<Waiting> TakeSome()
    {
        var some = new List<Waiting>();
        var lines = 0;
        var keys = new HashSet<(Guid, string)>();
        while (some.Count < MostTogether && _queue.TryPeek(out var next))
        {
            lines += next.Command.Request.Lines.Count;
            var fits = some.Count == 0
                || (lines <= MostLinesTogether && next.Command.Request.LegalEntity == some[0].Command.Request.LegalEntity);
            if (!fits || (next.Caller.IdempotencyKey is { } key && !keys.Add((next.Caller.Actor.Id, key))))
            {
                break;
            }

            some.Add(next);
            _queue.TryDequeue(out _);
        }

        return some;
    }

    private async Task PostAsync(List<Waiting> some)
    {
        try
        {
            var answers = await runner.TogetherAsync<PostMovements, StockPosted>(
                [.. some.Select(waiting => (waiting.Command, waiting.Caller))], CancellationToken.None);
            for (var at = 0; at < some.Count; at++)
            {
                some[at].Answer.SetResult(answers[at]);
            }
        }
        catch (Exception fault)
        {
            // An outage is everybody's who waited; the leader goes on with the next.
            foreach (var waiting in some)
            {
                waiting.Answer.TrySetException(fault);
            }
        }
    }

    private sealed record Waiting(PostMovements Command, Caller Caller)
    {
        public TaskCompletionSource<Result<StockPosted>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
