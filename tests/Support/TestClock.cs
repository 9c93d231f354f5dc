namespace Platform.Tests.Support;

/// <summary>A clock that stands still until it is told to move. Delays run in real time.</summary>
public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public void SetTo(DateTimeOffset now) => Volatile.Write(ref _ticks, now.UtcTicks);
}
