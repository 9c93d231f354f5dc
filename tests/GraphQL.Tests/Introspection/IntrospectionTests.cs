using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Tests.GraphQL.Execution;

namespace Platform.Tests.GraphQL.Introspection;

/// <summary>§4.2</summary>
public class IntrospectionTests
{
    private const string Sdl = """"
        "All there is." schema { query: Query mutation: Mutation }
        "Where it begins."
        type Query implements Node { id: ID! node(id: ID!, deep: Boolean! = true): Node old: Int @deprecated list: [[Item!]]! any: Any pick(by: By = {sku: "x"}): Kind }
        type Mutation { nothing(a: Int @deprecated(reason: "unused"), b: Int): Boolean }
        interface Node { id: ID! }
        type Item implements Node { id: ID! }
        union Thing = Query | Item
        enum Kind { A B @deprecated(reason: "no more") }
        input By @oneOf { sku: String name: String }
        scalar Any @specifiedBy(url: "https://any")
        directive @d(x: Int, y: Int @deprecated) repeatable on FIELD | QUERY
        """";

    [Theory]
    //          selection                                            answer
    [InlineData("__schema { description queryType { name } mutationType { name } subscriptionType { name } }",
        """{"__schema":{"description":"All there is.","queryType":{"name":"Query"},"mutationType":{"name":"Mutation"},"subscriptionType":null}}""")]
    [InlineData("__type(name: \"Query\") { kind name description fields { name } interfaces { name } possibleTypes { name } }",
        """{"__type":{"kind":"OBJECT","name":"Query","description":"Where it begins.","fields":[{"name":"id"},{"name":"node"},{"name":"list"},{"name":"any"},{"name":"pick"}],"interfaces":[{"name":"Node"}],"possibleTypes":null}}""")]
    [InlineData("__type(name: \"Node\") { kind interfaces { name } possibleTypes { name } isOneOf }",
        """{"__type":{"kind":"INTERFACE","interfaces":[],"possibleTypes":[{"name":"Query"},{"name":"Item"}],"isOneOf":null}}""")]
    [InlineData("__type(name: \"Thing\") { kind fields { name } possibleTypes { name } }",
        """{"__type":{"kind":"UNION","fields":null,"possibleTypes":[{"name":"Query"},{"name":"Item"}]}}""")]
    [InlineData("__type(name: \"Kind\") { enumValues { name } all: enumValues(includeDeprecated: true) { name isDeprecated deprecationReason } }",
        """{"__type":{"enumValues":[{"name":"A"}],"all":[{"name":"A","isDeprecated":false,"deprecationReason":null},{"name":"B","isDeprecated":true,"deprecationReason":"no more"}]}}""")]
    [InlineData("__type(name: \"By\") { kind isOneOf inputFields { name type { name } defaultValue } }",
        """{"__type":{"kind":"INPUT_OBJECT","isOneOf":true,"inputFields":[{"name":"sku","type":{"name":"String"},"defaultValue":null},{"name":"name","type":{"name":"String"},"defaultValue":null}]}}""")]
    [InlineData("__type(name: \"Any\") { kind specifiedByURL }",
        """{"__type":{"kind":"SCALAR","specifiedByURL":"https://any"}}""")]
    [InlineData("__type(name: \"Mutation\") { fields { args { name } all: args(includeDeprecated: true) { name deprecationReason } } }",
        """{"__type":{"fields":[{"args":[{"name":"b"}],"all":[{"name":"a","deprecationReason":"unused"},{"name":"b","deprecationReason":null}]}]}}""")]
    [InlineData("__type(name: \"Nowhere\") { name }", """{"__type":null}""")]
    [InlineData("__typename", """{"__typename":"Query"}""")]
    public async Task A_schema_answers_about_itself(string selection, string answer)
    {
        await using var server = new TestServer(Sdl);
        var response = JsonNode.Parse(await server.Run($"{{ {selection} }}"))!;
        response["errors"].ShouldBeNull();
        response["data"]!.ToJsonString().ShouldBe(answer);
    }

    [Fact]
    public async Task Types_are_given_through_their_lists_and_non_nulls()
    {
        await using var server = new TestServer(Sdl);
        var response = JsonNode.Parse(await server.Run(
            "{ __type(name: \"Query\") { fields { name type { kind ofType { kind ofType { kind ofType { kind ofType { name } } } } } } } }"))!;
        var list = response["data"]!["__type"]!["fields"]!.AsArray().Single(f => f!["name"]!.ToString() == "list")!;
        list["type"]!.ToJsonString().ShouldBe(
            """{"kind":"NON_NULL","ofType":{"kind":"LIST","ofType":{"kind":"LIST","ofType":{"kind":"NON_NULL","ofType":{"name":"Item"}}}}}""");
    }

    [Fact]
    public async Task Defaults_and_directives_are_given_as_they_are_written()
    {
        await using var server = new TestServer(Sdl);
        var response = JsonNode.Parse(await server.Run(
            "{ __type(name: \"Query\") { fields { name args { name defaultValue } } } __schema { directives { name isRepeatable " +
            "locations args(includeDeprecated: true) { name } } } }"))!;
        var arguments = response["data"]!["__type"]!["fields"]!.AsArray().SelectMany(f => f!["args"]!.AsArray());
        arguments.Select(a => a!["defaultValue"]?.ToString()).ShouldBe([null, "true", "{sku: \"x\"}"]);
        var directives = response["data"]!["__schema"]!["directives"]!.AsArray();
        directives.Single(d => d!["name"]!.ToString() == "d")!.ToJsonString().ShouldBe(
            """{"name":"d","isRepeatable":true,"locations":["FIELD","QUERY"],"args":[{"name":"x"},{"name":"y"}]}""");
        directives.Select(d => d!["name"]!.ToString()).ShouldBeSubsetOf(
            ["d", "skip", "include", "deprecated", "specifiedBy", "oneOf", "defer", "stream"]);
    }

    [Fact]
    public async Task A_nested_variable_decides_for_each_request()
    {
        await using var server = new TestServer(Sdl);
        const string document = "query ($all: Boolean!) { __type(name: \"Kind\") { enumValues(includeDeprecated: $all) { name } } }";
        foreach (var (all, count) in new[] { ("true", 2), ("false", 1), ("true", 2) })
        {
            using var response = JsonDocument.Parse(await server.Run(document, $$"""{"all": {{all}}}"""));
            response.RootElement.GetProperty("data").GetProperty("__type").GetProperty("enumValues").GetArrayLength()
                .ShouldBe(count);
        }
    }
}
