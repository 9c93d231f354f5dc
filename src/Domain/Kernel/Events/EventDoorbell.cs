namespace Platform.Domain.Kernel.Events;

/// <summary>
/// Wakes whoever waits for events in this process. It only rings: a ring that is missed costs the publisher's poll
/// interval, never an event.
/// </summary>
public sealed class EventDoorbell
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Ring() =>
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Take it before looking for work: a ring between the look and the wait is then not lost.</summary>
    public Task NextRing => Volatile.Read(ref _next).Task;
}
