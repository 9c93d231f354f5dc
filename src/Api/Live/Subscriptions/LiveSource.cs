using System.Runtime.CompilerServices;
using Platform.Api.Access;
using Platform.Api.Live.Feed;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Api.Live.Subscriptions;

/// <summary>Makes the message of an event for a listener; null when nothing of it is for them.</summary>
internal delegate ValueTask<object?> MessageOf(LiveEvent one, Principal listener, CancellationToken ct);

/// <summary>What a subscription reads: the log from somewhere on, filtered by what was asked and by what is permitted.</summary>
internal sealed class LiveSource(
    LiveFeed feed, long start, Principal listener, EventFilter filter, MessageOf message, bool isShared) : IEventSource
{
    /// <summary>Positions move on in silence, so that a client that comes back does not read what was never for it.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>Everything that makes two subscriptions differ lies in their operation, variables and permissions.</summary>
    public string? SharingKey => isShared ? "log" : null;

    public IAsyncEnumerator<SourceEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async IAsyncEnumerable<SourceEvent> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        yield return Progress(start);
        await using var pages = feed.FollowAsync(start, Silence, ct).GetAsyncEnumerator(ct);
        while (await MoveAsync(pages))
        {
            var isTold = false;
            foreach (var one in pages.Current.Events)
            {
                var told = filter.Matches(one) && one.IsFor(listener) ? await message(one, listener, ct) : null;
                isTold = told is not null;
                if (isTold)
                {
                    yield return new SourceEvent(told, PositionText.Write(one.Position));
                }
            }

            if (!isTold)
            {
                yield return Progress(pages.Current.Position);
            }
        }
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

    private static SourceEvent Progress(long position) =>
        new(null, PositionText.Write(position)) { IsProgress = true };
}

internal static class LiveErrors
{
    public static GraphQLException Expired(CursorExpiredException expired) => new(
        new GraphQLError("The position is no longer kept: read the present state, then subscribe after its position.")
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
