using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.GraphQL.Introspection;

/// <summary>`__search` and `__definitions`.</summary>
public class SemanticIntrospectionTests
{
    private const string Sdl = """
        type Query { orders(where: OrderFilter): [Order!]! supplier: Supplier }
        "What a customer wants to have."
        type Order { number: String! lines: [OrderLine!]! status: OrderStatus }
        type OrderLine { "How many are ordered." quantity: Int item: Item }
        type Item { sku: String! name: String supplier: Supplier }
        "Somebody who delivers goods to us." type Supplier { name: String leadTimeDays: Int }
        enum OrderStatus { OPEN "The goods left the warehouse." SHIPPED }
        input OrderFilter { status: OrderStatus }
        """;

    [Theory]
    //          words                    one of the two best
    [InlineData("order status", "OrderStatus")]
    [InlineData("lead time", "Supplier.leadTimeDays")]
    [InlineData("who delivers goods", "Supplier")]
    [InlineData("how many ordered", "OrderLine.quantity")]
    [InlineData("left the warehouse", "OrderStatus.SHIPPED")]
    public async Task The_best_matches_come_first(string words, string coordinate)
    {
        var results = await Search($"query: \"{words}\"", "coordinate score");
        results.Take(2).Select(hit => hit!["coordinate"]!.ToString()).ShouldContain(coordinate);
        results.Select(hit => hit!["score"]!.GetValue<double>()).ShouldBe(
            results.Select(hit => hit!["score"]!.GetValue<double>()).OrderDescending());
    }

    [Fact]
    public async Task A_result_tells_what_it_is_and_how_to_get_there()
    {
        var results = await Search(
            "query: \"sku\", first: 1",
            "coordinate definition { __typename ... on __Field { name type { ofType { name } } } } pathsToRoot");
        results.ToJsonString().ShouldBe(
            """[{"coordinate":"Item.sku","definition":{"__typename":"__Field","name":"sku","type":{"ofType":{"name":"String"}}},"pathsToRoot":[["Item.sku","OrderLine.item","Order.lines","Query.orders","Query"]]}]""");
    }

    [Fact]
    public async Task A_cursor_continues_where_the_page_ended()
    {
        var all = await Search("query: \"order\"", "coordinate cursor");
        all.Count.ShouldBeGreaterThan(3);
        var page = await Search($"query: \"order\", first: 2, after: \"{all[1]!["cursor"]}\"", "coordinate cursor");
        page.Select(hit => hit!["coordinate"]!.ToString())
            .ShouldBe(all.Skip(2).Take(2).Select(hit => hit!["coordinate"]!.ToString()));
        (await Search("query: \"order\", minScore: 1000", "coordinate")).Count.ShouldBe(0);
        (await Search("query: \"zebra\"", "coordinate")).Count.ShouldBe(0);
    }

    [Fact]
    public async Task Coordinates_give_their_definitions()
    {
        var response = await Run(
            "{ __definitions(coordinates: [\"Item\", \"Order.lines\", \"Query.orders(where:)\", \"OrderStatus.OPEN\", \"@skip\", " +
            "\"Nowhere\"]) { __typename ... on __Type { name } ... on __InputValue { input: name } ... on __Directive { directive: name } } }");
        response["errors"].ShouldBeNull(response.ToJsonString());
        response["data"]!["__definitions"]!.ToJsonString().ShouldBe(
            """[{"__typename":"__Type","name":"Item"},{"__typename":"__Field"},{"__typename":"__InputValue","input":"where"},{"__typename":"__EnumValue"},{"__typename":"__Directive","directive":"skip"}]""");
    }

    [Fact]
    public async Task G22_without_the_permission_nothing_is_searched()
    {
        var response = await Run("{ __search(query: \"order\") { coordinate } }", mayReadSchema: false);
        response["data"].ShouldBeNull();
        response["errors"]![0]!["extensions"]!["code"]!.ToString().ShouldBe(ErrorCodes.IntrospectionNotAllowed);
    }

    [Fact]
    public async Task Schemas_that_do_not_offer_it_do_not_know_the_fields()
    {
        var schema = Schema.FromSdl(Sdl);
        schema.FindType("__SearchResult").ShouldBeNull();
        schema.FindField(schema.QueryType!, "__search").ShouldBeNull();
        var response = await Run("{ __search(query: \"\") { coordinate } }", schema, mayReadSchema: true);
        response["errors"]![0]!["message"]!.ToString().ShouldStartWith("Cannot query field \"__search\"");
    }

    private static async Task<JsonArray> Search(string arguments, string selection)
    {
        var response = await Run($"{{ __search({arguments}) {{ {selection} }} }}");
        response["errors"].ShouldBeNull();
        return response["data"]!["__search"]!.AsArray();
    }

    private static Task<JsonNode> Run(string document) => Run(document, mayReadSchema: true);

    private static Task<JsonNode> Run(string document, bool mayReadSchema) =>
        Run(document, new SchemaBuilder().AddDocument(Sdl).AddSemanticIntrospection().Build(), mayReadSchema);

    private static async Task<JsonNode> Run(string document, Schema schema, bool mayReadSchema)
    {
        await using var executor = new RequestExecutor(schema, new RequestExecutorOptions());
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var result = await executor.ExecuteAsync(
            new OperationRequest { Document = Encoding.UTF8.GetBytes(document) },
            new RequestContext { Services = services, MayReadSchema = mayReadSchema });
        return JsonNode.Parse(System.Buffers.BuffersExtensions.ToArray(((OperationResult)result).Body))!;
    }
}
