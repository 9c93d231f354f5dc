using Platform.GraphQL.Language;

namespace Platform.Tests.GraphQL.Language;

public class SchemaCoordinateTests
{
    [Theory]
    [InlineData("Query")]
    [InlineData("Query.item")]
    [InlineData("Query.item(id:)")]
    [InlineData("@deprecated")]
    [InlineData("@deprecated(reason:)")]
    public void A_coordinate_prints_as_it_was_written(string text) =>
        SchemaCoordinate.Parse(text).ToString().ShouldBe(text);

    [Theory]
    [InlineData("Query.a.b", 8, "Expected <EOF>, found \".\".")]
    [InlineData("Query.a(", 9, "Expected Name, found <EOF>.")]
    [InlineData("Query.a(b)", 10, "Expected \":\", found \")\".")]
    [InlineData("Query a", 6, "Invalid character: \" \".")]
    [InlineData("@d.a", 3, "Expected <EOF>, found \".\".")]
    [InlineData("Query(a:)", 6, "Expected <EOF>, found \"(\".")]
    public void Anything_else_is_refused(string text, int column, string message)
    {
        var refused = Should.Throw<SyntaxException>(() => SchemaCoordinate.Parse(text));
        refused.Message.ShouldBe($"Syntax Error: {message}");
        refused.Location.ShouldBe(new SourceLocation(1, column));
    }
}
