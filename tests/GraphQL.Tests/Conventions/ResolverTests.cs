using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Execution;

namespace Platform.Tests.GraphQL.Conventions;

/// <summary>Where parameters come from and what becomes of results.</summary>
public sealed class ResolverTests
{
    private static int _batches;

    [Theory]
    [InlineData("{ plain }", """{"data":{"plain":"plain"}}""")]
    [InlineData("{ later }", """{"data":{"later":"later"}}""")]
    [InlineData("{ soon }", """{"data":{"soon":1}}""")]
    [InlineData("{ stream }", """{"data":{"stream":["a","b"]}}""")]
    [InlineData("{ injected }", """{"data":{"injected":"bell anonymous c-1 False"}}""")]
    [InlineData("{ keyed }", """{"data":{"keyed":"horn"}}""")]
    [InlineData("""{ given(a: 1, b: [1, null], when: "2026-11-20", kind: VERY_LOUD) }""", """{"data":{"given":"1 [1,] 2026-11-20 VeryLoud x"}}""")]
    [InlineData("{ optional(a: null) }", """{"data":{"optional":"given, null"}}""")]
    [InlineData("{ optional }", """{"data":{"optional":"not given"}}""")]
    [InlineData("{ wrapped(by: [WORD, WORD]) }", """{"data":{"wrapped":"((x))"}}""")]
    [InlineData("{ instance }", """{"data":{"instance":"of this class"}}""")]
    public async Task Parameters_are_the_request_services_or_arguments(string query, string expected)
    {
        await using var server = Server();
        (await server.Run(query)).ShouldBe(expected);
    }

    [Fact]
    public async Task An_input_object_is_the_record_or_class_it_was_read_from()
    {
        await using var server = Server();
        server.Sdl("OrderInput").ShouldBe(
            """
            input OrderInput {
              number: String!
              lines: [LineInput!]!
              priority: Int! = 3
              note: String
              tags: [String!]
            }
            """);

        (await server.Run("""{ order(order: { number: "A", lines: [{ sku: "x", quantity: 2.5 }], note: null, tags: ["t"] }) }"""))
            .ShouldBe("""{"data":{"order":"A x*2.5 priority 3 note given null tags t"}}""");
        (await server.Run(
            "query($o: OrderInput!) { order(order: $o) }",
            """{"o":{"number":"B","lines":[],"priority":9}}"""))
            .ShouldBe("""{"data":{"order":"B  priority 9 note not given tags as written"}}""");
    }

    [Fact]
    public async Task OneOf_takes_exactly_one()
    {
        await using var server = Server();
        server.Sdl("FindInput").ShouldBe(
            """
            input FindInput @oneOf {
              id: Int
              name: String
            }
            """);

        (await server.Run("""{ find(by: { name: "x" }) }""")).ShouldBe("""{"data":{"find":"name x"}}""");
        (await server.Run("""{ find(by: { name: "x", id: 1 }) }""")).ShouldContain("errors");
    }

    [Fact]
    public async Task An_extension_sees_its_parent_and_replaces_properties()
    {
        await using var server = Server();
        (await server.Run("{ things { id name double shout(mark: \"!\") } }")).ShouldBe(
            """{"data":{"things":[{"id":1,"name":"<a>","double":2,"shout":"A!"},{"id":2,"name":"<b>","double":4,"shout":"B!"}]}}""");
        server.Field("Thing", "name").ShouldBe("name: String!");
    }

    [Fact]
    public async Task A_batch_resolver_is_asked_once_for_all_parents()
    {
        await using var server = Server();
        _batches = 0;
        (await server.Run("{ things { neighbours rank } }")).ShouldBe(
            """{"data":{"things":[{"neighbours":2,"rank":1},{"neighbours":2,"rank":null}]}}""");
        _batches.ShouldBe(2); // one for each field, whatever the number of things
        server.Field("Thing", "neighbours").ShouldBe("neighbours: Int!");
        server.Field("Thing", "rank").ShouldBe("rank: Int");
    }

    [Fact]
    public async Task Loaders_made_of_methods_load_the_keys_of_all_parents_at_once()
    {
        await using var server = Server();
        Loaders.Calls.Clear();
        (await server.Run("{ things { loaded group { id } } }")).ShouldBe(
            """{"data":{"things":[{"loaded":"bell 1","group":[{"id":1},{"id":1}]},{"loaded":"bell 2","group":[]}]}}""");
        Loaders.Calls.ShouldBe(["names 1,2", "group 1,2"], ignoreOrder: true);
    }

    [Fact]
    public async Task Middleware_runs_around_the_resolver()
    {
        await using var server = Server();
        (await server.Run("{ twice }")).ShouldBe("""{"data":{"twice":"((x))"}}""");
    }

    private static ConventionServer Server()
    {
        var server = new ConventionServer(graph => graph
            .AddQueryType<Query>()
            .AddTypes(typeof(ThingNode), typeof(Loaders)));
        server.Registrations.AddSingleton(new Bell("bell"));
        server.Registrations.AddKeyedSingleton("horn", new Bell("horn"));
        return server;
    }

    internal sealed record Bell(string Sound);

    internal enum Kind
    {
        Word,
        VeryLoud,
    }

    internal sealed record OrderInput(
        string Number, IReadOnlyList<LineInput> Lines, int Priority = 3, Optional<string> Note = default)
    {
        public IReadOnlyList<string>? Tags { get; init; } = ["as written"];
    }

    internal sealed class LineInput
    {
        public required string Sku { get; set; }

        public decimal Quantity { get; set; }
    }

    [OneOf]
    internal sealed record FindInput(int? Id, string? Name);

    internal sealed record Thing(int Id, string Name);

    internal sealed class Query
    {
        private readonly string _whose = "of this class";

        public string Instance => _whose;

        public static string Plain() => "plain";

        public static async Task<string> LaterAsync(CancellationToken ct)
        {
            await Task.Delay(1, ct);
            return "later";
        }

        public static ValueTask<int?> GetSoonAsync() => new(1);

        public static async IAsyncEnumerable<string> GetStreamAsync()
        {
            yield return "a";
            await Task.Yield();
            yield return "b";
        }

        public static string Injected(Bell bell, ClaimsPrincipal user, RequestContext request, CancellationToken ct) =>
            $"{bell.Sound} {user.Identity?.Name ?? "anonymous"} {request.CorrelationId} {ct.IsCancellationRequested}";

        public static string Keyed([Service("horn")] Bell bell) => bell.Sound;

        public static string Given(int a, int?[] b, DateOnly when, Kind kind, string text = "x") =>
            $"{a} [{string.Join(',', b)}] {when:yyyy-MM-dd} {kind} {text}";

        public static string Optional(Optional<int?> a) =>
            a.HasValue ? $"given, {a.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}" : "not given";

        public static string Wrapped(List<Kind> by, HashSet<Kind>? also) =>
            $"{new string('(', by.Count)}x{new string(')', by.Count)}{also?.Count}";

        public static string Order(OrderInput order)
        {
            var lines = string.Join(' ', order.Lines.Select(line => FormattableString.Invariant($"{line.Sku}*{line.Quantity}")));
            var note = order.Note.HasValue ? $"given {order.Note.Value ?? "null"}" : "not given";
            return $"{order.Number} {lines} priority {order.Priority} note {note} tags {string.Join(',', order.Tags ?? [])}";
        }

        public static string Find(FindInput by) => by.Id is null ? $"name {by.Name}" : $"id {by.Id}";

        public static IReadOnlyList<Thing> GetThings() => [new(1, "a"), new(2, "b")];

        [Parenthesis, Parenthesis]
        public static string Twice() => "x";
    }

    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    internal sealed class ParenthesisAttribute : FieldMiddlewareAttribute
    {
        public override FieldDelegate Around(FieldDelegate next) =>
            async (parent, field, ct) => $"({await next(parent, field, ct)})";
    }

    [ObjectType<Thing>]
    internal static class ThingNode
    {
        public static string GetName([Parent] Thing thing) => $"<{thing.Name}>";

        public static int Double(Thing thing) => thing.Id * 2;

        public static string Shout([Parent] Thing thing, string mark) => thing.Name.ToUpperInvariant() + mark;

        [BatchResolver]
        public static Task<IReadOnlyList<int>> GetNeighboursAsync([Parent] IReadOnlyList<Thing> things, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            _batches++;
            return Task.FromResult<IReadOnlyList<int>>([.. things.Select(_ => things.Count)]);
        }

        [BatchResolver]
        public static IReadOnlyDictionary<Thing, int> GetRank([Parent] Thing[] things)
        {
            _batches++;
            return new Dictionary<Thing, int> { [things[0]] = 1 };
        }

        public static async Task<string?> GetLoadedAsync(
            [Parent] Thing thing, DataLoader<int, string?> nameById) => await nameById.LoadAsync(thing.Id);

        public static Task<Thing[]> GetGroupAsync([Parent] Thing thing, DataLoader<int, Thing[]> group) =>
            group.LoadAsync(thing.Id);
    }

    internal static class Loaders
    {
        public static List<string> Calls { get; } = [];

        [DataLoader]
        public static Task<IReadOnlyDictionary<int, string>> GetNameByIdAsync(
            IReadOnlyList<int> keys, Bell bell, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            Calls.Add($"names {string.Join(',', keys.Order())}");
            return Task.FromResult<IReadOnlyDictionary<int, string>>(keys.ToDictionary(key => key, key => $"{bell.Sound} {key}"));
        }

        [DataLoader("Other")]
        internal static Task<Dictionary<int, string>> GetOthersAsync(IReadOnlyList<int> keys) =>
            Task.FromResult(keys.ToDictionary(key => key, key => "other"));

        [DataLoader]
        internal static Task<ILookup<int, Thing>> GroupAsync(IReadOnlyList<int> keys)
        {
            Calls.Add($"group {string.Join(',', keys.Order())}");
            return Task.FromResult(new[] { new Thing(1, "x"), new Thing(1, "y") }.ToLookup(thing => thing.Id));
        }
    }
}
