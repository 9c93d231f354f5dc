using Platform.GraphQL.Conventions;

namespace Platform.Tests.GraphQL.Conventions;

public sealed class AbstractTypeTests
{
    [Fact]
    public async Task Interfaces_are_implemented_by_objects_and_by_interfaces()
    {
        await using var server = Server();
        Snapshot.Matches(server.Schema.ToString(), "AbstractTypes.graphql");
        (await server.Run("{ shapes { __typename area ... on Circle { radius } ... on IRound { diameter } } }")).ShouldBe(
            """{"data":{"shapes":[{"__typename":"Circle","area":3,"radius":1,"diameter":2},{"__typename":"Square","area":4}]}}""");
    }

    [Fact]
    public async Task A_union_has_the_objects_that_implement_its_marker()
    {
        await using var server = Server();
        (await server.Run("{ found { __typename ... on Book { title } ... on Author { name } } }")).ShouldBe(
            """{"data":{"found":[{"__typename":"Book","title":"T"},{"__typename":"Author","name":"N"}]}}""");
    }

    private static ConventionServer Server() => new(graph => graph
        .AddQueryType<Query>()
        .ModifyOptions(options => options with { StripLeadingIFromInterface = false }));

    internal sealed class Query
    {
        public static IReadOnlyList<IShape> GetShapes() => [new Circle(1), new Square(2)];

        public static IEnumerable<IFindable> GetFound() => [new Book("T"), new Author("N")];
    }

    [InterfaceType]
    internal interface IShape
    {
        /// <summary>How much it covers.</summary>
        int Area { get; }
    }

    [InterfaceType]
    internal interface IRound : IShape
    {
        int Diameter { get; }
    }

    internal sealed record Circle(int Radius) : IRound
    {
        public int Area => 3 * Radius * Radius;

        public int Diameter => 2 * Radius;
    }

    internal sealed record Square(int Side) : IShape
    {
        public int Area => Side * Side;
    }

    [UnionType, GraphQLName("Findable")]
    internal interface IFindable;

    internal sealed record Book(string Title) : IFindable;

    internal sealed record Author(string Name) : IFindable;
}
