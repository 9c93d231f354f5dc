namespace Platform.Tests.GraphQL.Validation;

/// <summary>§5.4.1</summary>
public class KnownArgumentNamesTests : RuleTests
{
    [Fact]
    public void Known_arguments_pass() => Passes("{ dog { doesKnowCommand(dogCommand: SIT) @include(if: true) } }");

    [Theory]
    [InlineData("{ dog { doesKnowCommand(DogCommand: SIT) } }",
        "Unknown argument \"DogCommand\" on field \"Dog.doesKnowCommand\". Did you mean \"dogCommand\"? @ 1:25")]
    [InlineData("{ dog { name @include(if: true, unless: false) } }",
        "Unknown argument \"unless\" on directive \"@include\". @ 1:33")]
    public void Unknown_arguments_fail(string document, string error) => Fails(document, error);
}

/// <summary>§5.4.2</summary>
public class UniqueArgumentNamesTests : RuleTests
{
    [Fact]
    public void Different_arguments_pass() => Passes("{ arguments { multiple(x: 1, y: 2) } }");

    [Fact]
    public void An_argument_given_twice_fails() => Fails(
        "{ arguments { multiple(x: 1, y: 2, x: 3, x: 4) } dog { name @many(times: 1, times: 2) } }",
        "There can be only one argument named \"x\". @ 1:24 1:36 1:42",
        "There can be only one argument named \"times\". @ 1:67 1:77");
}

/// <summary>§5.4.3</summary>
public class ProvidedRequiredArgumentsTests : RuleTests
{
    [Theory]
    [InlineData("{ arguments { required(x: 1) withDefault multiple(y: 1) } }")]
    [InlineData("query ($x: Int!) { arguments { required(x: $x) } }")]
    public void Required_arguments_that_are_given_pass(string document) => Passes(document);

    [Theory]
    [InlineData("{ arguments { required } }",
        "Field \"required\" argument \"x\" of type \"Int!\" is required, but it was not provided. @ 1:15")]
    [InlineData("{ dog { name @include } }",
        "Directive \"@include\" argument \"if\" of type \"Boolean!\" is required, but it was not provided. @ 1:14")]
    public void Required_arguments_that_are_missing_fail(string document, string error) => Fails(document, error);
}
