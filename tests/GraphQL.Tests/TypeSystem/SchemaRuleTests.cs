using Platform.GraphQL.Execution;
using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.GraphQL.TypeSystem;

/// <summary>§3 The rules of type systems: each with schemas that pass and schemas that fail.</summary>
public class SchemaRuleTests
{
    [Theory]
    //          rule                      sdl
    [InlineData("root", "schema { query: Q mutation: M } type Q { a: Int } type M { a: Int }")]
    [InlineData("interfaces", "type Query { a: A } interface A { a: I } type B implements A { a: U! } interface I { x: Int }" +
        " type U implements I { x: Int! }")]
    [InlineData("interfaces of interfaces", "type Query implements B & A { a: Int } interface A { a: Int } " +
        "interface B implements A { a: Int }")]
    [InlineData("optional extra argument", "type Query implements A { a(x: Int, y: Int! = 1): Int } interface A { a(x: Int): Int }")]
    [InlineData("nullable input cycle", "type Query { a(i: I): Int } input I { i: I, l: [I!]! }")]
    [InlineData("default that ends", "type Query { a(i: I = {}): Int } input I { i: I = { i: null } }")]
    [InlineData("oneOf", "type Query { a(i: I = { x: 1 }): Int } input I @oneOf { x: Int y: Int }")]
    [InlineData("deprecated optional input", "type Query { a(i: Int! = 1 @deprecated): Int }")]
    public void Passes(string rule, string sdl) => Errors(sdl).ShouldBeEmpty(rule);

    [Theory]
    [InlineData("type A { a: Int }", "Query root type must be provided.")]
    [InlineData("schema { query: Q } input Q { a: Int }", "Query root type must be Object type, it cannot be Q.")]
    [InlineData("type Query { a: Int } schema { query: Query mutation: E } enum E { A }",
        "Mutation root type must be Object type if provided, it cannot be E.")]
    [InlineData("type Query { __a: Int }",
        "Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("type Query { a: Int } directive @d(a: Query) on FIELD",
        "The type of @d(a:) must be Input Type but got: Query.")]
    [InlineData("type Query { a: Int } directive @d(a: Int @d) on ARGUMENT_DEFINITION",
        "Directive @d cannot reference itself, directly or indirectly.")]
    [InlineData("type Query { a: I } input I { a: Int }", "The type of Query.a must be Output Type but got: I.")]
    [InlineData("type Query { a(x: [Query!]): Int }", "The type of Query.a(x:) must be Input Type but got: [Query!].")]
    [InlineData("type Query { a: A } type A", "Type A must define one or more fields.")]
    [InlineData("type Query implements B { a: Int } type B { a: Int }",
        "Type Query must only implement Interface types, it cannot implement B.")]
    [InlineData("type Query { a: Int } interface A implements A { a: Int }",
        "Type A cannot implement itself because it would create a circular reference.")]
    [InlineData("type Query implements A & A { a: Int } interface A { a: Int }", "Type Query can only implement A once.")]
    [InlineData("type Query implements B { a: Int } interface A { a: Int } interface B implements A { a: Int }",
        "Type Query must implement A because it is implemented by B.")]
    [InlineData("type Query implements A { a: Int } interface A { a: Int b: Int }",
        "Interface field A.b expected but Query does not provide it.")]
    [InlineData("type Query implements A { a: String } interface A { a: Int }",
        "Interface field A.a expects type Int but Query.a is type String.")]
    [InlineData("type Query implements A { a: Int } interface A { a: Int! }",
        "Interface field A.a expects type Int! but Query.a is type Int.")]
    [InlineData("type Query implements A { a: Int } interface A { a(x: Int): Int }",
        "Interface field argument A.a(x:) expected but Query.a does not provide it.")]
    [InlineData("type Query implements A { a(x: Int!): Int } interface A { a(x: Int): Int }",
        "Interface field argument A.a(x:) expects type Int but Query.a(x:) is type Int!.")]
    [InlineData("type Query implements A { a(x: Int!): Int } interface A { a: Int }",
        "Object field Query.a includes required argument x that is missing from the Interface field A.a.")]
    [InlineData("type Query implements A { a: Int @deprecated } interface A { a: Int }",
        "Interface field A.a is not deprecated, so implementation field Query.a must not be deprecated.")]
    [InlineData("type Query { a: U } union U", "Union type U must define one or more member types.")]
    [InlineData("type Query { a: U } union U = Query | Query", "Union type U can only include type Query once.")]
    [InlineData("type Query { a: U } union U = E enum E { A }",
        "Union type U can only include Object types, it cannot include E.")]
    [InlineData("type Query { a: E } enum E", "Enum type E must define one or more values.")]
    [InlineData("type Query { a(i: I): Int } input I", "Input Object type I must define one or more fields.")]
    [InlineData("type Query { a(i: I): Int } input I { q: Query }", "The type of I.q must be Input Type but got: Query.")]
    [InlineData("type Query { a(i: I): Int } input I @oneOf { a: Int! }", "OneOf input field I.a must be nullable.")]
    [InlineData("type Query { a(i: I): Int } input I @oneOf { a: Int = 1 }",
        "OneOf input field I.a cannot have a default value.")]
    [InlineData("type Query { a(i: I): Int } input I { j: J! } input J { i: I! }",
        "Cannot reference Input Object \"I\" within itself through a series of non-null fields: \"j.i\".")]
    [InlineData("type Query { a(i: Int! @deprecated): Int }", "Required argument Query.a(i:) cannot be deprecated.")]
    [InlineData("type Query { a(i: I): Int } input I { a: Int! @deprecated }",
        "Required input field I.a cannot be deprecated.")]
    [InlineData("type Query { a(i: Int = \"x\"): Int }",
        "Query.a(i:) has invalid default value: \"x\" is no value of type Int.")]
    [InlineData("type Query { a(i: I): Int } input I { i: I = {} }",
        "Invalid circular reference. The default value of Input Object field I.i references itself.")]
    [InlineData("type Query { a: Int @deprecated(reason: 1) }",
        "Argument \"reason\" of @deprecated at Query.a has invalid value 1.")]
    [InlineData("type Query { a: Nowhere }", "Unknown type \"Nowhere\".")]
    public void Fails(string sdl, string message) => Errors(sdl).ShouldContain(message);

    [Fact]
    public void Errors_point_into_the_document()
    {
        var errors = new List<GraphQLError>();
        new SchemaBuilder().AddDocument("type Query implements A { a: Int }\ninterface A {\n  a: Int!\n}").TryBuild(errors);
        errors.Single().Locations.Select(l => (l.Line, l.Column)).ShouldBe([(3, 6), (1, 30)]);
    }

    private static List<string> Errors(string sdl)
    {
        var errors = new List<GraphQLError>();
        new SchemaBuilder().AddDocument(sdl).TryBuild(errors);
        return [.. errors.Select(error => error.Message)];
    }
}
