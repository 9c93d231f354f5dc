using System.Globalization;
using Platform.Domain.Kernel;

namespace Platform.Intelligence.Workbench.Recipes;

/// <summary>
/// What a data team writes down of a model: what it decides, what it learns, what it may read and from when on, how it
/// is measured and what a new version must show. People edit it; nothing of a model is decided elsewhere.
/// </summary>
internal sealed record Recipe
{
    public required string Name { get; init; }

    /// <summary>The decision that the score serves, in a sentence.</summary>
    public required string Decides { get; init; }

    public required string Owner { get; init; }

    /// <summary>Moments in the order in which they come to pass; a fact is known from its moment on.</summary>
    public required IReadOnlyList<Moment> Moments { get; init; }

    /// <summary>The moment at which a row is scored: only what is known by then may be read.</summary>
    public required string ScoredAt { get; init; }

    public required RecipeLabel Label { get; init; }

    public required RecipeColumns Columns { get; init; }

    public required IReadOnlyList<RecipeFeature> Features { get; init; }

    public required RecipeSplit Split { get; init; }

    public required RecipeSettings Settings { get; init; }

    public required RecipeGates Gates { get; init; }

    public ulong Seed { get; init; }

    /// <summary>Columns whose values are measured by themselves: no group may pay for the mean.</summary>
    public IReadOnlyList<string> Slices { get; init; } = [];

    /// <summary>What the card must say besides its facts.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>The hash of the file's bytes.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What a model can read today; the others wait for their source.</summary>
    public IEnumerable<RecipeFeature> Present => Features.Where(feature => feature.Awaiting is null);
}

internal sealed record Moment(string Name, string Meaning);

/// <summary>What is learnt, since which moment it is known, and the table it waits for if that does not exist yet.</summary>
internal sealed record RecipeLabel(
    string Column, string Objective, string KnownAt, string Unit, string Definition, string? Observed, string? Positive,
    double? Quantile, string? Distribution, double? Scale, string? Awaiting);

/// <summary>Columns that order and group rows and are not learnt from.</summary>
internal sealed record RecipeColumns(string Time, string? Unit, string? Group, string? Weight);

/// <summary>One input: since when it is known, in which unit, and the table it waits for if that does not exist yet.</summary>
internal sealed record RecipeFeature(
    string Name, string KnownAt, string Unit, string Description, bool IsCategory, int Direction, string? Awaiting);

/// <summary>Shares of the rows in the order of time.</summary>
internal sealed record RecipeSplit(double Train, double Calibrate, double Test);

/// <summary>Settings of the learner; a list of several values is searched on the middle block, never on the last.</summary>
internal sealed record RecipeSettings
{
    public IReadOnlyList<int> Depth { get; init; } = [2];

    public IReadOnlyList<double> Eta { get; init; } = [0.1];

    public IReadOnlyList<double> MinChildWeight { get; init; } = [1];

    public IReadOnlyList<double> Lambda { get; init; } = [1];

    public double Subsample { get; init; } = 1;

    public double ColumnSample { get; init; } = 1;

    public int Trees { get; init; } = 600;

    public int Patience { get; init; } = 40;

    /// <summary>No group of rows may weigh more than this share of all: whoever delivers many rows does not write the model.</summary>
    public double MostInfluence { get; init; } = 1;
}

internal enum GateFigure
{
    LogLoss,
    AbsoluteError,
    Pinball,
}

/// <summary>What a version must show before it serves.</summary>
internal sealed record RecipeGates(GateFigure Figure, double MostSliceLoss, double? MostCalibrationError, bool NeedsTwoPeople);

/// <summary>One thing that is wrong in a recipe, and where.</summary>
internal sealed record RecipeFault(int Line, string What)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}: {What}");
}

internal sealed record RecipeRefused(string File, IReadOnlyList<RecipeFault> Faults) : DomainError
{
    public override string Message => $"{File} is not a recipe:\n  {string.Join("\n  ", Faults)}";
}
