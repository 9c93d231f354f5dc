using System.Runtime.CompilerServices;
using Platform.Api.Live.Rules;
using Platform.Domain.Kernel.Events;

namespace Platform.Api.Live.Feed;

/// <summary>What a follower of the log gets: the next events, or none when it was silent for a while.</summary>
/// <param name="Events">In the order of the log, without a hole.</param>
/// <param name="Position">Everything up to here has now been seen.</param>
/// <param name="IsLast">Nothing more had happened at that moment.</param>
public sealed record LivePage(IReadOnlyList<LiveEvent> Events, long Position, bool IsLast);

/// <summary>
/// The position is no longer kept, never was, or belongs to events that a restore has undone: there is a hole that nobody
/// can fill.
/// </summary>
public sealed class CursorExpiredException(long after, long firstRetained, long head)
    : Exception($"Position {after} cannot be resumed; the log holds {firstRetained} to {head}.")
{
    public long FirstRetained { get; } = firstRetained;

    /// <summary>Where to start anew, after a snapshot.</summary>
    public long Head { get; } = head;
}

/// <summary>
/// Follows the log from any position: what is long past page by page from the database, at the pace of the one who
/// reads, and the end of it from the memory of the node.
/// </summary>
internal sealed class LiveFeed(
    EventTail tail, EventReader reader, EventRuleBook rules, Places places, LiveSettings settings, TimeProvider clock)
    : IDisposable
{
    private const int PageSize = 200;

    /// <summary>Everybody who comes back after an outage shares these, so that requests still find a connection.</summary>
    private readonly SemaphoreSlim _replays = new(settings.ReplaysAtOnce);

    public void Dispose() => _replays.Dispose();

    public Task<long> HeadAsync(CancellationToken ct) => reader.HeadAsync(ct);

    /// <returns>Whether nothing happened since.</returns>
    /// <exception cref="CursorExpiredException">It cannot be resumed from there.</exception>
    public async Task<bool> ProveAsync(long after, CancellationToken ct) =>
        tail.TryRead(ref after, 0, out var events) ? events.IsLast : (await ReplayAsync(after, 1, ct)).Count == 0;

    /// <param name="after">The last position seen.</param>
    /// <param name="silence">After how long without an event an empty page is given.</param>
    /// <param name="ct">Ends the following.</param>
    /// <exception cref="CursorExpiredException">Events were dropped before they could be read.</exception>
    public async IAsyncEnumerable<LivePage> FollowAsync(
        long after, Func<TimeSpan> silence, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            var next = tail.NextEvents;
            if (!tail.TryRead(ref after, PageSize, out var events))
            {
                var from = after;
                events = new LiveEvents(
                    await Outage.OutlastAsync(async () => await ReplayAsync(from, PageSize, ct), clock, ct), IsLast: false);
            }

            if (events.Items.Count > 0)
            {
                after = events.Items[^1].Position;
            }
            else if (await IsHeardAsync(next, silence(), ct))
            {
                continue;
            }

            yield return new LivePage(events.Items, after, events.IsLast);
        }
    }

    private async Task<IReadOnlyList<LiveEvent>> ReplayAsync(long after, int limit, CancellationToken ct)
    {
        await _replays.WaitAsync(ct);
        try
        {
            switch (await reader.ReadAsync(after, limit, ct))
            {
                case EventPage.Events page:
                    var live = new List<LiveEvent>(page.Items.Count);
                    foreach (var published in page.Items)
                    {
                        live.Add(await LiveEvent.OfAsync(published, rules, places, ct));
                    }

                    return live;
                case EventPage.CursorExpired expired:
                    throw new CursorExpiredException(expired.After, expired.FirstRetained, expired.Head);
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
        finally
        {
            _replays.Release();
        }
    }

    private async Task<bool> IsHeardAsync(Task next, TimeSpan silence, CancellationToken ct)
    {
        try
        {
            await next.WaitAsync(silence, clock, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
