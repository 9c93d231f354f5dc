namespace Platform.Domain.Kernel.Events;

/// <summary>Wakes whoever waits. It only rings: a ring that is missed costs a poll interval, never an event.</summary>
public sealed class Bell
{
    private TaskCompletionSource _next = NewRing();

    /// <summary>Take it before looking for work: a ring between the look and the wait is then not lost.</summary>
    public Task NextRing => Volatile.Read(ref _next).Task;

    public void Ring() => Interlocked.Exchange(ref _next, NewRing()).TrySetResult();

    private static TaskCompletionSource NewRing() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Tells within this process that events were committed, here or elsewhere, and that they were published.</summary>
public sealed class EventDoorbell
{
    private readonly Bell _any = new();

    /// <summary>Rings for commits of this process only: they are what other nodes cannot know of.</summary>
    public Bell CommittedHere { get; } = new();

    /// <summary>Rings when this process, as the publisher, gave events their positions.</summary>
    public Bell PublishedHere { get; } = new();

    /// <summary>The next commit that is known of, wherever it was.</summary>
    public Task NextRing => _any.NextRing;

    public void Ring()
    {
        CommittedHere.Ring();
        _any.Ring();
    }

    /// <summary>Another node has committed.</summary>
    public void RingFromAfar() => _any.Ring();
}
