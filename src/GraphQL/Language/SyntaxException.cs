namespace Platform.GraphQL.Language;

/// <summary>The text is not a GraphQL document, or is larger than the limits allow.</summary>
public sealed class SyntaxException : Exception
{
    internal SyntaxException(SourceText source, int position, string description, SyntaxFault fault)
        : base($"Syntax Error: {description}")
    {
        Source = source;
        Position = position;
        Fault = fault;
    }

    public new SourceText Source { get; }

    /// <summary>The offset in bytes of the first character that does not fit.</summary>
    public int Position { get; }

    public SyntaxFault Fault { get; }

    public SourceLocation Location => Source.LocationOf(Position);
}

/// <summary>Why a document was refused by the parser.</summary>
public enum SyntaxFault
{
    Malformed,
    TooLong,
    TooDeep,
    TooManyTokens,
    TooManyNodes,
    TooManyFields,
    TooManyDirectives,
}
