namespace Platform.Tests.GraphQL.Validation;

/// <summary>§5.7.1, §5.7.2, and the attack G-14.</summary>
public class KnownDirectivesTests : RuleTests
{
    [Fact]
    public void Directives_in_their_places_pass() =>
        Passes("query @onQuery { dog @onField { ... @include(if: true) { name @skip(if: false) } } }");

    [Fact]
    public void Unknown_and_misplaced_directives_fail() => Fails(
        "query @onField { dog @unknown(x: 1) { name @onQuery @deprecated } }",
        "Directive \"@onField\" may not be used on QUERY. @ 1:7",
        "Unknown directive \"@unknown\". @ 1:22",
        "Directive \"@onQuery\" may not be used on FIELD. @ 1:44",
        "Directive \"@deprecated\" may not be used on FIELD. @ 1:53");
}

/// <summary>§5.7.3, and the attack G-13.</summary>
public class UniqueDirectivesPerLocationTests : RuleTests
{
    [Fact]
    public void Repeatable_directives_repeat() => Passes("{ dog { name @many(times: 1) @many(times: 2) } }");

    [Fact]
    public void Others_do_not() => Fails(
        "{ dog { name @onField @onField @skip(if: true) @skip(if: false) } }",
        "The directive \"@onField\" can only be used once at this location. @ 1:14 1:23",
        "The directive \"@skip\" can only be used once at this location. @ 1:32 1:48");
}

/// <summary>Incremental delivery: four rules of the reference implementation's next edition.</summary>
public class IncrementalDeliveryRuleTests : RuleTests
{
    [Theory]
    [InlineData("{ humans @stream(initialCount: 1) { name } ... @defer(label: \"a\") { dog { name } } }")]
    [InlineData("mutation { rename { ... @defer { name } } }")]
    [InlineData("subscription ($b: Boolean) { barked { ... @defer(if: $b) { name } ... @defer(if: false) { name } } }")]
    public void Deferring_and_streaming_in_its_place_passes(string document) => Passes(document);

    [Theory]
    [InlineData("{ dog @stream { name } }", "Directive \"@stream\" cannot be used on non-list field \"Query.dog\". @ 1:7")]
    [InlineData("mutation { ... @defer { rename { name } } }",
        "Defer directive cannot be used on root mutation type \"Mutation\". @ 1:16")]
    [InlineData("subscription { barked { ... @defer { name } } }",
        "Defer directive not supported on subscription operations. Disable `@defer` by setting the `if` argument to " +
        "`false`. @ 1:29")]
    [InlineData("query ($l: String) { ... @defer(label: $l) { dog { name } } }",
        "Argument \"@defer(label:)\" must be a static string. @ 1:26")]
    [InlineData("{ ... @defer(label: \"a\") { dog { name } } humans @stream(label: \"a\") { name } }",
        "Value for arguments \"defer(label:)\" and \"stream(label:)\" must be unique across all Defer/Stream directive " +
        "usages. @ 1:7 1:50")]
    public void Elsewhere_it_fails(string document, string error) => Fails(document, error);
}

/// <summary>The attack G-16.</summary>
public class MaxIntrospectionDepthTests : RuleTests
{
    [Fact]
    public void The_query_of_tools_passes() => Passes(
        "{ __schema { types { fields { args { type { ofType { ofType { name } } } } } interfaces { name } } } }");

    [Theory]
    [InlineData("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }", 3)]
    [InlineData("{ __type(name: \"Dog\") { ...F } } fragment F on __Type { fields { type { interfaces { ...G } } } } " +
        "fragment G on __Type { inputFields { name } }", 3)]
    public void G16_going_round_in_circles_fails(string document, int column) =>
        Fails(document, $"Maximum introspection depth exceeded @ 1:{column}");
}
