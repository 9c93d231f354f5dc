namespace Platform.GraphQL.Validation;

/// <summary>How thorough and how talkative validation is.</summary>
public sealed record ValidationOptions
{
    public static ValidationOptions Default { get; } = new();

    /// <summary>Every error, every location, all suggestions: for our own schema documents and for tests.</summary>
    public static ValidationOptions Unbounded { get; } = new()
    {
        MaxErrors = int.MaxValue,
        MaxLocations = int.MaxValue,
        MaxMergeComparisons = int.MaxValue,
        Suggestions = Suggestions.Shown,
    };

    /// <summary>Validation ends with this many errors.</summary>
    public int MaxErrors { get; init; } = 5;

    public int MaxLocations { get; init; } = 5;

    /// <summary>The work the rule of overlapping fields may do before the document is refused as too complex.</summary>
    public int MaxMergeComparisons { get; init; } = 50_000;

    /// <summary>Steps along fragment spreads that are not already known.</summary>
    public int MaxFragmentSteps { get; init; } = 50_000;

    /// <summary>"Did you mean …" tells the names of a schema: only for those who may read it.</summary>
    public Suggestions Suggestions { get; init; } = Suggestions.Hidden;
}

public enum Suggestions
{
    Hidden,
    Shown,
}
