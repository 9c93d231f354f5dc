using Platform.GraphQL.Language;

namespace Platform.Tests.GraphQL.Language;

public class LexerTests
{
    [Theory]
    //          literal                     meaning
    [InlineData("\"\"", "")]
    [InlineData("\"simple\"", "simple")]
    [InlineData("\" white space \"", " white space ")]
    [InlineData("\"quote \\\"\"", "quote \"")]
    [InlineData("\"escaped \\n\\r\\b\\t\\f\"", "escaped \n\r\b\t\f")]
    [InlineData("\"slashes \\\\ \\/\"", "slashes \\ /")]
    [InlineData("\"\\u1234\\u5678\\u90AB\\uCDEF\"", "\u1234\u5678\u90AB\uCDEF")]
    [InlineData("\"\\u{1234}\\u{5678}\"", "\u1234\u5678")]
    [InlineData("\"\\u{1F600}\"", "\U0001F600")]
    [InlineData("\"\\u{00000000}\"", "\0")]
    [InlineData("\"\\uD83D\\uDE00\"", "\U0001F600")]
    [InlineData("\"\U0001F600 as is\"", "\U0001F600 as is")]
    [InlineData("\"a \u0007 control character\"", "a \u0007 control character")]
    [InlineData("\"\"\"block\"\"\"", "block")]
    [InlineData("\"\"\"a \\\"\"\" quote\"\"\"", "a \"\"\" quote")]
    [InlineData("\"\"\"raw \\n \\u1234\"\"\"", "raw \\n \\u1234")]
    [InlineData("\"\"\"\n\n      Hello,\n        World!\n\n      Yours,\n        GraphQL.\n\n    \"\"\"",
        "Hello,\n  World!\n\nYours,\n  GraphQL.")]
    [InlineData("\"\"\"multi\rline\r\nends\"\"\"", "multi\nline\nends")]
    [InlineData("\"\"\" \n \t \"\"\"", "")]
    public void A_string_literal_means(string literal, string meaning) =>
        GraphQLDocument.ParseValue(literal).ShouldBeOfType<StringValueNode>().Value.ShouldBe(meaning);

    [Theory]
    //          text              line col message
    [InlineData("\"", 1, 2, "Unterminated string.")]
    [InlineData("\"multi\nline\"", 1, 7, "Unterminated string.")]
    [InlineData("\"bad \\z esc\"", 1, 6, "Invalid character escape sequence: \"\\z\".")]
    [InlineData("\"bad \\u1 esc\"", 1, 6, "Invalid Unicode escape sequence: \"\\u1 es\".")]
    [InlineData("\"bad \\uD83D\"", 1, 6, "Invalid Unicode escape sequence: \"\\uD83D\".")]
    [InlineData("\"bad \\uDE00\\uD83D\"", 1, 6, "Invalid Unicode escape sequence: \"\\uDE00\".")]
    [InlineData("\"bad \\u{} esc\"", 1, 6, "Invalid Unicode escape sequence: \"\\u{}\".")]
    [InlineData("\"bad \\u{110000} esc\"", 1, 6, "Invalid Unicode escape sequence: \"\\u{110000}\".")]
    [InlineData("\"bad \\u{D800} esc\"", 1, 6, "Invalid Unicode escape sequence: \"\\u{D800}\".")]
    [InlineData("\"bad \\u{FFFFFFFFF} esc\"", 1, 6, "Invalid Unicode escape sequence: \"\\u{FFFFFFFF\".")]
    [InlineData("\"\"\"never closed", 1, 16, "Unterminated string.")]
    [InlineData("00", 1, 2, "Invalid number, unexpected digit after 0: \"0\".")]
    [InlineData("+1", 1, 1, "Unexpected character: \"+\".")]
    [InlineData("1.", 1, 3, "Invalid number, expected digit but got: <EOF>.")]
    [InlineData("1e", 1, 3, "Invalid number, expected digit but got: <EOF>.")]
    [InlineData("1.2e3e", 1, 6, "Invalid number, expected digit but got: \"e\".")]
    [InlineData("0xF1", 1, 2, "Invalid number, expected digit but got: \"x\".")]
    [InlineData("-A", 1, 2, "Invalid number, expected digit but got: \"A\".")]
    [InlineData("..", 1, 1, "Unexpected character: \".\".")]
    [InlineData("~", 1, 1, "Unexpected character: \"~\".")]
    [InlineData("'single'", 1, 1, "Unexpected single quote character ('), did you mean to use a double quote (\")?")]
    [InlineData("\u203B", 1, 1, "Unexpected character: U+203B.")]
    [InlineData("\"\U0001F600\" \u0003", 1, 6, "Unexpected character: U+0003.")]
    public void A_text_that_is_no_token_is_refused_where_it_breaks(string text, int line, int column, string message)
    {
        var refused = Should.Throw<SyntaxException>(() => GraphQLDocument.ParseValue(text));
        refused.Message.ShouldBe($"Syntax Error: {message}");
        refused.Location.ShouldBe(new SourceLocation(line, column));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_at_the_first_of_them()
    {
        byte[] text = [.. "{ a "u8, 0xC3, 0x28, .. "}"u8];
        var refused = Should.Throw<SyntaxException>(() => GraphQLDocument.Parse(text, ParserLimits.Default));
        refused.Position.ShouldBe(4);
    }

    [Fact]
    public void Commas_comments_and_byte_order_marks_mean_nothing()
    {
        var document = GraphQLDocument.Parse("\uFEFF,,# a comment\r\n{ a,\uFEFF b # another\n}");
        document.ToString().ShouldBe("{\n  a\n  b\n}");
    }
}
