using Platform.GraphQL.Language;

namespace Platform.Tests.GraphQL.Language;

public class ParserTests
{
    [Theory]
    //          text                                line col message
    [InlineData("{", 1, 2, "Expected Name, found <EOF>.")]
    [InlineData("{}", 1, 2, "Expected Name, found \"}\".")]
    [InlineData("", 1, 1, "Unexpected <EOF>.")]
    [InlineData("{ ...MissingOn }\nfragment MissingOn Type", 2, 20, "Expected \"on\", found Name \"Type\".")]
    [InlineData("{ field: {} }", 1, 10, "Expected Name, found \"{\".")]
    [InlineData("notAnOperation Foo { field }", 1, 1, "Unexpected Name \"notAnOperation\".")]
    [InlineData("...", 1, 1, "Unexpected \"...\".")]
    [InlineData("{ \"\"", 1, 3, "Expected Name, found String \"\".")]
    [InlineData("query", 1, 6, "Expected \"{\", found <EOF>.")]
    [InlineData("query Foo($x: Complex = { a: { b: [ $var ] } }) { field }", 1, 37,
        "Unexpected variable \"$var\" in constant value.")]
    [InlineData("fragment on on on { on }", 1, 10, "Unexpected Name \"on\".")]
    [InlineData("{ ...on }", 1, 9, "Expected Name, found \"}\".")]
    [InlineData("\"nobody\" { a }", 1, 1,
        "Unexpected description, descriptions are not supported on shorthand queries.")]
    [InlineData("\"x\" extend type A { a: Int }", 1, 1,
        "Unexpected description, only GraphQL definitions support descriptions.")]
    [InlineData("type A implements { a: Int }", 1, 19, "Expected Name, found \"{\".")]
    [InlineData("extend type A", 1, 14, "Unexpected <EOF>.")]
    [InlineData("extend schema", 1, 14, "Unexpected <EOF>.")]
    [InlineData("enum E { true }", 1, 10, "Name \"true\" is reserved and cannot be used for an enum value.")]
    [InlineData("directive @a on FIELD | NOWHERE", 1, 25, "Unexpected Name \"NOWHERE\".")]
    [InlineData("schema { upside: Down }", 1, 10, "Unexpected Name \"upside\".")]
    [InlineData("type A { f(a: Int = $v): Int }", 1, 21, "Unexpected variable \"$v\" in constant value.")]
    [InlineData("input A { f(a: Int): Int }", 1, 12, "Expected \":\", found \"(\".")]
    public void A_text_that_is_no_document_is_refused_where_it_breaks(string text, int line, int column, string message)
    {
        var refused = Should.Throw<SyntaxException>(() => GraphQLDocument.Parse(text));
        refused.Message.ShouldBe($"Syntax Error: {message}");
        refused.Location.ShouldBe(new SourceLocation(line, column));
        refused.Fault.ShouldBe(SyntaxFault.Malformed);
    }

    [Fact]
    public void Names_of_one_document_are_interned()
    {
        var set = ((OperationDefinitionNode)GraphQLDocument.Parse("{ someName someName }").Definitions[0]).SelectionSet;
        var first = ((FieldNode)set.Selections[0]).Name.Value;
        var second = ((FieldNode)set.Selections[1]).Name.Value;
        ReferenceEquals(first, second).ShouldBeTrue();
    }

    [Fact]
    public void Descriptions_stand_before_operations_fragments_and_variables()
    {
        var document = GraphQLDocument.Parse(
            "\"one\" query Q(\"two\" $v: Int) { ...F }\n\"\"\"three\"\"\" fragment F on Q { a(v: $v) }");
        var operation = (OperationDefinitionNode)document.Definitions[0];
        operation.Description!.Value.ShouldBe("one");
        operation.VariableDefinitions[0].Description!.Value.ShouldBe("two");
        ((FragmentDefinitionNode)document.Definitions[1]).Description!.Value.ShouldBe("three");
    }

    [Fact]
    public void Keywords_are_ordinary_names_elsewhere()
    {
        string[] words = ["on", "fragment", "query", "mutation", "subscription", "true", "false", "type", "extend"];
        foreach (var word in words)
        {
            var fragment = word == "on" ? "f" : word;
            var text = $"query {word}(${word}: {word}) {{\n  ...{fragment}\n  ... on {word} {{\n    {word}({word}: ${word}) " +
                $"@{word}\n  }}\n}}";
            GraphQLDocument.Parse(text).ToString().ShouldBe(text);
        }
    }

    [Fact]
    public void Locations_are_lines_and_columns_of_the_text()
    {
        var document = GraphQLDocument.Parse("query A {\r\n  a\r  b(x: \"\U0001F600é\", y: 1)\n}");
        var operation = (OperationDefinitionNode)document.Definitions[0];
        var field = (FieldNode)operation.SelectionSet.Selections[1];
        field.Range.Location.ShouldBe(new SourceLocation(3, 3));
        field.Arguments[1].Range.Location.ShouldBe(new SourceLocation(3, 15));
        document.Counts.Fields.ShouldBe(2);
    }
}
