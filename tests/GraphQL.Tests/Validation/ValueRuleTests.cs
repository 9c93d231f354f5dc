namespace Platform.Tests.GraphQL.Validation;

/// <summary>§5.6.1, §5.6.2, §5.6.4</summary>
public class ValuesOfCorrectTypeTests : RuleTests
{
    [Theory]
    [InlineData("list(values: [\"a\", null])")]
    [InlineData("list(values: \"one\")")]
    [InlineData("id(value: 1) i: id(value: \"1\")")]
    [InlineData("float(value: 1)")]
    [InlineData("complex(value: {requiredField: true, nested: {requiredField: false}})")]
    [InlineData("anything(value: {a: [1, X, \"s\", {b: null}]})")]
    [InlineData("oneOf(value: {text: \"a\"})")]
    [InlineData("command(value: SIT)")]
    [InlineData("multiple(x: null)")]
    public void Values_of_the_type_pass(string field) => Passes($"{{ arguments {{ {field} }} }}");

    [Theory]
    [InlineData("multiple(x: \"1\")", "Int cannot represent non-integer value: \"1\" @ 1:27")]
    [InlineData("multiple(x: 2147483648)", "Int cannot represent non 32-bit signed integer value: 2147483648 @ 1:27")]
    [InlineData("required(x: null)", "Expected value of type \"Int!\", found null. @ 1:27")]
    [InlineData("list(values: [1, [2]])", "String cannot represent a non string value: 1 @ 1:29",
        "String cannot represent a non string value: [2] @ 1:32")]
    [InlineData("complex(value: 1)", "Expected value of type \"ComplexInput\", found 1. @ 1:30")]
    [InlineData("complex(value: [1])", "Expected value of type \"ComplexInput\", found [1]. @ 1:30")]
    [InlineData("complex(value: {intField: 1})",
        "Field \"ComplexInput.requiredField\" of required type \"Boolean!\" was not provided. @ 1:30")]
    [InlineData("complex(value: {requiredField: true, intFeld: 1})",
        "Field \"intFeld\" is not defined by type \"ComplexInput\". Did you mean \"intField\"? @ 1:52")]
    [InlineData("complex(value: {requiredField: null})", "Expected value of type \"Boolean!\", found null. @ 1:46")]
    [InlineData("command(value: \"SIT\")",
        "Enum \"DogCommand\" cannot represent non-enum value: \"SIT\". Did you mean the enum value \"SIT\"? @ 1:30")]
    [InlineData("command(value: JUMP)", "Value \"JUMP\" does not exist in \"DogCommand\" enum. @ 1:30")]
    [InlineData("oneOf(value: {})", "OneOf Input Object \"OneOf\" must specify exactly one key. @ 1:28")]
    [InlineData("oneOf(value: {text: \"a\", number: 1})",
        "OneOf Input Object \"OneOf\" must specify exactly one key. @ 1:28")]
    [InlineData("oneOf(value: {text: null})", "Field \"OneOf.text\" must be non-null. @ 1:28")]
    public void Other_values_fail(string field, params string[] errors) =>
        Fails($"{{ arguments {{ {field} }} }}", errors);

    [Fact]
    public void Defaults_of_variables_are_values_too() => Fails(
        "query ($a: Int = \"x\", $b: ComplexInput = {}) { arguments { multiple(x: $a) complex(value: $b) } }",
        "Int cannot represent non-integer value: \"x\" @ 1:18",
        "Field \"ComplexInput.requiredField\" of required type \"Boolean!\" was not provided. @ 1:42");
}

/// <summary>§5.6.3</summary>
public class UniqueInputFieldNamesTests : RuleTests
{
    [Fact]
    public void The_same_field_in_nested_objects_passes() =>
        Passes("{ arguments { complex(value: {requiredField: true, nested: {requiredField: true}}) } }");

    [Fact]
    public void A_field_given_twice_fails() => Fails(
        "{ arguments { anything(value: {a: 1, b: 2, a: 3}) complex(value: {requiredField: true, requiredField: true}) } }",
        "There can be only one input field named \"a\". @ 1:32 1:44",
        "There can be only one input field named \"requiredField\". @ 1:67 1:88");
}
