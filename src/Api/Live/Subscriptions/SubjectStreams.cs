using System.Collections.Frozen;
using Platform.Api.Access;
using Platform.Api.Live.Feed;
using Platform.Api.Live.Rules;
using Platform.Api.Reading;
using Platform.Api.Writing;
using Platform.Domain.Access;
using Platform.Domain.Bulk;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Domain.Stewardship;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Live.Subscriptions;

/// <summary>
/// For each kind of thing a stream of what happens to it, with the thing as it is now; and for every event its typed
/// facts. Both follow from the domain: a new event appears by itself.
/// </summary>
internal static class SubjectStreams
{
    private static readonly (string Kind, Type Id, string Permission)[] _subjects =
    [
        ("Item", typeof(ItemId), "catalog.read"),
        ("Lot", typeof(LotId), "catalog.read"),
        ("Serial", typeof(SerialId), "catalog.read"),
        ("Partner", typeof(PartnerId), "partners.read"),
        ("LegalEntity", typeof(LegalEntityId), "partners.read"),
        ("Warehouse", typeof(WarehouseId), "network.read"),
        ("Zone", typeof(ZoneId), "network.read"),
        ("Bin", typeof(BinId), "network.read"),
        ("FulfillmentChannel", typeof(FulfillmentChannelId), "network.read"),
        ("Calendar", typeof(CalendarId), "network.read"),
        ("Reservation", typeof(ReservationId), "stock.read"),
        ("MasterChange", typeof(MasterChangeId), "stewardship.read"),
        ("ExceptionCase", typeof(ExceptionCaseId), "exceptions.read"),
        ("PolicyVersion", typeof(PolicyVersionId), "policies.read"),
        ("User", typeof(UserId), "access.read"),
        ("BulkJob", typeof(BulkJobId), "export.run"),
    ];

    public static void Add(SchemaBuilder schema)
    {
        AddFacts(schema);
        foreach (var (kind, id, permission) in _subjects)
        {
            AddStream(schema, kind, id, permission);
        }
    }

    private static void AddFacts(SchemaBuilder schema)
    {
        var union = schema.Union("EventFact");
        union.Description = "What exactly happened, as the facts of its type.";
        var facts = new FactTypes(schema);
        foreach (var rule in new EventRuleBook().All.OrderBy(rule => rule.Type.Name, StringComparer.Ordinal))
        {
            union.Include(facts.Record(rule.Type));
        }

        var happened = schema.Object(nameof(DomainEvent)).Field("happened", "EventFact!");
        happened.Description = "What exactly happened, as the facts of its type.";
        happened.Resolver = new PureResolver<DomainEvent, object>(told => told.Happened);
    }

    private static void AddStream(SchemaBuilder schema, string kind, Type id, string permission)
    {
        var words = GraphWords.Words(kind);
        var told = schema.Object(kind + "Change");
        told.Description = $"Something happened to a {words}.";
        told.Metadata.Set(AuthorizationRules.ForEverybody);
        Describe(told.Field("position", "String!"), "Where it stands in the log; subscribing after it misses nothing.")
            .Resolver = new PureResolver<SubjectChange, string>(change => change.Event.Position);
        Describe(told.Field("event", "DomainEvent!"), "What happened.")
            .Resolver = new PureResolver<SubjectChange, DomainEvent>(change => change.Event);
        if (EntityFields.CanShow(id))
        {
            var entity = told.Field(GraphWords.Field(kind));
            entity.Description = $"The {words} as it is now, which may be later than the event.";
            EntityFields.Hang(entity, id, change => ((SubjectChange)change).Subject);
        }

        var field = Describe(
            schema.Object("Subscription").Field(GraphWords.Field(kind) + "Changed", told.Name + "!"),
            $"What happens to {words} records, in order and without a gap. Needs `{permission}`.");
        field.Argument("ids", "[ID!]").Description = "Only these; without it all that the subscriber may see.";
        field.Argument("types", "[String!]").Description = "Only events of these types.";
        StreamArguments.Add(field);
        field.Metadata.Set(AuthorizationRules.Of(new AuthorizeAttribute(permission)));
        field.Resolver = new SubjectStream(kind);
    }

    private static FieldConfiguration Describe(FieldConfiguration field, string description)
    {
        field.Description = description;
        return field;
    }
}

/// <summary>An event with the thing it happened to.</summary>
internal sealed record SubjectChange(Guid Subject, DomainEvent Event);

internal sealed class SubjectStream(string kind) : StreamResolver
{
    public override ValueTask<IEventSource> SubscribeAsync(FieldContext field, string? resumeFrom, CancellationToken ct)
    {
        var filter = EventFilter.Everything with
        {
            SubjectKind = kind,
            SubjectIds = StreamArguments.Ids(field, "ids", kind),
            Types = StreamArguments.Texts(field, "types")?.ToFrozenSet(StringComparer.Ordinal),
        };
        return StreamArguments.OpenAsync(field, resumeFrom, filter, new Messages());
    }

    private sealed class Messages : LiveMessages
    {
        public override async ValueTask<IReadOnlyList<LiveMessage>> OfAsync(
            LiveEvent one, Principal listener, CancellationToken ct) =>
        [
            new LiveMessage(
                one.Published.Subject.Id,
                new SubjectChange(one.Published.Subject.Id, await DomainEvent.OfAsync(one, listener, ct))),
        ];
    }
}
