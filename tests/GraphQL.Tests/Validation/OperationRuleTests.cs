namespace Platform.Tests.GraphQL.Validation;

/// <summary>§5.1.1</summary>
public class ExecutableDefinitionsTests : RuleTests
{
    [Fact]
    public void Operations_and_fragments_pass() => Passes("{ dog { ...F } } fragment F on Dog { name }");

    [Fact]
    public void Definitions_of_types_fail() => Fails(
        "{ dog { name } } type Cow { name: String } extend schema @onField",
        "The \"Cow\" definition is not executable. @ 1:18",
        "The schema definition is not executable. @ 1:44",
        "Directive \"@onField\" may not be used on SCHEMA. @ 1:58");
}

/// <summary>§5.2.1.1</summary>
public class KnownOperationTypesTests : RuleTests
{
    [Fact]
    public void Every_kind_with_a_root_type_passes() =>
        Passes("query A { dog { name } } mutation B { rename { name } } subscription C { barked { name } }");

    [Fact]
    public void A_kind_without_a_root_type_fails() => Platform.GraphQL.Validation.DocumentValidator.Validate(
        Platform.GraphQL.TypeSystem.Schema.FromSdl("type Query { a: Int }"),
        Platform.GraphQL.Language.GraphQLDocument.Parse("mutation { a }"),
        Platform.GraphQL.Validation.ValidationOptions.Default)
        .Single().Message.ShouldBe("The mutation operation is not supported by the schema.");
}

/// <summary>§5.2.2.1</summary>
public class UniqueOperationNamesTests : RuleTests
{
    [Fact]
    public void Different_names_pass() => Passes("query A { dog { name } } query B { dog { name } }");

    [Fact]
    public void One_name_twice_fails_whatever_the_kind() => Fails(
        "query A { dog { name } } mutation A { rename { name } }",
        "There can be only one operation named \"A\". @ 1:7 1:35");
}

/// <summary>§5.2.3.1</summary>
public class LoneAnonymousOperationTests : RuleTests
{
    [Fact]
    public void One_anonymous_operation_passes() => Passes("{ dog { ...F } } fragment F on Dog { name }");

    [Fact]
    public void An_anonymous_operation_beside_another_fails() => Fails(
        "{ dog { name } } query A { dog { name } }",
        "This anonymous operation must be the only defined operation. @ 1:1");
}

/// <summary>§5.2.4.1</summary>
public class SingleFieldSubscriptionsTests : RuleTests
{
    [Theory]
    [InlineData("subscription { barked { name } }")]
    [InlineData("subscription { ...F } fragment F on Subscription { barked { name } }")]
    [InlineData("subscription { barked { name } ... on Subscription { barked { nickname } } }")]
    public void One_root_field_passes(string document) => Passes(document);

    [Fact]
    public void Two_root_fields_fail() => Fails(
        "subscription S { barked { name } meowed { name } ...F } fragment F on Subscription { b: barked { name } }",
        "Subscription \"S\" must select only one top level field. @ 1:34 1:86");

    [Fact]
    public void An_introspection_field_fails() => Fails(
        "subscription { __typename }",
        "Anonymous Subscription must not select an introspection top level field. @ 1:16");

    [Fact]
    public void Conditions_at_the_root_fail() => Fails(
        "subscription S($b: Boolean!) { barked @include(if: $b) { name } }",
        "Subscription \"S\" must not use `@skip` or `@include` directives in the top level selection. @ 1:39");
}
