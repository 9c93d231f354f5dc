using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Learning.Trees;

/// <summary>A sum of trees above a constant, and what it needs to be read elsewhere: the content of a model file.</summary>
internal sealed class BoostedModel
{
    public required Objective Objective { get; init; }

    /// <summary>In the space of predictions (a probability for logistic), exactly as single precision holds it.</summary>
    public required float BaseScore { get; init; }

    public required IReadOnlyList<Feature> Features { get; init; }

    public required IReadOnlyList<Tree> Trees { get; init; }

    /// <summary>Free text that travels with the model, by key in ordinal order.</summary>
    public required SortedDictionary<string, string> Attributes { get; init; }

    /// <summary>False for a file that names no features: then they are f0, f1, … and the file stays without names.</summary>
    public bool NamesFeatures { get; init; } = true;

    /// <summary>The types of the file in its own words (q, float, int, i, c), or empty.</summary>
    public IReadOnlyList<string> FeatureTypes { get; init; } = [];

    /// <summary>A flag of the file without meaning for evaluation; kept for the round trip.</summary>
    public bool BoostsFromAverage { get; init; }

    public float BaseMargin => Objective.ToMargin(BaseScore);
}
