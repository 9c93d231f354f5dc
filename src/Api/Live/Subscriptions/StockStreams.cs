using Npgsql;
using Platform.Api.Access;
using Platform.Api.Live.Feed;
using Platform.Api.Live.Rules;
using Platform.Api.Reading;
using Platform.Api.Writing;
using Platform.Domain.Catalog;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Reserving;
using Platform.Domain.Stock.Tracing;
using Platform.Domain.Warehouses;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Live.Subscriptions;

/// <summary>Movements and balances of items and warehouses as they change.</summary>
internal static class StockStreams
{
    private const string Permission = "stock.read";

    public static void Add(SchemaBuilder schema)
    {
        var moved = schema.Object("StockMoved");
        moved.Description = "Stock moved: the posting, with those of its movements that were asked for.";
        moved.Metadata.Set(AuthorizationRules.ForEverybody);
        Say(moved.Field("position", "String!"), "Where it stands in the log; subscribing after it misses nothing.",
            new PureResolver<StockMoved, string>(told => told.Position));
        Say(moved.Field("posted", new FactTypes(schema).Record(typeof(StockPosted)) + "!"),
            "The posting. Movements beyond its first hundred are read by its id.",
            new PureResolver<StockMoved, StockPosted>(told => told.Posted));
        Stream(schema, "stockMoved", moved.Name, "Movements of stock, in order and without a gap.", new MovedStream());

        var balance = schema.Object("BalanceChange");
        balance.Description = "What is in a warehouse of an item, after it changed.";
        balance.Metadata.Set(AuthorizationRules.ForEverybody);
        Say(balance.Field("position", "String!"), "The amounts are not older than this position of the log.",
            new PureResolver<BalanceChange, string>(told => told.Position));
        Entity(balance, "item", typeof(ItemId), told => told.Item);
        Entity(balance, "warehouse", typeof(WarehouseId), told => told.Warehouse);
        Amount(balance, "onHand", "All that is there, whatever its condition and whoever owns it.", told => told.OnHand);
        Amount(balance, "usable", "Of it, what is usable.", told => told.Usable);
        Amount(balance, "allocated", "Of it, what is allocated to reservations.", told => told.Allocated);
        Amount(balance, "promised", "What is promised beyond that, without being allocated yet.", told => told.Promised);
        Stream(schema, "balanceChanged", balance.Name,
            "Balances of items in warehouses as they change. With a throttle, each balance is told at most once in that time.",
            new BalanceStream());
    }

    private static void Stream(SchemaBuilder schema, string name, string type, string description, StreamResolver resolver)
    {
        var field = schema.Object("Subscription").Field(name, type + "!");
        Say(field, $"{description} Needs `{Permission}`.", resolver);
        field.Argument("item", "ID").Description = "Only this item.";
        field.Argument("warehouse", "ID").Description = "Only this warehouse.";
        StreamArguments.Add(field);
        field.Metadata.Set(AuthorizationRules.Of(new AuthorizeAttribute(Permission)));
    }

    private static void Entity(ObjectTypeConfiguration type, string name, Type id, Func<BalanceChange, Guid> idOf)
    {
        Say(type.Field(name + "Id", "ID!"), $"The id of the {name}.",
            new PureResolver<BalanceChange, string>(told => NodeIdFormat.Write(char.ToUpperInvariant(name[0]) + name[1..], idOf(told))));
        if (EntityFields.CanShow(id))
        {
            EntityFields.Hang(type.Field(name), id, told => idOf((BalanceChange)told));
        }
    }

    private static void Amount(ObjectTypeConfiguration type, string name, string description, Func<BalanceChange, decimal> amount) =>
        Say(type.Field(name, "Decimal!"), description + " In the item's base unit.",
            new PureResolver<BalanceChange, decimal>(amount));

    private static void Say(FieldConfiguration field, string description, FieldResolver resolver) =>
        (field.Description, field.Resolver) = (description, resolver);
}

internal sealed record StockMoved(string Position, StockPosted Posted);

internal sealed class MovedStream : StreamResolver
{
    public override ValueTask<IEventSource> SubscribeAsync(FieldContext field, string? resumeFrom, CancellationToken ct)
    {
        var warehouse = StreamArguments.Id(field, "warehouse", "Warehouse");
        var filter = EventFilter.Everything with
        {
            Types = new HashSet<string>(StringComparer.Ordinal) { nameof(StockPosted) },
            Warehouse = warehouse,
        };
        return StreamArguments.OpenAsync(
            field, resumeFrom, filter,
            new Messages(StreamArguments.Id(field, "item", "Item"), warehouse, field.Service<Places>()));
    }

    private sealed class Messages(Guid? item, Guid? warehouse, Places places) : LiveMessages
    {
        public override async ValueTask<IReadOnlyList<LiveMessage>> OfAsync(
            LiveEvent one, Principal listener, CancellationToken ct)
        {
            var posted = (StockPosted)await one.SeenByAsync(listener, ct);
            var asked = new List<PostedMovement>();
            foreach (var movement in posted.Movements.Where(movement => item is null || movement.Item.Value == item))
            {
                if (warehouse is null || await places.TouchesAsync(movement, warehouse.Value, ct))
                {
                    asked.Add(movement);
                }
            }

            return asked.Count > 0 || await IsBeyondAsync((StockPosted)one.Happened!, listener, ct)
                ? [new LiveMessage(one.Position, new StockMoved(PositionText.Write(one.Position), posted with { Movements = asked }))]
                : [];
        }

        /// <summary>Whether it may have moved among the movements that the event does not name.</summary>
        private async ValueTask<bool> IsBeyondAsync(StockPosted whole, Principal listener, CancellationToken ct) =>
            whole.MovementCount > whole.Movements.Count
            && (await places.BalancesOfAsync(whole.Posting.Value, ct)).Any(balance =>
                (item is null || balance.Item == item)
                && (warehouse is null || balance.Warehouse == warehouse)
                && (listener.Rows.Warehouses?.Contains(balance.Warehouse) ?? true));
    }
}

/// <summary>What there is of an item in a warehouse.</summary>
internal sealed record BalanceChange(
    string Position, Guid Item, Guid Warehouse, decimal OnHand, decimal Usable, decimal Allocated, decimal Promised);

internal sealed class BalanceStream : StreamResolver
{
    private static readonly HashSet<string> _types = new(StringComparer.Ordinal)
    {
        nameof(StockPosted), nameof(StockReserved), nameof(StockAllocated), nameof(ReservationEnded), nameof(LotRecalled),
    };

    public override ValueTask<IEventSource> SubscribeAsync(FieldContext field, string? resumeFrom, CancellationToken ct)
    {
        var filter = EventFilter.Everything with { Types = _types };
        return StreamArguments.OpenAsync(
            field, resumeFrom, filter,
            new BalanceMessages(
                StreamArguments.Id(field, "item", "Item"),
                StreamArguments.Id(field, "warehouse", "Warehouse"),
                field.Service<Places>(),
                field.Service<NpgsqlDataSource>()));
    }
}
