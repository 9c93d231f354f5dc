using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Learning.Boosting;

/// <summary>
/// How to boost. The defaults are a glass box's neighbours: shallow trees and slow shrinkage. Depth 1 makes the model
/// additive (a lookup per feature), depth 2 adds pairs.
/// </summary>
internal sealed record BoosterOptions
{
    public required Loss Loss { get; init; }

    public int Trees { get; init; } = 300;

    public int Depth { get; init; } = 4;

    public double Eta { get; init; } = 0.1;

    public double MinChildWeight { get; init; } = 1;

    /// <summary>L2 and L1 on leaf weights, and the least gain of a split.</summary>
    public double Lambda { get; init; } = 1;

    public double Alpha { get; init; }

    public double Gamma { get; init; }

    /// <summary>Share of rows per tree, share of features per tree.</summary>
    public double Subsample { get; init; } = 1;

    public double ColumnSample { get; init; } = 1;

    public int MaxBins { get; init; } = 255;

    /// <summary>
    /// Rows that a category must weigh to be ordered by its own rate: below, its rate leans to the node's.
    /// High-cardinality codes would otherwise be learnt by heart.
    /// </summary>
    public double CategorySmoothing { get; init; } = 10;

    /// <summary>
    /// Gain that a set of categories must bring per category, in units of what noise brings. Without it, codes with
    /// hundreds of values crowd out better features; less than a tenth of noise's own gain (2/π per category) was the
    /// best compromise on public data; more helps where codes say little and hurts where they say much.
    /// </summary>
    public double CategoryPenalty { get; init; } = 0.05;

    /// <summary>Stop when the later block has not improved for so many trees; zero trains them all.</summary>
    public int EarlyStopping { get; init; }

    public ulong Seed { get; init; }

    public int Threads { get; init; } = 1;

    /// <summary>+1 rising, −1 falling, 0 free, by feature name.</summary>
    public IReadOnlyDictionary<string, int> Monotone { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public DomainError? Check(IReadOnlyList<Feature> features)
    {
        (string Name, double Value, double Least, double Most)[] bounds =
        [
            ("trees", Trees, 1, 10_000), ("depth", Depth, 1, 12), ("eta", Eta, 1e-6, 1),
            ("min-child-weight", MinChildWeight, 0, 1e12), ("lambda", Lambda, 0, 1e12), ("alpha", Alpha, 0, 1e12),
            ("gamma", Gamma, 0, 1e12), ("subsample", Subsample, 0.01, 1), ("colsample", ColumnSample, 0.01, 1),
            ("max-bins", MaxBins, 2, BinnedMatrix.MaxValueBins), ("early-stopping", EarlyStopping, 0, 10_000),
            ("threads", Threads, 1, 1024), ("category-smoothing", CategorySmoothing, 0, 1e6),
            ("category-penalty", CategoryPenalty, 0, 1e3),
        ];
        foreach (var (name, value, least, most) in bounds)
        {
            if (!(value >= least && value <= most))
            {
                return new OptionOutOfRange(name, value, least, most);
            }
        }

        foreach (var (name, direction) in Monotone)
        {
            var feature = features.FirstOrDefault(feature => feature.Name == name);
            if (feature is null || feature.IsCategorical || direction is < -1 or > 1)
            {
                return new MonotoneNotPossible(name, feature is null
                    ? "there is no such feature"
                    : feature.IsCategorical ? "categories have no order" : "the direction is +1, 0 or -1");
            }
        }

        return null;
    }
}

internal sealed record OptionOutOfRange(string Option, double Value, double Least, double Most) : DomainError
{
    public override string Message => FormattableString.Invariant(
        $"{Option} is {Value}; it must lie from {Least} to {Most}.");
}

internal sealed record MonotoneNotPossible(string Feature, string Reason) : DomainError
{
    public override string Message => $"{Feature} cannot be monotone: {Reason}.";
}
