using Microsoft.Extensions.DependencyInjection;

namespace Platform.Domain.Kernel;

/// <summary>
/// Handles many commands of one kind in one transaction, each answered for itself. A command that it refuses has written
/// nothing; the event of one that it does not is raised by the runner, under that command's own actor.
/// </summary>
internal interface ITogetherHandler<TCommand, TEvent>
    where TCommand : ICommand<TEvent>
    where TEvent : IEvent
{
    Task<IReadOnlyList<Result<TEvent>>> HandleAsync(
        IReadOnlyList<(TCommand Command, Envelope Envelope)> requests, CancellationToken ct);
}

/// <summary>
/// One commit for many requests: a row that everybody wants is bounded by flushes to disk, not by clients. Authorisation,
/// keys, events, audit and answers are each request's own, as if it had come alone.
/// </summary>
public sealed partial class CommandRunner
{
    /// <summary>Null for a request that has to come alone: it may not, its key is known, or the common transaction met a lock or a constraint.</summary>
    internal async Task<IReadOnlyList<Result<TEvent>?>> TogetherAsync<TCommand, TEvent>(
        Operation<TEvent> operation, IReadOnlyList<(TCommand Command, Caller Caller)> requests, CancellationToken ct)
        where TCommand : ICommand<TEvent>
        where TEvent : IEvent
    {
        var now = clock.GetUtcNow();
        var folded = Enumerable.Range(0, requests.Count)
            .Where(at => requests[at].Caller.Rows.IsEverything // One transaction sees the rows of one caller.
                && Authorise(operation, requests[at].Caller) is null && IdempotencyKeys.IsWellFormed(requests[at].Caller.IdempotencyKey))
            .Select(at => (At: at, Attempt: Attempt.Of(operation, requests[at].Command, requests[at].Caller, now)))
            .ToList();
        var answers = new Result<TEvent>?[requests.Count];
        try
        {
            await FoldAsync(requests, folded, answers, ct);
        }
        catch (Exception fault) when (Database(fault) is { } refused && !refused.SqlState.StartsWith("57P", StringComparison.Ordinal))
        {
            // The transaction is gone, and nobody knows whose fault it was. A server that is stopped (57P..) may have committed first.
            Array.Clear(answers);
        }

        return answers;
    }

    private async Task FoldAsync<TCommand, TEvent>(
        IReadOnlyList<(TCommand Command, Caller Caller)> requests,
        IReadOnlyList<(int At, Attempt Attempt)> folded,
        Result<TEvent>?[] answers,
        CancellationToken ct)
        where TCommand : ICommand<TEvent>
        where TEvent : IEvent
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        await using var transaction = await db.BeginAsync(ct);
        var claimed = await TogetherJournal.ClaimAsync(db, [.. folded.Select(one => one.Attempt)], ct);

        var ours = folded.Where((_, at) => claimed[at]).ToList();
        if (ours.Count == 0)
        {
            return;
        }

        var handler = scope.ServiceProvider.GetRequiredService<ITogetherHandler<TCommand, TEvent>>();
        var results = await handler.HandleAsync([.. ours.Select(one => (requests[one.At].Command, one.Attempt.Envelope))], ct);
        await TogetherJournal.CommitAsync(db, [.. ours.Select((one, at) => (one.Attempt, results[at]))]);
        doorbell.Ring();
        for (var at = 0; at < ours.Count; at++)
        {
            answers[ours[at].At] = results[at];
        }
    }
}
