namespace Platform.GraphQL.Transport;

/// <summary>Timers take no negative delay and none beyond some weeks.</summary>
internal static class Delays
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    public static TimeSpan Until(DateTimeOffset moment, TimeProvider time)
    {
        var delay = moment - time.GetUtcNow();
        return delay <= TimeSpan.Zero ? TimeSpan.Zero : delay < Longest ? delay : Longest;
    }
}
