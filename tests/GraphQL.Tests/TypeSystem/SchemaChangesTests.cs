using Platform.GraphQL.TypeSystem;
using Platform.GraphQL.TypeSystem.Changes;

namespace Platform.Tests.GraphQL.TypeSystem;

public class SchemaChangesTests
{
    [Theory]
    //          older                              newer                               changes
    [InlineData("type Query { a: Int b: Int }", "type Query { a: Int }", "breaking: Query.b was removed.")]
    [InlineData("type Query { a: Int }", "type Query { a: Int b: Int }", "safe: Query.b was added.")]
    [InlineData("type Query { a: Int }", "type Query { a: Int! }")]
    [InlineData("type Query { a: Int! }", "type Query { a: Int }", "breaking: Query.a changed type from Int! to Int.")]
    [InlineData("type Query { a(x: Int): Int }", "type Query { a(x: Int!): Int }",
        "breaking: Query.a arg x has changed type from Int to Int!.")]
    [InlineData("type Query { a(x: Int!): Int }", "type Query { a(x: Int): Int }")]
    [InlineData("type Query { a: Int }", "type Query { a(x: Int): Int }", "dangerous: An optional arg x on Query.a was added.")]
    [InlineData("type Query { a: Int }", "type Query { a(x: Int!): Int }", "breaking: A required arg x on Query.a was added.")]
    [InlineData("type Query { a(x: Int = 1): Int }", "type Query { a(x: Int = 2): Int }",
        "dangerous: Query.a arg x has changed defaultValue from 1 to 2.")]
    [InlineData("type Query { a(x: I = {b: 1, a: 2}): Int } input I { a: Int b: Int }",
        "type Query { a(x: I = {a: 2, b: 1}): Int } input I { a: Int b: Int }")]
    [InlineData("type Query { a: E } enum E { A B }", "type Query { a: E } enum E { A C }",
        "dangerous: C was added to enum type E.", "breaking: B was removed from enum type E.")]
    [InlineData("type Query { a: U } union U = A type A { a: Int } type B { a: Int }",
        "type Query { a: U } union U = B type A { a: Int } type B { a: Int }",
        "dangerous: B was added to union type U.", "breaking: A was removed from union type U.")]
    [InlineData("type Query { a(i: I): Int } input I { a: Int }", "type Query { a(i: I): Int } input I { a: Int b: Int! c: Int }",
        "breaking: A required field b on input type I was added.", "dangerous: An optional field c on input type I was added.")]
    [InlineData("type Query { a: A } type A { a: Int }", "type Query { a: A } interface A { a: Int }",
        "breaking: A changed from an Object type to an Interface type.")]
    [InlineData("type Query { a: Int } directive @d(x: Int) repeatable on FIELD | QUERY", "type Query { a: Int } directive @d(y: Int!) on FIELD",
        "breaking: A required arg y on directive d was added.", "breaking: x was removed from d.",
        "breaking: Repeatable flag was removed from d.", "breaking: QUERY was removed from d.")]
    [InlineData("type Query { a: Int }", "type Query { a: Int @deprecated }", "safe: Query.a was deprecated.")]
    [InlineData("schema { query: Q } type Q { a: Int }", "schema { query: R } type R { a: Int } type Q { a: Int }",
        "breaking: The query root type is no longer Q.", "safe: R was added.")]
    public void A_change_is_told_with_what_it_does_to_clients(string older, string newer, params string[] changes) =>
        SchemaChanges.Between(Schema.FromSdl(older), Schema.FromSdl(newer)).Select(change => change.ToString())
            .ShouldBe(changes);
}
