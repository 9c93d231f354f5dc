using Platform.GraphQL.Conventions;
using Platform.GraphQL.DataLoading;

namespace Platform.Tests.GraphQL.Conventions;

/// <summary>Types are made in several places, and members say what the convention does not know.</summary>
public sealed class ExtensionTests
{
    private readonly ConventionServer _server = new(graph => graph
        .AddTypes(typeof(First), typeof(Second), typeof(ByType), typeof(ByName), typeof(ByGeneric), typeof(Loaders))
        .AddGlobalObjectIdentification()
        .AddTypeExtension(typeof(Root)));

    [Fact]
    public void A_root_and_a_type_are_made_in_several_places()
    {
        _server.Sdl("Query").ShouldContain("one: Thing!");
        _server.Sdl("Query").ShouldContain("two(numbers: [Int!]! = [1, 2]): String!");
        _server.Sdl("Query").ShouldContain("three: Int!");
        _server.Sdl("Thing").ShouldBe(
            """
            type Thing implements Node {
              byType: Int!
              "Finds by a list of numbers, and something generic."
              byGeneric(numbers: [Int!], limit: Int! = 10): [Int!]! @cost(weight: "10")
              byName: Int!
              id: ID!
              parts(where: PartFilterInput @cost(weight: "10")): [Part!]!
              kind: Kind
              typed: ID
            }
            """);
    }

    [Fact]
    public async Task Lists_that_are_properties_are_filtered_too() =>
        (await _server.Data("{ one { parts(where: { size: { gt: 1 } }) { size } kind } }")).GetRawText()
            .ShouldBe("""{"one":{"parts":[{"size":2}],"kind":"SMALL"}}""");

    [Fact]
    public async Task Nodes_asked_for_together_are_loaded_together()
    {
        Loaders.Calls.Clear();
        var ids = string.Join(',', Enumerable.Range(1, 3).Select(id => $"\"{NodeIdFormat.Write("Thing", id)}\""));
        (await _server.Data($"{{ nodes(ids: [{ids}]) {{ id }} node(id: \"{NodeIdFormat.Write("Thing", 9)}\") {{ id }} }}"))
            .GetProperty("nodes").GetArrayLength().ShouldBe(3);
        Loaders.Calls.ShouldBe(["1,2,3,9"]);
    }

    internal enum Kind
    {
        Small,
    }

    internal sealed record Part(int Size);

    internal sealed class Thing(int id)
    {
        public int Id => id;

        [UseFiltering]
        public List<Part> Parts { get; } = [new(1), new(2)];

        [GraphQLType<Kind>]
        public object? Kind => ExtensionTests.Kind.Small;

        [GraphQLType("ID")]
        public string? Typed => "x";

        public int Ignored => 1;
    }

    [QueryType]
    internal static class First
    {
        public static Thing One() => new(1);
    }

    [QueryType]
    internal static class Second
    {
        public static string Two([DefaultValue(new[] { 1, 2 })] int[] numbers) => string.Join(',', numbers);
    }

    [ExtendObjectType("Query")]
    internal static class Root
    {
        public static int Three() => 3;
    }

    [ExtendObjectType(typeof(Thing), IgnoreProperties = ["Ignored"])]
    internal static class ByType
    {
        public static int GetByType([Parent] Thing thing) => thing.Id;
    }

    [ExtendObjectType("Thing")]
    internal static class ByName
    {
        public static int GetByName([Parent] Thing thing) => thing.Id;
    }

    [ExtendObjectType<Thing>]
    internal static class ByGeneric
    {
        /// <summary>Finds by a list of numbers, and something generic.</summary>
        public static Task<IReadOnlyList<int>> GetByGenericAsync(
            [Parent] Thing thing, IReadOnlyList<int>? numbers, DataLoader<int, Thing?> thingById, int limit = 10) =>
            Task.FromResult<IReadOnlyList<int>>([thing.Id, numbers?.Count ?? 0, thingById.MaxBatchSize, limit]);
    }

    internal static class Loaders
    {
        public static List<string> Calls { get; } = [];

        [DataLoader]
        internal static async Task<IReadOnlyDictionary<int, Thing>> GetThingByIdAsync(
            IReadOnlyList<int> keys, CancellationToken ct)
        {
            await Task.Delay(1, ct);
            Calls.Add(string.Join(',', keys.Order()));
            return keys.ToDictionary(key => key, key => new Thing(key));
        }

        [NodeResolver]
        internal static async Task<Thing?> GetThingAsync(int id, DataLoader<int, Thing?> thingById) =>
            await thingById.LoadAsync(id);
    }
}
