namespace Platform.Api.Seeding.History;

/// <summary>The time of a history that is played through; it stands still until it is moved.</summary>
internal sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public DateOnly Today => DateOnly.FromDateTime(_now.UtcDateTime);

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Time only goes forward: what was written down must not lie in the future of what follows.</summary>
    public void MoveTo(DateTimeOffset moment) => _now = moment > _now ? moment : _now;

    public void MoveTo(DateOnly day, TimeOnly time) => MoveTo(new DateTimeOffset(day, time, TimeSpan.Zero));

    public void Pass(TimeSpan span) => _now += span;
}
