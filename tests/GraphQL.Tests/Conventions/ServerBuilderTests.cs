using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Tests.GraphQL.Conventions;

public sealed class ServerBuilderTests
{
    [Fact]
    public async Task Typed_ids_travel_as_their_value_everywhere()
    {
        await using var server = new ConventionServer(graph => graph
            .AddQueryType<Query>()
            .BindRuntimeType<CrateId, Guid>("UUID", id => id.Value));
        const string Id = "00000000-0000-0000-0000-000000000001";

        server.Field("Query", "crate").ShouldBe("crate(id: UUID!, other: UUID): Crate");
        server.Sdl("Crate").ShouldBe("type Crate {\n  id: UUID!\n  parent: UUID\n}");
        (await server.Data($$"""{ crate(id: "{{Id}}") { id parent } }""")).GetRawText()
            .ShouldBe($$$"""{"crate":{"id":"{{{Id}}}","parent":null}}""");
        (await server.Data($$"""{ crates(where: { id: { eq: "{{Id}}" } }) { parent } }""")).GetRawText()
            .ShouldBe($$"""{"crates":[{"parent":"{{Id}}"}]}""");
        (await server.Data($$"""{ crates(where: { parent: { in: ["{{Id}}", null] } }) { id } }""")).GetProperty("crates").GetArrayLength()
            .ShouldBe(1);
        (await server.Data("{ listed sometimes }")).GetRawText().ShouldBe($$"""{"listed":["{{Id}}",null],"sometimes":null}""");
        (await server.Data($$"""{ weigh(of: { crate: "{{Id}}" }) }""")).GetRawText().ShouldBe($$"""{"weigh":"{{Id}}"}""");
    }

    [Fact]
    public async Task Interfaces_and_unions_can_be_named_without_attributes()
    {
        await using var server = new ConventionServer(graph => graph
            .AddQueryType<Abstract>().AddInterfaceType<IMovable>().AddUnionType<IThing>());
        server.Sdl("Cart").ShouldBe("type Cart implements IMovable {\n  speed: Int!\n}");
        server.Sdl("IThing").ShouldBe("union IThing = Cart | Wall");
    }

    [Fact]
    public void An_assembly_gives_its_marked_classes_and_its_loaders()
    {
        var belongs = typeof(ShelfQueries).Assembly.GetTypes().Where(Platform.GraphQL.Conventions.Reading.TypeSources.Belongs).ToList();
        belongs.ShouldContain(typeof(ShelfQueries));
        belongs.ShouldContain(typeof(ShelfNode));
        belongs.ShouldContain(typeof(OnlyLoaders));
        belongs.ShouldNotContain(typeof(Shelf));
    }

    [Fact]
    public void A_list_of_any_length_is_a_mistake_where_lengths_are_required()
    {
        var server = new ConventionServer(graph => graph
            .AddQueryType<Lists>()
            .ModifyOptions(options => options with { RequireListSizes = true }));
        server.BuildErrors().ShouldBe(
            ["Query.open is a list of any length. Add [UsePaging], [UseOffsetPaging] or [ListSize(AssumedSize = …)]."]);
    }

    [Fact]
    public async Task Defer_and_stream_are_known_when_they_are_enabled()
    {
        await using var without = new ConventionServer(graph => graph.AddQueryType<Lists>());
        without.Schema.FindDirective("defer").ShouldBeNull();
        await using var with = new ConventionServer(graph => graph
            .AddQueryType<Lists>().ModifyOptions(options => options with { EnableDefer = true, EnableStream = true }));
        with.Schema.FindDirective("defer").ShouldNotBeNull();
        with.Schema.FindDirective("stream").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_data_layer_may_change_what_was_read_and_is_guarded_all_the_same()
    {
        await using var server = new ConventionServer(graph => graph
            .AddQueryType<Guarded>()
            .ConfigureSchema(schema => schema.Object("Query").Field("number").Resolver = SingleResolver.From((_, _) => 42)));
        (await server.Run("{ number }", ConventionServer.User())).ShouldBe("""{"data":{"number":42}}""");
        (await server.CodeOf("{ number }")).ShouldBe("AUTH_NOT_AUTHENTICATED");
    }

    internal readonly record struct CrateId(Guid Value);

    internal sealed record Crate(CrateId Id, CrateId? Parent);

    internal sealed record Weighing(CrateId Crate);

    internal sealed class Query
    {
        public static Crate? GetCrate(CrateId id, CrateId? other) => new(id, other);

        [UseFiltering]
        public static IEnumerable<Crate> GetCrates()
        {
            var one = new CrateId(Guid.Parse("00000000-0000-0000-0000-000000000001"));
            return [new(one, one), new(new CrateId(Guid.Empty), new CrateId(Guid.Empty))];
        }

        public static Task<IReadOnlyList<CrateId?>> GetListedAsync() =>
            Task.FromResult<IReadOnlyList<CrateId?>>([new CrateId(Guid.Parse("00000000-0000-0000-0000-000000000001")), null]);

        public static Task<CrateId?> GetSometimesAsync() => Task.FromResult<CrateId?>(null);

        public static CrateId Weigh(Weighing of) => of.Crate;
    }

    internal interface IMovable
    {
        int Speed { get; }
    }

    internal interface IThing;

    internal sealed record Cart(int Speed) : IMovable, IThing;

    internal sealed record Wall(int Height) : IThing;

    internal sealed class Abstract
    {
        public static IMovable Movable() => new Cart(1);

        public static IThing Thing() => new Wall(1);
    }

    internal sealed class Lists
    {
        public static IReadOnlyList<Wall> GetOpen() => [];

        [ListSize(AssumedSize = 3)]
        public static IReadOnlyList<Wall> GetKnown() => [];

        [UsePaging]
        public static IReadOnlyList<Wall> GetPaged() => [];

        public static IReadOnlyList<int> GetNumbers() => [];
    }

    internal sealed class Guarded
    {
        [Authorize]
        public static int? Number() => 1;
    }

    internal static class OnlyLoaders
    {
        [DataLoader]
        internal static Task<Dictionary<int, string>> GetTextAsync(IReadOnlyList<int> keys) =>
            Task.FromResult(keys.ToDictionary(key => key, key => "text"));
    }
}
