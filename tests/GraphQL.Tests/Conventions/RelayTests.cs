using System.Text;
using Platform.GraphQL.Conventions;

namespace Platform.Tests.GraphQL.Conventions;

public sealed class RelayTests
{
    private static readonly Guid BoxId = Guid.Parse("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");

    [Fact]
    public async Task Nodes_print_as_relay_expects_them()
    {
        await using var server = Server();
        Snapshot.Matches(server.Schema.ToString(), "Relay.graphql");
    }

    [Fact]
    public async Task An_id_names_its_type_and_leads_back_to_its_object()
    {
        await using var server = Server();
        var data = await server.Data("{ product { id } box { id owner } }");
        var product = data.GetProperty("product").GetProperty("id").GetString()!;
        product.ShouldBe(Convert.ToBase64String(Encoding.UTF8.GetBytes("Product:7")));
        var box = data.GetProperty("box").GetProperty("id").GetString()!;
        box.ShouldBe(Convert.ToBase64String([.. Encoding.UTF8.GetBytes("Box:"), .. BoxId.ToByteArray()]));
        data.GetProperty("box").GetProperty("owner").GetString().ShouldBe(product);

        (await server.Data($$"""{ node(id: "{{product}}") { __typename id ... on Product { name } } }""")).GetRawText()
            .ShouldBe($$$"""{"node":{"__typename":"Product","id":"{{{product}}}","name":"P7"}}""");
        (await server.Data($$"""{ nodes(ids: ["{{box}}", "{{product}}"]) { __typename } }""")).GetRawText()
            .ShouldBe("""{"nodes":[{"__typename":"Box"},{"__typename":"Product"}]}""");
    }

    [Theory] // G-41
    //           id                                       code
    [InlineData("Product:999",                           "NOT_FOUND")] // absent
    [InlineData("Unknown:1",                             "NOT_FOUND")]
    [InlineData("Product:x",                             "NOT_FOUND")] // not the id of any product
    [InlineData("Product:99999999999999999999",          "NOT_FOUND")]
    [InlineData("Box:short",                             "NOT_FOUND")]
    [InlineData("Product:",                              "BAD_ID")]
    [InlineData(":1",                                    "BAD_ID")]
    [InlineData("no colon",                              "BAD_ID")]
    public async Task What_is_no_id_is_refused_and_what_is_absent_not_found(string decoded, string code)
    {
        await using var server = Server();
        var id = Convert.ToBase64String(Encoding.UTF8.GetBytes(decoded));
        var response = await server.Run($$"""{ node(id: "{{id}}") { id } }""");
        response.ShouldContain("""{"node":null}""");
        ConventionServer.Code(response).ShouldBe(code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%%%")]
    [InlineData("AAAA")]
    public async Task Text_that_is_not_base64_is_refused(string id)
    {
        await using var server = Server();
        (await server.CodeOf($$"""{ node(id: "{{id}}") { id } }""")).ShouldBe("BAD_ID");
        (await server.CodeOf($$"""{ node(id: "{{new string('A', 10_240)}}") { id } }""")).ShouldBe("BAD_ID");
    }

    [Fact]
    public async Task One_missing_node_is_one_error_of_many()
    {
        await using var server = Server();
        var response = await server.Run("""{ nodes(ids: ["UHJvZHVjdDo3", "UHJvZHVjdDo5OTk="]) { id } }""");
        response.ShouldContain("""{"nodes":[{"id":"UHJvZHVjdDo3"},null]}""");
        response.ShouldContain("""path":["nodes",1]""");
    }

    [Fact]
    public async Task Nodes_takes_no_more_ids_than_allowed()
    {
        await using var server = Server();
        var ids = string.Join(',', Enumerable.Repeat("\"UHJvZHVjdDo3\"", 51));
        (await server.CodeOf($"{{ nodes(ids: [{ids}]) {{ id }} }}")).ShouldBe("HC0076");
    }

    [Fact]
    public async Task An_argument_takes_only_ids_of_its_type()
    {
        await using var server = Server();
        (await server.Data("""{ raw(product: "UHJvZHVjdDo3") many(products: ["UHJvZHVjdDo3"]) input(of: { product: "UHJvZHVjdDo3" }) }"""))
            .GetRawText().ShouldBe("""{"raw":7,"many":[7],"input":7}""");

        var box = NodeIdFormat.Write("Box", BoxId);
        ConventionServer.Code(await server.Run($$"""{ raw(product: "{{box}}") }""")).ShouldBe("BAD_ID");
        ConventionServer.Code(await server.Run($$"""{ input(of: { product: "{{box}}" }) }""")).ShouldBe("BAD_ID");
    }

    [Fact]
    public void A_uuid_may_also_be_text_on_its_way_in()
    {
        NodeIdFormat.Value(Encoding.UTF8.GetBytes(BoxId.ToString("D")), typeof(Guid)).ShouldBe(BoxId);
        NodeIdFormat.Value(Encoding.UTF8.GetBytes(BoxId.ToString("N")), typeof(BoxKey)).ShouldBe(new BoxKey(BoxId));
        NodeIdFormat.Write("Box", new BoxKey(BoxId)).ShouldBe(NodeIdFormat.Write("Box", BoxId));
    }

    private static ConventionServer Server() => new(graph => graph
        .AddQueryType<Query>()
        .AddTypes(typeof(ProductNode), typeof(BoxNode))
        .AddGlobalObjectIdentification());

    internal sealed class Query
    {
        public static Product? GetProduct() => new(7, "P7");

        public static Box GetBox() => new(BoxId, 7);

        public static int? Raw([ID<Product>] int product) => product;

        public static int[] Many([ID<Product>] int[] products) => products;

        public static int? Input(ProductReference of) => of.Product;
    }

    internal sealed record ProductReference([ID<Product>] int Product);

    internal sealed record Product(int Id, string Name);

    [Node(IdField = nameof(Key))]
    internal sealed record Box([property: GraphQLIgnore] Guid Key, [property: ID<Product>] int Owner);

    internal readonly record struct BoxKey(Guid Value);

    [ObjectType<Product>]
    internal static class ProductNode
    {
        [NodeResolver]
        public static Task<Product?> GetProductByIdAsync(int id) =>
            Task.FromResult(id == 7 ? new Product(7, "P7") : null);
    }

    [ObjectType<Box>]
    internal static class BoxNode
    {
        [NodeResolver]
        public static Box? FindBox(Guid id) => id == BoxId ? new Box(id, 7) : null;
    }
}
