using System.Runtime.CompilerServices;
using Platform.GraphQL.Conventions;

namespace Platform.Api.Graph;

[SubscriptionType]
internal static class ServiceSubscriptions
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>The server's clock, once a second: shows a dashboard that its connection lives.</summary>
    [AllowAnonymous]
    public static async IAsyncEnumerable<DateTimeOffset> GetServerTimeAsync(
        TimeProvider clock, [EnumeratorCancellation] CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            yield return clock.GetUtcNow();
            await Task.Delay(Beat, clock, ct);
        }
    }
}
