using Platform.Api.Access;
using Platform.Api.Live.Feed;
using Platform.Api.Live.Rules;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Api.Live.Subscriptions;

/// <summary>Where a subscriber wants to start.</summary>
/// <param name="After">The argument: the position of a snapshot, or of the last event seen.</param>
/// <param name="Resumed">What the transport says of a subscriber who comes back; newer than the argument.</param>
internal readonly record struct StartingPoint(string? After, ResumePosition Resumed);

/// <summary>Opens the log for subscriptions.</summary>
internal sealed class LiveSources(LiveFeed feed, EventRuleBook rules, TimeProvider clock)
{
    /// <summary>Milliseconds as a client gives them.</summary>
    public static TimeSpan Throttle(int? milliseconds) => milliseconds switch
    {
        null or 0 => TimeSpan.Zero,
        >= 100 and <= 60_000 => TimeSpan.FromMilliseconds(milliseconds.Value),
        _ => throw LiveErrors.BadFilter("A throttle lies between 100 and 60000 milliseconds; 0 tells everything."),
    };

    /// <exception cref="GraphQLException">The position cannot be resumed, or the filter is wrong.</exception>
    public async ValueTask<IEventSource> OpenAsync(
        StartingPoint point, LiveQuestion question, RequestContext request)
    {
        if (question.Filter.Fault(rules) is { } fault)
        {
            throw LiveErrors.BadFilter(fault);
        }

        var position = point.Resumed.Value ?? point.After;
        var start = position is null ? await feed.HeadAsync(request.Aborted)
            : PositionText.TryRead(position, out var given) ? given
            : throw LiveErrors.BadPosition();
        bool isCurrent;
        try
        {
            isCurrent = await feed.ProveAsync(start, request.Aborted);
        }
        catch (CursorExpiredException expired)
        {
            throw LiveErrors.Expired(expired);
        }

        var listener = Principal.Of(request);
        return new LiveSource(
            feed,
            new LiveStart(start, IsGiven: position is not null, isCurrent),
            listener,
            question with { IsPersonal = question.Filter.IsPersonalTo(listener, rules) },
            clock);
    }
}
