namespace Platform.Tests.GraphQL.Validation;

/// <summary>§5.3.1</summary>
public class FieldsOnCorrectTypeTests : RuleTests
{
    [Theory]
    [InlineData("{ dog { __typename name } }")]
    [InlineData("{ pet { name } }")]
    [InlineData("{ catOrDog { __typename } }")]
    [InlineData("{ nowhere: dog { alias: name } }")]
    [InlineData("{ __schema { description } __type(name: \"Dog\") { name } }")]
    public void Known_fields_pass(string document) => Passes(document);

    [Theory]
    [InlineData("{ dog { unknown { deeper } } }", "Cannot query field \"unknown\" on type \"Dog\". @ 1:9")]
    [InlineData("{ dog { nam } }", "Cannot query field \"nam\" on type \"Dog\". Did you mean \"name\"? @ 1:9")]
    [InlineData("{ pet { nickname } }",
        "Cannot query field \"nickname\" on type \"Pet\". Did you mean to use an inline fragment on \"Cat\" or \"Dog\"? @ 1:9")]
    [InlineData("{ catOrDog { name } }",
        "Cannot query field \"name\" on type \"CatOrDog\". Did you mean to use an inline fragment on \"Pet\", \"Canine\", \"Cat\", or \"Dog\"? @ 1:14")]
    [InlineData("{ dog { __schema { description } } }", "Cannot query field \"__schema\" on type \"Dog\". @ 1:9")]
    public void Unknown_fields_fail(string document, string error) => Fails(document, error);
}

/// <summary>§5.3.3</summary>
public class ScalarLeafsTests : RuleTests
{
    [Fact]
    public void Leaves_without_and_objects_with_selections_pass() => Passes("{ dog { name } }");

    [Theory]
    [InlineData("{ dog { name { first } } }",
        "Field \"name\" must not have a selection since type \"String\" has no subfields. @ 1:14")]
    [InlineData("{ humans }",
        "Field \"humans\" of type \"[Human]\" must have a selection of subfields. Did you mean \"humans { ... }\"? @ 1:3")]
    public void The_opposite_fails(string document, string error) => Fails(document, error);
}

/// <summary>§5.3.2, and the attacks G-09 and G-10.</summary>
public class OverlappingFieldsCanBeMergedTests : RuleTests
{
    [Theory]
    [InlineData("{ dog { name name } }")]
    [InlineData("{ dog { otherName: name } dog { otherName: name nickname } }")]
    [InlineData("{ dog { doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: SIT) } }")]
    [InlineData("{ pet { ... on Dog { volume: barkVolume } ... on Cat { volume: meowVolume } } }")]
    [InlineData("{ pet { ... on Dog { x: name(surname: true) } ... on Cat { x: name(surname: false) } } }")]
    [InlineData("{ arguments { a: complex(value: {intField: 1, requiredField: true}) " +
        "a: complex(value: {requiredField: true, intField: 1}) } }")]
    [InlineData("{ dog { ...A ...B } } fragment A on Dog { name ...B } fragment B on Dog { name }")]
    public void Mergeable_selections_pass(string document) => Passes(document);

    [Theory]
    [InlineData("{ dog { name: nickname name } }",
        "Fields \"name\" conflict because \"nickname\" and \"name\" are different fields. Use different aliases on the " +
        "fields to fetch both if this was intentional. @ 1:9 1:24")]
    [InlineData("{ dog { doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: HEEL) } }",
        "Fields \"doesKnowCommand\" conflict because they have differing arguments. Use different aliases on the " +
        "fields to fetch both if this was intentional. @ 1:9 1:42")]
    [InlineData("{ pet { ... on Dog { x: barkVolume } ... on Cat { x: nickname } } }",
        "Fields \"x\" conflict because they return conflicting types \"Int\" and \"String\". Use different aliases on " +
        "the fields to fetch both if this was intentional. @ 1:22 1:51")]
    [InlineData("{ x: dog { n: name } x: dog { n: nickname } }",
        "Fields \"x\" conflict because subfields \"n\" conflict because \"name\" and \"nickname\" are different fields. " +
        "Use different aliases on the fields to fetch both if this was intentional. @ 1:3 1:12 1:22 1:31")]
    [InlineData("{ dog { ...A ...B } } fragment A on Dog { x: name } fragment B on Dog { x: nickname }",
        "Fields \"x\" conflict because \"name\" and \"nickname\" are different fields. Use different aliases on the " +
        "fields to fetch both if this was intentional. @ 1:43 1:73")]
    [InlineData("{ pet { ... on Pet { x: name(surname: true) } ... on Dog { x: name(surname: false) } } }",
        "Fields \"x\" conflict because they have differing arguments. Use different aliases on the fields to fetch " +
        "both if this was intentional. @ 1:22 1:60")]
    public void Conflicting_selections_fail(string document, string error) => Fails(document, error);

    [Fact]
    public void A_conflict_behind_two_levels_of_interfaces_is_found() => Fails(
        "{ pet { ... on Canine { m: mother { name } } ... on Dog { m: mother { name: barkVolume } } } }",
        "Fields \"m\" conflict because subfields \"name\" conflict because \"name\" and \"barkVolume\" are different " +
        "fields. Use different aliases on the fields to fetch both if this was intentional. @ 1:25 1:37 1:59 1:71");
}
