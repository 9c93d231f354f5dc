namespace Platform.Domain.Kernel;

/// <summary>A command of which several that come at the same time fit into one transaction (<see cref="ITogetherHandler{TCommand,TEvent}"/>).</summary>
public interface IFoldable
{
    /// <summary>Only commands of one fold share a transaction.</summary>
    Guid Fold { get; }

    /// <summary>What it works on. Two that touch the same either share a transaction or follow each other.</summary>
    IReadOnlySet<Guid> Touches { get; }

    /// <summary>How much of a transaction it fills.</summary>
    int Size { get; }
}

/// <summary>
/// While a few transactions run, who comes then waits and shares the next: the journal, the flush and the locks of many are paid
/// once, and each is still answered for itself. A command that finds nobody running goes at once, so an idle house waits for nothing.
/// What is in work in one lane is not begun in another, so that a row that everybody wants fills one lane and leaves the others free.
/// </summary>
internal sealed class CommandFolder<TCommand, TEvent>
    where TCommand : class, IFoldable, ICommand<TEvent>
    where TEvent : IEvent
{
    private const int MostTogether = 256;
    private const int LargestTogether = 1_000;

    /// <summary>Larger ones gain nothing from company, and would make it wait.</summary>
    private const int LargestFolded = 20;

    /// <summary>Whoever is not taken up by then goes alone: a lane may be waiting for a lock of somebody else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>One judges while the database works for the other.</summary>
    private static readonly int Lanes = Math.Max(2, Environment.ProcessorCount);

    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _queue = [];
    private readonly HashSet<Guid> _inWork = [];
    private int _lanes;

    public async Task<Result<TEvent>> RunAsync(
        CommandRunner runner, Operation<TEvent> operation, TCommand command, Caller caller, CancellationToken ct)
    {
        if (command.Size > LargestFolded || !caller.Rows.IsEverything)
        {
            return await runner.AloneAsync(operation, command, caller, ct);
        }

        var waiting = new Waiting(command, caller, command.Touches);
        if (!Begins(waiting))
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(Patience);
            await using var end = patience.Token.Register(() => Withdraw(waiting));
            return await waiting.Answer.Task ?? await runner.AloneAsync(operation, command, caller, ct);
        }

        try
        {
            return await runner.AloneAsync(operation, command, caller, ct);
        }
        finally
        {
            End(runner, operation, [waiting]);
        }
    }

    /// <summary>At once, if a lane is free and nobody works on the same; else it queues.</summary>
    private bool Begins(Waiting waiting)
    {
        lock (_gate)
        {
            if (_lanes < Lanes && !_inWork.Overlaps(waiting.Touches))
            {
                _lanes++;
                _inWork.UnionWith(waiting.Touches);
                return true;
            }

            waiting.Place = _queue.AddLast(waiting);
            return false;
        }
    }

    /// <summary>Whoever is taken already waits for the outcome, as at any commit.</summary>
    private void Withdraw(Waiting waiting)
    {
        lock (_gate)
        {
            if (waiting.Place is not { List: not null } place)
            {
                return;
            }

            _queue.Remove(place);
        }

        waiting.Answer.SetResult(null);
    }

    private void End(CommandRunner runner, Operation<TEvent> operation, List<Waiting> done)
    {
        lock (_gate)
        {
            _lanes--;
            foreach (var waiting in done)
            {
                _inWork.ExceptWith(waiting.Touches);
            }

            // What flows with the one who ends is his own (his trace, for one), and not of those who wait.
            using var apart = ExecutionContext.SuppressFlow();
            while (_lanes < Lanes && TakeSome() is { Count: > 0 } some)
            {
                _lanes++;
                _ = Task.Run(() => LeadAsync(runner, operation, some), CancellationToken.None);
            }
        }
    }

    /// <summary>In the order in which they came: as many as fit, of one fold, no key twice, nothing that is in work elsewhere.</summary>
    private List<Waiting> TakeSome()
    {
        var some = new List<Waiting>();
        var size = 0;
        var keys = new HashSet<(Guid, string)>();
        for (var place = _queue.First; place is not null && some.Count < MostTogether;)
        {
            var (next, waiting) = (place.Next, place.Value);
            var fits = size + waiting.Command.Size <= LargestTogether
                && !_inWork.Overlaps(waiting.Touches)
                && (some.Count == 0 || waiting.Command.Fold == some[0].Command.Fold)
                && (waiting.Caller.IdempotencyKey is not { } key || keys.Add((waiting.Caller.Actor.Id, key)));
            if (fits)
            {
                some.Add(waiting);
                size += waiting.Command.Size;
                _queue.Remove(place);
            }

            place = next;
        }

        foreach (var waiting in some)
        {
            _inWork.UnionWith(waiting.Touches);
        }

        return some;
    }

    private async Task LeadAsync(CommandRunner runner, Operation<TEvent> operation, List<Waiting> some)
    {
        try
        {
            IReadOnlyList<Result<TEvent>?> answers = some is [var only]
                ? [await runner.AloneAsync(operation, only.Command, only.Caller, CancellationToken.None)]
                : await runner.TogetherAsync(operation, [.. some.Select(one => (one.Command, one.Caller))], CancellationToken.None);
            for (var at = 0; at < some.Count; at++)
            {
                some[at].Answer.SetResult(answers[at]);
            }
        }
        catch (Exception fault)
        {
            // An outage is everybody's who waited; the lane goes on with the next.
            foreach (var waiting in some)
            {
                waiting.Answer.TrySetException(fault);
            }
        }
        finally
        {
            End(runner, operation, some);
        }
    }

    private sealed record Waiting(TCommand Command, Caller Caller, IReadOnlySet<Guid> Touches)
    {
        public TaskCompletionSource<Result<TEvent>?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Waiting>? Place { get; set; }
    }
}
