using Platform.GraphQL.Language;
using Platform.GraphQL.Validation;

namespace Platform.Tests.GraphQL.Validation;

/// <summary>The rules of schema documents, each with a document that fails it alone.</summary>
public class SchemaDocumentRuleTests
{
    [Fact]
    public void A_document_with_everything_passes() => Errors(
        "schema @tag(name: \"a\") { query: Q } extend schema { mutation: M } type Q { a(x: E = A): I } type M { b: U } " +
        "interface I { a: Int } union U = Q enum E { A } extend enum E { B } scalar S @specifiedBy(url: \"u\") " +
        "input N { a: N = {a: null} } directive @d(x: [N]) repeatable on OBJECT extend type Q @d @d(x: null) " +
        "extend union U = M extend input N { b: Int @deprecated } extend scalar S @tag(name: \"b\") " +
        "extend interface I { c: Int }").ShouldBeEmpty();

    [Theory]
    [InlineData("schema { query: A } schema { query: A } type A",
        "Must provide only one schema definition. @ 1:21",
        "There can be only one query type in schema. @ 1:10 1:30")]
    [InlineData("type A type A", "There can be only one type named \"A\". @ 1:6 1:13")]
    [InlineData("enum A { X } extend enum A { X }", "Enum value \"A.X\" can only be defined once. @ 1:10 1:30")]
    [InlineData("input A { x: Int } extend input A { x: Int }", "Field \"A.x\" can only be defined once. @ 1:11 1:37")]
    [InlineData("type A { f(x: Int, x: Int): Int }", "Argument \"A.f(x:)\" can only be defined once. @ 1:12 1:20")]
    [InlineData("directive @d(x: Int, x: Int) on FIELD directive @d on FIELD",
        "Argument \"@d(x:)\" can only be defined once. @ 1:14 1:22",
        "There can be only one directive named \"@d\". @ 1:12 1:50")]
    [InlineData("type A { f: Strin }", "Unknown type \"Strin\". Did you mean \"String\"? @ 1:13")]
    [InlineData("type A @x", "Unknown directive \"@x\". @ 1:8")]
    [InlineData("type A @deprecated", "Directive \"@deprecated\" may not be used on OBJECT. @ 1:8")]
    [InlineData("directive @d on OBJECT type A @d extend type A @d",
        "The directive \"@d\" can only be used once at this location. @ 1:31 1:48")]
    [InlineData("extend type A { x: Int }", "Cannot extend type \"A\" because it is not defined. @ 1:13")]
    [InlineData("enum A { X } extend type A { x: Int }", "Cannot extend non-object type \"A\". @ 1:1 1:14")]
    [InlineData("type A { f: Int @deprecated(why: \"x\") }",
        "Unknown argument \"why\" on directive \"@deprecated\". @ 1:29")]
    [InlineData("type A { f: Int @deprecated(reason: \"x\", reason: \"y\") }",
        "There can be only one argument named \"reason\". @ 1:29 1:42")]
    [InlineData("type A { f(x: A = {a: 1, a: 2}): Int }", "There can be only one input field named \"a\". @ 1:20 1:26")]
    [InlineData("scalar S @specifiedBy",
        "Directive \"@specifiedBy\" argument \"url\" of type \"String!\" is required, but it was not provided. @ 1:10")]
    public void A_document_that_breaks_a_rule_fails(string sdl, params string[] errors) => Errors(sdl).ShouldBe(errors);

    private static List<string> Errors(string sdl) =>
    [
        .. DocumentValidator.ValidateSchemaDocument(GraphQLDocument.ParseSchema(sdl), ValidationOptions.Unbounded)
            .Select(e => $"{e.Message} @ {string.Join(' ', e.Locations.Select(l => $"{l.Line}:{l.Column}"))}"),
    ];
}
