using System.Runtime.CompilerServices;
using Platform.Api.Access;
using Platform.Api.Live.Feed;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Api.Live.Subscriptions;

/// <summary>What a subscriber asked for.</summary>
/// <param name="Filter">Which events are looked at.</param>
/// <param name="Messages">What is made of them.</param>
/// <param name="Throttle">How long things may be collected, so that only the last of each key is told; zero tells all.</param>
internal sealed record LiveQuestion(EventFilter Filter, LiveMessages Messages, TimeSpan Throttle)
{
    /// <summary>Whoever asks the same, and may see the same, may hear something else: what is one account's own.</summary>
    public bool IsPersonal { get; init; }
}

/// <summary>Where a subscription starts to read.</summary>
/// <param name="Position">The last position seen.</param>
/// <param name="IsGiven">The subscriber named it; otherwise it is where the log ended when they came.</param>
/// <param name="IsCurrent">Nothing happened since.</param>
internal readonly record struct LiveStart(long Position, bool IsGiven, bool IsCurrent);

/// <summary>What a subscription reads: the log from somewhere on, filtered by what was asked and by what is permitted.</summary>
internal sealed class LiveSource(
    LiveFeed feed, LiveStart start, Principal listener, LiveQuestion question, TimeProvider clock) : IEventSource
{
    /// <summary>Positions move on in silence, so that a client that comes back does not read what was never for it.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly WaitingMessages _waiting = new(question.Throttle, clock);

    /// <summary>What makes two subscriptions differ lies in their operation, variables and permissions, and in what is one's own.</summary>
    public string? SharingKey { get; } = question.IsPersonal ? $"log of {listener.Actor.Id}" : "log";

    public bool IsCatchingUp => start.IsGiven;

    public string? StartArgument => "after";

    public IAsyncEnumerator<SourceEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async IAsyncEnumerable<SourceEvent> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        yield return Progress(start.Position, start.IsCurrent);
        await using var pages = feed.FollowAsync(start.Position, Patience, ct).GetAsyncEnumerator(ct);
        while (await MoveAsync(pages))
        {
            foreach (var one in pages.Current.Events)
            {
                await HearAsync(one, ct);
                if (_waiting.IsDue)
                {
                    foreach (var told in await TellAsync(one.Position, ct))
                    {
                        yield return told;
                    }
                }
            }

            if (_waiting.IsDue)
            {
                foreach (var told in await TellAsync(pages.Current.Position, ct))
                {
                    yield return told;
                }
            }

            // What still waits would be missed by a client that comes back from here.
            if (_waiting.IsEmpty)
            {
                yield return Progress(pages.Current.Position, pages.Current.IsLast);
            }
        }
    }

    private TimeSpan Patience() =>
        _waiting.IsEmpty ? Silence : _waiting.Left > TimeSpan.Zero ? _waiting.Left : TimeSpan.FromMilliseconds(1);

    private async ValueTask HearAsync(LiveEvent one, CancellationToken ct)
    {
        if (!question.Filter.Matches(one) || !one.IsFor(listener))
        {
            return;
        }

        foreach (var message in await Outage.OutlastAsync(() => question.Messages.OfAsync(one, listener, ct), clock, ct))
        {
            _waiting.Add(message);
        }
    }

    /// <summary>Only the last carries the position: who loses the connection in between hears all of them again.</summary>
    private async ValueTask<IEnumerable<SourceEvent>> TellAsync(long position, CancellationToken ct)
    {
        var waiting = _waiting.Take();
        var values = await Outage.OutlastAsync(() => question.Messages.FinishAsync(waiting, position, ct), clock, ct);
        return values.Select((value, i) =>
            new SourceEvent(value, i == values.Count - 1 ? PositionText.Write(position) : null));
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<LivePage> pages)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (CursorExpiredException expired)
        {
            throw LiveErrors.Expired(expired);
        }
    }

    private static SourceEvent Progress(long position, bool isCurrent) =>
        new(null, PositionText.Write(position)) { IsProgress = true, IsCurrent = isCurrent };
}

internal static class LiveErrors
{
    public static GraphQLException Expired(CursorExpiredException expired) => new(
        new GraphQLError("The position is no longer kept, or was undone by a restore: read the present state, then subscribe after its position.")
        {
            Code = ErrorCodes.CursorExpired,
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["firstRetained"] = PositionText.Write(expired.FirstRetained),
                ["head"] = PositionText.Write(expired.Head),
            },
        });

    public static GraphQLException BadPosition() => new(
        new GraphQLError("The position is none that was given out here.") { Code = ErrorCodes.BadCursor });

    public static GraphQLException BadFilter(string fault) => new(
        new GraphQLError(fault) { Code = ErrorCodes.FilterLimit });
}
