using System.Text.Json;
using Platform.GraphQL.Limits;

namespace Platform.Tests.GraphQL.Execution;

/// <summary>§6.1.2 Coercing Variable Values and §6.4.1 Coercing Field Arguments; messages are those of graphql-js.</summary>
public sealed class VariableCoercionTests
{
    private const string Sdl = """
        type Query { echo(i: Int, s: [String!], in: In, e: Colour, one: One, req: Int! = 7): String }
        input In { a: String b: String! = "dflt" c: [Int!] d: In }
        input One @oneOf { x: Int y: String }
        enum Colour { RED GREEN }
        """;

    private static TestServer NewServer() => new TestServer(Sdl).Resolve("Query.echo", (_, field) =>
        string.Join(' ', Enumerable.Range(0, field.Arguments.Count)
            .Where(field.Arguments.Has)
            .Select(i => $"{field.Arguments.Name(i)}={Show(field.Arguments[i])}")));

    [Theory]
    [InlineData("{ echo }", null, "req=7")]
    [InlineData("{ echo(i: null, req: 3) }", null, "i=null req=3")]
    [InlineData("query($i: Int) { echo(i: $i) }", "{}", "req=7")]
    [InlineData("query($i: Int) { echo(i: $i) }", """{"i":null}""", "i=null req=7")]
    [InlineData("query($i: Int = 5) { echo(i: $i) }", null, "i=5 req=7")]
    [InlineData("query($i: Int = 5) { echo(req: $i) }", "{}", "req=5")]
    [InlineData("query($s: [String!]) { echo(s: $s) }", """{"s":"one"}""", "s=[one] req=7")]
    [InlineData("query($s: [String!]) { echo(s: $s) }", """{"s":["a","b"]}""", "s=[a,b] req=7")]
    [InlineData("query($x: String!) { echo(s: [$x, \"z\"]) }", """{"x":"a"}""", "s=[a,z] req=7")]
    [InlineData("query($in: In) { echo(in: $in) }", """{"in":{"a":"x","d":{"b":"y","c":3}}}""", "in={a:x,b:dflt,d:{b:y,c:[3]}} req=7")]
    [InlineData("query($a: String) { echo(in: {a: $a, c: [1]}) }", "{}", "in={b:dflt,c:[1]} req=7")]
    [InlineData("query($e: Colour) { echo(e: $e) }", """{"e":"GREEN"}""", "e=GREEN req=7")]
    [InlineData("query($o: One) { echo(one: $o) }", """{"o":{"y":"k"}}""", "one={y:k} req=7")]
    public async Task Values_are_coerced_by_their_types(string document, string? variables, string expected) =>
        JsonDocument.Parse(await NewServer().Run(document, variables)).RootElement
            .GetProperty("data").GetProperty("echo").GetString().ShouldBe(expected);

    [Theory]
    [InlineData("query($i: Int!) { echo(i: $i) }", "{}", "Variable \"$i\" of required type \"Int!\" was not provided.")]
    [InlineData("query($i: Int!) { echo(i: $i) }", """{"i":null}""", "Variable \"$i\" of non-null type \"Int!\" must not be null.")]
    [InlineData("query($i: Int) { echo(i: $i) }", """{"i":"1"}""", "Variable \"$i\" got invalid value \"1\"; Int cannot represent non-integer value: \"1\"")]
    [InlineData("query($i: Int) { echo(i: $i) }", """{"i":3000000000}""", "Variable \"$i\" got invalid value 3000000000; Int cannot represent non 32-bit signed integer value: 3000000000")]
    [InlineData("query($s: [String!]) { echo(s: $s) }", """{"s":["a",null]}""", "Variable \"$s\" got invalid value null at \"s[1]\"; Expected non-nullable type \"String!\" not to be null.")]
    [InlineData("query($in: In) { echo(in: $in) }", """{"in":{"d":{"c":[1,"x"]}}}""", "Variable \"$in\" got invalid value \"x\" at \"in.d.c[1]\"; Int cannot represent non-integer value: \"x\"")]
    [InlineData("query($in: In) { echo(in: $in) }", """{"in":{"zz":1}}""", "Variable \"$in\" got invalid value { zz: 1 }; Field \"zz\" is not defined by type \"In\".")]
    [InlineData("query($in: In) { echo(in: $in) }", """{"in":"text"}""", "Variable \"$in\" got invalid value \"text\"; Expected type \"In\" to be an object.")]
    [InlineData("query($e: Colour) { echo(e: $e) }", """{"e":"BLUE"}""", "Variable \"$e\" got invalid value \"BLUE\"; Value \"BLUE\" does not exist in \"Colour\" enum.")]
    [InlineData("query($e: Colour) { echo(e: $e) }", """{"e":1}""", "Variable \"$e\" got invalid value 1; Enum \"Colour\" cannot represent non-string value: 1.")]
    [InlineData("query($o: One) { echo(one: $o) }", """{"o":{"x":1,"y":"k"}}""", "Variable \"$o\" got invalid value { x: 1, y: \"k\" }; Exactly one key must be specified for OneOf type \"One\".")]
    [InlineData("query($o: One) { echo(one: $o) }", """{"o":{"x":null}}""", "Variable \"$o\" got invalid value null at \"o.x\"; Field \"x\" must be non-null.")]
    public async Task A_wrong_value_stops_the_request(string document, string variables, string message)
    {
        var answer = JsonDocument.Parse(await NewServer().Run(document, variables)).RootElement;

        answer.TryGetProperty("data", out _).ShouldBeFalse();
        answer.GetProperty("errors")[0].GetProperty("message").GetString().ShouldBe(message);
        answer.GetProperty("errors")[0].GetProperty("locations")[0].GetProperty("column").GetInt32().ShouldBe(7);
    }

    // G-06
    [Theory]
    [InlineData("""{"s":"a\ud800"}""")]
    [InlineData("""{"s":["\udc00b"]}""")]
    public async Task Text_that_is_not_Unicode_is_refused(string variables) =>
        (await NewServer().Run("query($s: [String!]) { echo(s: $s) }", variables))
        .ShouldContain("Variable \\\"$s\\\" holds text that is not Unicode.");

    // G-50
    [Fact]
    public async Task A_property_given_twice_is_refused() =>
        (await NewServer().Run("query($in: In) { echo(in: $in) }", """{"in":{"a":"x","a":"y"}}"""))
        .ShouldContain("Field \\\"a\\\" is given more than once.");

    [Fact]
    public async Task Errors_of_variables_are_bounded()
    {
        var answer = await NewServer().Run("query($s: [String!]) { echo(s: $s) }", """{"s":[1,2,3,4,5,6,7,8,9]}""");

        JsonDocument.Parse(answer).RootElement.GetProperty("errors").GetArrayLength()
            .ShouldBe(GraphQLLimits.Default.MaxRequestErrors);
    }

    // G-04
    [Fact]
    public async Task Deep_variables_are_refused_used_or_not()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 70)) + string.Concat(Enumerable.Repeat("]", 70));
        var request = TestServer.Request("{ echo }") with
        {
            Variables = JsonDocument.Parse($$"""{"unused":{{deep}}}""", new JsonDocumentOptions { MaxDepth = 200 }).RootElement,
        };

        (await NewServer().Run(request)).ShouldContain("VARIABLES_DEPTH");
    }

    // G-59
    [Fact]
    public async Task Many_values_are_refused_used_or_not() =>
        (await NewServer().Run("{ echo }", $$"""{"unused":[{{string.Join(',', Enumerable.Repeat("1", 20_000))}}]}"""))
        .ShouldContain("VARIABLES_TOO_LARGE");

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => text,
        IEnumerable<KeyValuePair<string, object?>> map => $"{{{string.Join(',', map.Select(p => $"{p.Key}:{Show(p.Value)}"))}}}",
        object?[] list => $"[{string.Join(',', list.Select(Show))}]",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}
