namespace Platform.GraphQL.Language;

/// <summary>How large a document may be. Every count is finite; the parser stops at the first token beyond.</summary>
public sealed record ParserLimits
{
    /// <summary>For documents that clients send.</summary>
    public static ParserLimits Default { get; } = new();

    /// <summary>For schema documents, which we write ourselves: the largest public ones have 39,000 lines.</summary>
    public static ParserLimits SchemaDocument { get; } = new()
    {
        MaxBytes = 64 * 1024 * 1024,
        MaxTokens = 16_000_000,
        MaxNodes = 16_000_000,
        MaxFields = 4_000_000,
        MaxDirectives = 4_000_000,
        MaxDirectivesPerLocation = 256,
    };

    public int MaxBytes { get; init; } = 64 * 1024;

    /// <summary>Nested selections, values and type references together, on one path.</summary>
    public int MaxDepth { get; init; } = 64;

    public int MaxTokens { get; init; } = 8_000;

    public int MaxNodes { get; init; } = 15_000;

    /// <summary>Fields as written, before fragments are expanded.</summary>
    public int MaxFields { get; init; } = 1_000;

    public int MaxDirectives { get; init; } = 50;

    public int MaxDirectivesPerLocation { get; init; } = 4;
}
