namespace Platform.Tests.GraphQL.Validation;

/// <summary>§5.8.1</summary>
public class UniqueVariableNamesTests : RuleTests
{
    [Fact]
    public void A_variable_declared_twice_fails() => Fails(
        "query ($x: Int, $y: Int, $x: Int) { arguments { multiple(x: $x, y: $y) } }",
        "There can be only one variable named \"$x\". @ 1:9 1:27");
}

/// <summary>§5.8.2</summary>
public class VariablesAreInputTypesTests : RuleTests
{
    [Fact]
    public void Output_types_fail() => Fails(
        "query ($a: Dog, $b: [[CatOrDog!]]!) { arguments { anything(value: [$a, $b]) } }",
        "Variable \"$a\" cannot be non-input type \"Dog\". @ 1:12",
        "Variable \"$b\" cannot be non-input type \"[[CatOrDog!]]!\". @ 1:21",
        "Variable \"$a\" of type \"Dog\" used in position expecting type \"Anything\". @ 1:8 1:68",
        "Variable \"$b\" of type \"[[CatOrDog!]]!\" used in position expecting type \"Anything\". @ 1:17 1:72");
}

/// <summary>§5.8.3</summary>
public class NoUndefinedVariablesTests : RuleTests
{
    [Fact]
    public void Variables_of_a_fragment_are_declared_by_the_operation() =>
        Passes("query ($x: Int) { arguments { ...F } } fragment F on Arguments { multiple(x: $x) }");

    [Fact]
    public void Undeclared_variables_fail() => Fails(
        "query Q { arguments { a: multiple(x: $x) ...F } } fragment F on Arguments { multiple(x: 1, y: $y) }",
        "Variable \"$x\" is not defined by operation \"Q\". @ 1:38 1:1",
        "Variable \"$y\" is not defined by operation \"Q\". @ 1:95 1:1");
}

/// <summary>§5.8.4</summary>
public class NoUnusedVariablesTests : RuleTests
{
    [Fact]
    public void A_variable_nobody_uses_fails() => Fails(
        "query Q($x: Int, $y: Int) { arguments { multiple(x: $x) } }",
        "Variable \"$y\" is never used in operation \"Q\". @ 1:18");
}

/// <summary>§5.8.5</summary>
public class VariablesInAllowedPositionTests : RuleTests
{
    [Theory]
    [InlineData("query ($x: Int!) { arguments { multiple(x: $x) } }")]
    [InlineData("query ($x: Int = 1) { arguments { required(x: $x) } }")]
    [InlineData("query ($x: Int) { arguments { withDefault(x: $x) } }")]
    [InlineData("query ($x: String) { arguments { list(values: [$x]) } }")]
    [InlineData("query ($x: Int!) { arguments { oneOf(value: {number: $x}) } }")]
    public void Fitting_variables_pass(string document) => Passes(document);

    [Theory]
    [InlineData("query ($x: Int) { arguments { required(x: $x) } }",
        "Variable \"$x\" of type \"Int\" used in position expecting type \"Int!\". @ 1:8 1:43")]
    [InlineData("query ($x: Int = null) { arguments { required(x: $x) } }",
        "Variable \"$x\" of type \"Int\" used in position expecting type \"Int!\". @ 1:8 1:50")]
    [InlineData("query ($x: String) { arguments { list(values: $x) } }",
        "Variable \"$x\" of type \"String\" used in position expecting type \"[String]\". @ 1:8 1:47")]
    [InlineData("query ($x: [String]) { arguments { nonNullList(values: $x) } }",
        "Variable \"$x\" of type \"[String]\" used in position expecting type \"[String!]\". @ 1:8 1:56")]
    [InlineData("query ($x: Int) { arguments { oneOf(value: {number: $x}) } }",
        "Variable \"$x\" is of type \"Int\" but must be non-nullable to be used for OneOf Input Object \"OneOf\". @ 1:8 1:53")]
    [InlineData("query ($x: Boolean) { dog { name @include(if: $x) } }",
        "Variable \"$x\" of type \"Boolean\" used in position expecting type \"Boolean!\". @ 1:8 1:47")]
    public void G14_others_fail(string document, string error) => Fails(document, error);
}
