using System.Collections.Frozen;
using Platform.Api.Live.Feed;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Api.Live.Subscriptions;

[SubscriptionType]
internal static class EventSubscriptions
{
    /// <summary>
    /// Everything that happens, in the order of the log and without a gap, as far as the subscriber may hear of it. With
    /// a position it first tells what happened since; a position that is no longer kept is refused with CURSOR_EXPIRED.
    /// </summary>
    [Authorize("events.read")]
    [Subscribe(With = nameof(OpenEventsAsync))]
    public static DomainEvent GetEvents([EventMessage] DomainEvent happened) => happened;

    /// <param name="after">The position of the last event or snapshot seen; without it the stream starts now.</param>
    /// <param name="types">Only events of these types.</param>
    /// <param name="subjectKind">Only events of this kind of thing, such as Item.</param>
    /// <param name="subjects">Only events of these things.</param>
    /// <param name="legalEntity">Only events of this company.</param>
    /// <param name="warehouse">Only events that touch this warehouse.</param>
    /// <param name="throttle">Milliseconds to collect in, 100 to 60000: of each thing only its last event is then told.</param>
    /// <param name="resumed">Where the transport says that the subscriber was.</param>
    /// <param name="sources">Opens the log.</param>
    /// <param name="request">Who subscribes.</param>
    internal static ValueTask<IEventSource> OpenEventsAsync(
        string? after,
        IReadOnlyList<string>? types,
        string? subjectKind,
        [ID] IReadOnlyList<Guid>? subjects,
        [ID("LegalEntity")] Guid? legalEntity,
        [ID("Warehouse")] Guid? warehouse,
        int? throttle,
        ResumePosition resumed,
        LiveSources sources,
        RequestContext request) =>
        sources.OpenAsync(
            new StartingPoint(after, resumed),
            new LiveQuestion(
                new EventFilter(
                    types?.ToFrozenSet(StringComparer.Ordinal), subjectKind, subjects?.ToFrozenSet(), legalEntity, warehouse),
                new EventMessages(),
                LiveSources.Throttle(throttle)),
            request);
}
