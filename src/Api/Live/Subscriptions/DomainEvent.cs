using System.Globalization;
using System.Text.Json;
using Platform.Api.Access;
using Platform.Api.Live.Feed;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;

namespace Platform.Api.Live.Subscriptions;

/// <summary>Something that happened, as the event log tells it.</summary>
/// <param name="Position">Where it stands in the log. Subscribing after it continues with the next event.</param>
/// <param name="Id">Never changes: whoever hears of the event twice can tell by it.</param>
/// <param name="Type">What happened, in the past tense: ItemCreated, StockPosted.</param>
/// <param name="SubjectKind">The kind of thing it happened to.</param>
/// <param name="SubjectId">The thing it happened to.</param>
/// <param name="SubjectVersion">The version that thing reached by it; versions of one thing have no hole.</param>
/// <param name="Data">What exactly happened. Its shape follows from the type.</param>
/// <param name="ActorKind">Whether a person, a device, a service or a model did it.</param>
/// <param name="ActorId">Who did it.</param>
/// <param name="CorrelationId">The larger cause: everything done for one request shares it.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="RecordedAt">When it was recorded.</param>
// Each stream that gives it has its own rule, and each event was judged before it became one.
[AllowAnonymous]
public sealed record DomainEvent(
    string Position,
    Guid Id,
    string Type,
    string SubjectKind,
    [property: GraphQLType("ID!")] string SubjectId,
    int SubjectVersion,
    JsonElement Data,
    ActorKind ActorKind,
    Guid ActorId,
    Guid CorrelationId,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt)
{
    /// <summary>The typed event, of which the schema makes a union of all types.</summary>
    [GraphQLIgnore]
    public required IEvent Happened { get; init; }

    internal static async ValueTask<DomainEvent> OfAsync(LiveEvent one, Principal listener, CancellationToken ct)
    {
        var published = one.Published;
        var seen = await one.SeenByAsync(listener, ct);
        return new DomainEvent(
            PositionText.Write(published.Position),
            published.EventId,
            published.Type,
            published.Subject.Kind,
            NodeIdFormat.Write(published.Subject.Kind, published.Subject.Id),
            published.Version,
            one.PayloadOf(seen),
            published.ActorKind,
            published.ActorId,
            published.CorrelationId,
            published.OccurredAt,
            published.RecordedAt)
        {
            Happened = seen,
        };
    }
}

/// <summary>How a position travels: clients give back what they were given and read nothing into it.</summary>
internal static class PositionText
{
    public static string Write(long position) => position.ToString(CultureInfo.InvariantCulture);

    public static bool TryRead(string text, out long position) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out position);
}
