namespace Platform.GraphQL.Conventions;

/// <summary>What <c>AddFiltering</c> may change.</summary>
public sealed record FilterOptions
{
    /// <summary>Adds <c>ieq</c>, <c>icontains</c>, <c>istartsWith</c> and <c>iendsWith</c> to texts.</summary>
    public bool CaseInsensitiveOperations { get; init; }

    /// <summary>Adds <c>isNull</c> to every operation input.</summary>
    public bool NullOperation { get; init; }

    /// <summary>How deep <c>and</c>, <c>or</c>, relations and lists may nest.</summary>
    public int MaxDepth { get; init; } = 5;

    /// <summary>How many comparisons one filter may have.</summary>
    public int MaxComparisons { get; init; } = 50;

    /// <summary>How many values one <c>in</c> or <c>nin</c> may have.</summary>
    public int MaxListValues { get; init; } = 500;
}
