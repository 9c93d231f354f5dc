using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Kernel.Events;

/// <summary>
/// Follows the log as it grows, on any node. A notification only wakes it; what it delivers is always read from the
/// log, so a lost notification costs a moment and never an event.
/// </summary>
public sealed partial class EventFeed(
    NpgsqlDataSource source, EventReader reader, TimeProvider clock, ILogger<EventFeed> logger)
{
    private const int PageSize = 500;

    /// <summary>How long a lost notification can go unnoticed.</summary>
    private static readonly TimeSpan Backstop = TimeSpan.FromSeconds(1);

    private readonly Bell _published = new();

    /// <summary>Somebody learned by another way that events were published.</summary>
    public void Wake() => _published.Ring();

    /// <summary>
    /// Pages of events after a position, in order, until it is cancelled; a page without events only moves on. The last page may be
    /// <see cref="EventPage.CursorExpired"/>: the reader must take a snapshot and start again.
    /// </summary>
    public async IAsyncEnumerable<EventPage> FollowAsync(long after, [EnumeratorCancellation] CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var ring = _published.NextRing;
            var page = await reader.ReadAsync(after, PageSize, ct);
            switch (page)
            {
                case EventPage.Events { Items: [.., var last] }:
                    after = last.Position;
                    yield return page;
                    break;
                case EventPage.Events { Items: [], Head: var head } when head > after:
                    // A publisher took over and began a run; there is nothing in between.
                    after = head;
                    yield return page;
                    break;
                case EventPage.CursorExpired:
                    yield return page;
                    yield break;
                default:
                    await Task.WhenAny(ring, Task.Delay(Backstop, clock, ct));
                    break;
            }
        }
    }

    /// <summary>Listens for the publisher of any node as long as it runs.</summary>
    public async Task ListenAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(ct);
                connection.Notification += (_, _) => _published.Ring();
                await using (var listen = new NpgsqlCommand("listen platform_events", connection))
                {
                    await listen.ExecuteNonQueryAsync(ct);
                }

                _published.Ring(); // Whatever was published while nobody listened.
                try
                {
                    while (true)
                    {
                        await connection.WaitAsync(ct);
                    }
                }
                finally
                {
                    await SessionState.GiveBackAsync(connection);
                }
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                Interrupted(logger, fault);
                await Task.Delay(Backstop, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listening for events was interrupted; readers look once a second meanwhile")]
    private static partial void Interrupted(ILogger logger, Exception fault);
}
