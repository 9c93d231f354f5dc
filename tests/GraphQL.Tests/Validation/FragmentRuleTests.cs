namespace Platform.Tests.GraphQL.Validation;

/// <summary>§5.5.1.1</summary>
public class UniqueFragmentNamesTests : RuleTests
{
    [Fact]
    public void Different_names_pass() =>
        Passes("{ dog { ...A ...B } } fragment A on Dog { name } fragment B on Dog { name }");

    [Fact]
    public void One_name_twice_fails() => Fails(
        "{ dog { ...A } } fragment A on Dog { name } fragment A on Dog { nickname }",
        "There can be only one fragment named \"A\". @ 1:27 1:54");
}

/// <summary>§5.5.1.2</summary>
public class KnownTypeNamesTests : RuleTests
{
    [Fact]
    public void Known_types_pass() => Passes("query ($a: [String!]!) { arguments { list(values: $a) } dog { ... on Pet { name } } }");

    [Fact]
    public void Unknown_types_fail() => Fails(
        "query ($a: Strin) { dog { ... on Cow { moos } ...F } } fragment F on Peat { name }",
        "Unknown type \"Strin\". Did you mean \"String\"? @ 1:12",
        "Unknown type \"Cow\". Did you mean \"Cat\" or \"Dog\"? @ 1:34",
        "Variable \"$a\" is never used. @ 1:8",
        "Unknown type \"Peat\". Did you mean \"Pet\" or \"Cat\"? @ 1:70");
}

/// <summary>§5.5.1.3</summary>
public class FragmentsOnCompositeTypesTests : RuleTests
{
    [Fact]
    public void Objects_interfaces_and_unions_pass() =>
        Passes("{ catOrDog { ... on Dog { name } ... on Pet { name } ... on CatOrDog { __typename } } }");

    [Fact]
    public void Others_fail() => Fails(
        "{ dog { ... on Boolean { x } ...F } } fragment F on ComplexInput { x }",
        "Fragment cannot condition on non composite type \"Boolean\". @ 1:16",
        "Fragment \"F\" cannot condition on non composite type \"ComplexInput\". @ 1:53");
}

/// <summary>§5.5.1.4</summary>
public class NoUnusedFragmentsTests : RuleTests
{
    [Fact]
    public void Fragments_reached_through_others_pass() =>
        Passes("{ dog { ...A } } fragment A on Dog { ...B } fragment B on Dog { name }");

    [Fact]
    public void Fragments_no_operation_reaches_fail() => Fails(
        "{ dog { name } } fragment A on Dog { ...B } fragment B on Dog { name }",
        "Fragment \"A\" is never used. @ 1:18",
        "Fragment \"B\" is never used. @ 1:45");
}

/// <summary>§5.5.2.1</summary>
public class KnownFragmentNamesTests : RuleTests
{
    [Fact]
    public void An_unknown_fragment_fails() =>
        Fails("{ dog { ...Nowhere } }", "Unknown fragment \"Nowhere\". @ 1:12");
}

/// <summary>§5.5.2.2 and the attack G-12.</summary>
public class NoFragmentCyclesTests : RuleTests
{
    [Fact]
    public void Spreading_twice_is_no_cycle() =>
        Passes("{ dog { ...A ...B } } fragment A on Dog { ...B } fragment B on Dog { name }");

    [Theory]
    [InlineData("{ dog { ...A } } fragment A on Dog { ...A name }",
        "Cannot spread fragment \"A\" within itself. @ 1:38")]
    [InlineData("{ dog { ...A } } fragment A on Dog { mother { ...A } }",
        "Cannot spread fragment \"A\" within itself. @ 1:47")]
    [InlineData("{ dog { ...A } } fragment A on Dog { ... { ...B } } fragment B on Dog { ...C } fragment C on Dog { ...A }",
        "Cannot spread fragment \"A\" within itself via \"B\", \"C\". @ 1:44 1:73 1:100")]
    [InlineData("subscription { barked { ...A } } fragment A on Dog { ...A name }",
        "Cannot spread fragment \"A\" within itself. @ 1:54")]
    public void G12_a_cycle_fails(string document, string error) => Fails(document, error);

    [Fact]
    public void G12_a_cycle_in_an_unused_fragment_fails() => Fails(
        "{ dog { name } } fragment A on Dog { ...A }",
        "Cannot spread fragment \"A\" within itself. @ 1:38",
        "Fragment \"A\" is never used. @ 1:18");
}

/// <summary>§5.5.2.3</summary>
public class PossibleFragmentSpreadsTests : RuleTests
{
    [Theory]
    [InlineData("{ dog { ... on Dog { name } } }")]
    [InlineData("{ dog { ... on Pet { name } } }")]
    [InlineData("{ pet { ... on Dog { name } } }")]
    [InlineData("{ pet { ... on CatOrDog { __typename } ... on Canine { name } } }")]
    public void Types_with_common_objects_pass(string document) => Passes(document);

    [Theory]
    [InlineData("{ dog { ... on Cat { name } } }",
        "Fragment cannot be spread here as objects of type \"Dog\" can never be of type \"Cat\". @ 1:9")]
    [InlineData("{ cat { ...F } } fragment F on Canine { name }",
        "Fragment \"F\" cannot be spread here as objects of type \"Cat\" can never be of type \"Canine\". @ 1:9")]
    [InlineData("{ humans { ... on Pet { name } } }",
        "Fragment cannot be spread here as objects of type \"Human\" can never be of type \"Pet\". @ 1:12")]
    public void Types_without_fail(string document, string error) => Fails(document, error);
}
