namespace Platform.GraphQL.Language;

/// <summary>The entrance to the language: text in, tree out.</summary>
public static class GraphQLDocument
{
    /// <exception cref="SyntaxException">The text is not a document, or larger than the limits.</exception>
    public static DocumentNode Parse(SourceText source, ParserLimits limits)
    {
        var parser = new Parser(source, limits);
        try
        {
            parser.Open();
            return parser.ParseDocument();
        }
        finally
        {
            parser.Dispose();
        }
    }

    public static DocumentNode Parse(ReadOnlyMemory<byte> utf8, ParserLimits limits) =>
        Parse(new SourceText(utf8), limits);

    public static DocumentNode Parse(string text) => Parse(SourceText.From(text), ParserLimits.Default);

    /// <summary>Reads a schema document, which may be as large as schemas become.</summary>
    public static DocumentNode ParseSchema(string text) => Parse(SourceText.From(text), ParserLimits.SchemaDocument);

    /// <summary>Reads one value; variables are allowed in it.</summary>
    public static ValueNode ParseValue(string text)
    {
        var parser = new Parser(SourceText.From(text), ParserLimits.Default);
        try
        {
            parser.Open();
            return parser.ParseWhole(parser.ParseAnyValue());
        }
        finally
        {
            parser.Dispose();
        }
    }

    /// <summary>Reads one value without variables.</summary>
    public static ValueNode ParseConstant(string text)
    {
        var parser = new Parser(SourceText.From(text), ParserLimits.Default);
        try
        {
            parser.Open();
            return parser.ParseWhole(parser.ParseConstantValue());
        }
        finally
        {
            parser.Dispose();
        }
    }

    /// <summary>Reads one type reference, as `[Int!]!`.</summary>
    public static TypeNode ParseType(string text)
    {
        var parser = new Parser(SourceText.From(text), ParserLimits.Default);
        try
        {
            parser.Open();
            return parser.ParseWhole(parser.ParseTypeReference());
        }
        finally
        {
            parser.Dispose();
        }
    }
}
