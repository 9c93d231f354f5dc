using System.Globalization;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Language;
using Platform.GraphQL.Transport.Uploads;
using Platform.GraphQL.TypeSystem;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>A small real schema, shaped as our API shapes its own, for the clients our users have.</summary>
internal static class Shop
{
    private const string Sdl = """
        interface Node { id: ID! }
        interface Error { message: String! }
        type Query {
          hello(name: String = "world"): String!
          item(id: ID!): Item
          items(first: Int, after: String, last: Int, before: String): ItemsConnection
          node(id: ID!): Node
          fails: String
          me: String
        }
        scalar Upload
        type Mutation { renameItem(input: RenameItemInput!): RenameItemPayload! importItems(file: Upload!): Int! }
        type Subscription { ticks(upTo: Int!): Tick! broken: Tick! }
        type Tick { n: Int! }
        type Item implements Node { id: ID! name: String! price: Float! stock: Int! related: [Item!]! }
        type ItemsConnection { pageInfo: PageInfo! edges: [ItemsEdge!] nodes: [Item!] }
        type ItemsEdge { cursor: String! node: Item! }
        type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
        input RenameItemInput { itemId: ID! name: String! }
        type RenameItemPayload { item: Item errors: [RenameItemError!] }
        union RenameItemError = NameTakenError
        type NameTakenError implements Error { message: String! }
        """;

    public static AttackWords Words { get; } = new(
        "hello",
        text => $"hello(name: {text})",
        "hello(name: ",
        "item(id: \"i1\")",
        "{ item(id: \"i1\") { related { related { related { related { id } } } } } }",
        "renameItem(input: { itemId: \"i1\", name: \"n\" }) { item { id } }",
        Nul: null);

    internal sealed record Item(string Id, string Name, double Price);

    internal sealed record Page(IReadOnlyList<Item> Items, bool HasNext, bool HasPrevious);

    internal sealed record Renamed(Item? Item, IReadOnlyList<NameTaken>? Errors);

    internal sealed record NameTaken(string Message);

    public static RequestExecutor Executor() => Executor(new RequestExecutorOptions());

    public static RequestExecutor Executor(RequestExecutorOptions options)
    {
        var items = Enumerable.Range(1, 30).Select(i => new Item($"i{i}", $"Item {i}", i * 1.5)).ToList();
        var builder = new SchemaBuilder().AddIncrementalDelivery();
        var reader = new SdlReader(builder);
        foreach (var definition in GraphQLDocument.ParseSchema(Sdl).Definitions)
        {
            reader.Read(definition);
        }

        AddReads(builder, items);
        AddItems(builder);
        AddConnection(builder);
        AddRename(builder, items);
        builder.Object("Mutation").Field("importItems").Resolver = SingleResolver.From((_, field) =>
            (int)(UploadedFiles.Find(field.Request, (UploadKey)field.Arguments["file"]!)?.Length ?? -1));
        builder.Object("Subscription").Field("ticks").Resolver = new Ticks();
        builder.Object("Subscription").Field("broken").Resolver = new Broken();
        builder.Object("Tick").RuntimeType = typeof(int);
        builder.Object("Tick").Field("n").Resolver = new PureResolver<int, int>(n => n);
        return new RequestExecutor(builder.Build(), options);
    }

    private static void AddReads(SchemaBuilder builder, List<Item> items)
    {
        var query = builder.Object("Query");
        query.Field("hello").Resolver = SingleResolver.From((_, field) => $"Hello {field.Arguments["name"]}");
        query.Field("item").Resolver = SingleResolver.From((_, field) => Find(items, field));
        query.Field("node").Resolver = SingleResolver.From((_, field) => Find(items, field));
        query.Field("fails").Resolver = SingleResolver.From((_, _) => throw new InvalidOperationException("secret of the house"));
        query.Field("me").Resolver = SingleResolver.From((_, field) => field.Request.User.Identity?.Name);
        query.Field("items").Resolver = SingleResolver.From((_, field) =>
        {
            var after = field.Arguments["after"] is string cursor ? items.FindIndex(item => item.Id == cursor) + 1 : 0;
            var first = field.Arguments.Get<int?>("first") ?? 10;
            var page = items.Skip(after).Take(first).ToList();
            return new Page(page, after + page.Count < items.Count, after > 0);
        });
    }

    private static void AddItems(SchemaBuilder builder)
    {
        var item = builder.Object("Item");
        item.RuntimeType = typeof(Item);
        item.Field("id").Resolver = new PureResolver<Item, string>(i => i.Id);
        item.Field("name").Resolver = new PureResolver<Item, string>(i => i.Name);
        item.Field("price").Resolver = new PureResolver<Item, double>(i => i.Price);
        item.Field("stock").Resolver = SingleResolver.From(async (_, _, ct) =>
        {
            // Slow enough that a deferred fragment has a life of its own.
            await Task.Delay(30, ct);
            return (object?)7;
        });
        item.Field("related").Resolver = SingleResolver.From((parent, _) => new[] { (Item)parent!, (Item)parent! });
    }

    private static void AddConnection(SchemaBuilder builder)
    {
        var connection = builder.Object("ItemsConnection");
        connection.RuntimeType = typeof(Page);
        connection.Field("pageInfo").Resolver = new PureResolver<Page, Page>(page => page);
        connection.Field("edges").Resolver = new PureResolver<Page, IReadOnlyList<Item>>(page => page.Items);
        connection.Field("nodes").Resolver = new PureResolver<Page, IReadOnlyList<Item>>(page => page.Items);
        var edge = builder.Object("ItemsEdge");
        edge.Field("cursor").Resolver = new PureResolver<Item, string>(item => item.Id);
        edge.Field("node").Resolver = new PureResolver<Item, Item>(item => item);
        var info = builder.Object("PageInfo");
        info.Field("hasNextPage").Resolver = new PureResolver<Page, bool>(page => page.HasNext);
        info.Field("hasPreviousPage").Resolver = new PureResolver<Page, bool>(page => page.HasPrevious);
        info.Field("startCursor").Resolver = new PureResolver<Page, string?>(page => page.Items.Count > 0 ? page.Items[0].Id : null);
        info.Field("endCursor").Resolver = new PureResolver<Page, string?>(page => page.Items.Count > 0 ? page.Items[^1].Id : null);
    }

    private static void AddRename(SchemaBuilder builder, List<Item> items)
    {
        builder.Object("Mutation").Field("renameItem").Resolver = SingleResolver.From((_, field) =>
        {
            var input = (InputObjectValue)field.Arguments["input"]!;
            var (id, name) = ((string)input["itemId"]!, (string)input["name"]!);
            if (items.Any(item => item.Name == name))
            {
                return new Renamed(null, [new NameTaken($"{name} is taken.")]);
            }

            var index = items.FindIndex(item => item.Id == id);
            items[index] = items[index] with { Name = name };
            return new Renamed(items[index], null);
        });
        var payload = builder.Object("RenameItemPayload");
        payload.Field("item").Resolver = new PureResolver<Renamed, Item?>(renamed => renamed.Item);
        payload.Field("errors").Resolver = new PureResolver<Renamed, IReadOnlyList<NameTaken>?>(renamed => renamed.Errors);
        builder.Object("NameTakenError").RuntimeType = typeof(NameTaken);
        builder.Object("NameTakenError").Field("message").Resolver = new PureResolver<NameTaken, string>(taken => taken.Message);
    }

    private static Item? Find(List<Item> items, FieldContext field) =>
        items.Find(item => item.Id.Equals(field.Arguments["id"]));

    /// <summary>Counts up, and goes on after any position it ever gave.</summary>
    private sealed class Ticks : StreamResolver
    {
        public override ValueTask<IEventSource> SubscribeAsync(FieldContext field, string? resumeFrom, CancellationToken ct)
        {
            var upTo = field.Arguments.Get<int>("upTo");
            var after = resumeFrom is null ? 0 : int.Parse(resumeFrom.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture);
            return ValueTask.FromResult<IEventSource>(new Counter(after, upTo));
        }
    }

    private sealed class Broken : StreamResolver
    {
        public override ValueTask<IEventSource> SubscribeAsync(FieldContext field, string? resumeFrom, CancellationToken ct) =>
            throw new GraphQLException(new GraphQLError("The position is gone.") { Code = ErrorCodes.CursorExpired });
    }

    private sealed class Counter(int after, int upTo) : IEventSource
    {
        public string? SharingKey => null;

        public async IAsyncEnumerator<SourceEvent> GetAsyncEnumerator(CancellationToken ct = default)
        {
            for (var n = after + 1; n <= upTo; n++)
            {
                await Task.Delay(5, ct);
                yield return new SourceEvent(n, string.Create(CultureInfo.InvariantCulture, $"e1:{n}"));
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
