using Platform.GraphQL.Language;

namespace Platform.Tests.GraphQL.Language;

public class PrinterTests
{
    public static TheoryData<string> Fixed => new()
    {
        "{\n  a\n}",
        "query ($a: Int) {\n  a\n}",
        "query Q($a: [Int!]! = [1, 2] @d, $b: I = {x: 1.5, y: {z: E}}) @d(a: $b) {\n  b: a(x: \"\\u0000\\\"\") @skip(if: $a)\n}",
        "subscription {\n  ... @include(if: true) {\n    ...F @d\n  }\n}\n\n\"what\"\nfragment F on T @d {\n  a\n}",
        "{\n  trip(\n    wheelchair: false\n    arriveBy: false\n    includePlannedCancellations: true\n" +
            "    transitDistanceReluctance: 2000\n  ) {\n    a\n  }\n}",
        "schema @d {\n  query: Q\n  mutation: M\n}",
        "\"\"\"\nTwo\nlines\n\"\"\"\ntype A implements B & C @d {\n  \"\"\"f\"\"\"\n  f(a: Int = 1, b: [S] @x): T! @y\n" +
            "  g(\n    \"described\"\n    a: Int\n  ): Int\n}",
        "union U @d = A | B\n\nenum E {\n  A @d\n  B\n}\n\ninput I @oneOf {\n  a: Int\n}\n\nscalar S @specifiedBy(url: \"x\")",
        "directive @d(a: Int) repeatable on FIELD | QUERY",
        "enum E\n\nquery {\n  a\n}\n\n{\n  b\n}",
        "extend type A implements B\n\nextend union U = C\n\nextend schema @d\n\nextend scalar S @d\n\nextend input I @d",
    };

    [Theory]
    [MemberData(nameof(Fixed))]
    public void A_printed_document_prints_as_itself(string text) => GraphQLDocument.ParseSchema(text).ToString().ShouldBe(text);

    [Theory]
    [InlineData("")]
    [InlineData("one line")]
    [InlineData(" leading space")]
    [InlineData("ends with a quote\"")]
    [InlineData("ends with a slash\\")]
    [InlineData("has \"\"\" inside")]
    [InlineData("ends with \"\"\"")]
    [InlineData("two\nlines")]
    [InlineData("first\n  indented\n  all")]
    [InlineData("first\n  indented\nnot")]
    [InlineData("a line that is longer than seventy characters, so that it is spread over lines of its own")]
    public void A_block_string_says_its_value_at_any_depth(string value)
    {
        BlockString.CanSay(value).ShouldBeTrue();
        var node = new StringValueNode(value, StringForm.Block);
        ((StringValueNode)GraphQLDocument.ParseValue(node.ToString())).Value.ShouldBe(value);

        var field = new FieldNode(new NameNode("a")) { Arguments = [new ArgumentNode(new NameNode("b"), node)] };
        var document = new DocumentNode([new OperationDefinitionNode(
            OperationType.Query, null, new SelectionSetNode([field]))]);
        var read = (OperationDefinitionNode)GraphQLDocument.Parse(document.ToString()).Definitions[0];
        var argument = ((FieldNode)read.SelectionSet.Selections[0]).Arguments[0];
        ((StringValueNode)argument.Value).Value.ShouldBe(value);
    }

    [Theory]
    [InlineData("\nleading line")]
    [InlineData("trailing line\n")]
    [InlineData("  common\n  indent")]
    [InlineData("carriage\rreturn")]
    [InlineData("nul \0")]
    public void Some_texts_no_block_string_can_say(string value) => BlockString.CanSay(value).ShouldBeFalse();
}
