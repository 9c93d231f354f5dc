using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.Tables;
using Platform.Intelligence.Workbench.Recipes;

namespace Platform.Intelligence.Workbench.Fitting;

/// <summary>What a person asks of <c>ml fit</c>. What is null is chosen by the data.</summary>
internal sealed record FitRequest
{
    public required string Csv { get; init; }

    public required string Label { get; init; }

    public string? Objective { get; init; }

    public double Quantile { get; init; } = 0.5;

    public string Distribution { get; init; } = "normal";

    public double Scale { get; init; } = 1;

    /// <summary>For survival: the column that is 1 where the outcome was observed and 0 where it is still open.</summary>
    public string? Observed { get; init; }

    /// <summary>Of a label with two words, the one that is sought.</summary>
    public string? Positive { get; init; }

    public string? Time { get; init; }

    public string? Unit { get; init; }

    public string? Weight { get; init; }

    public IReadOnlyList<string> Categorical { get; init; } = [];

    public IReadOnlyList<string> Ignore { get; init; } = [];

    public IReadOnlyList<string> Features { get; init; } = [];

    public IReadOnlyDictionary<string, int> Monotone { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public int? Depth { get; init; }

    public int? Trees { get; init; }

    public double Eta { get; init; } = 0.1;

    public double MinChildWeight { get; init; } = 1;

    public double Lambda { get; init; } = 1;

    public double Alpha { get; init; }

    public double Gamma { get; init; }

    public double Subsample { get; init; } = 1;

    public double ColumnSample { get; init; } = 1;

    public int? EarlyStopping { get; init; }

    /// <summary>Settings to choose from on the middle block; without any, the depth alone is chosen.</summary>
    public IReadOnlyList<SearchedSettings> Search { get; init; } = [];

    /// <summary>Shares of the rows to learn from, to calibrate on and to measure on.</summary>
    public (double Train, double Calibrate, double Test) Shares { get; init; } = (0.7, 0.15, 0.15);

    /// <summary>The column whose values are sources of rows, and the share of all weight that one of them may have.</summary>
    public string? Source { get; init; }

    public double MostInfluence { get; init; } = 1;

    /// <summary>Columns by whose values the figures are repeated.</summary>
    public IReadOnlyList<string> Slices { get; init; } = [];

    /// <summary>What the request was made from, if a recipe was.</summary>
    public RecipeOrigin? Recipe { get; init; }

    public ulong Seed { get; init; }

    public int Threads { get; init; } = 1;

    /// <summary>The model that is kept has seen only the first block; by default it is refitted on all rows.</summary>
    public bool KeepsHoldout { get; init; }

    public required string Out { get; init; }
}

internal sealed record SearchedSettings(int Depth, double Eta, double MinChildWeight, double Lambda);

/// <summary>The recipe behind a fit, its bytes, and where the rows came from: public, simulated or the business's own.</summary>
internal sealed record RecipeOrigin(Recipe Recipe, byte[] Content, string Data);

internal sealed record ColumnNotThere(string Column, string File, IReadOnlyList<string> Columns) : DomainError
{
    public override string Message => Spelling.Nearest(Column, Columns) is { } nearest
        ? $"{File} has no column {Column}. Did you mean {nearest}?"
        : $"{File} has no column {Column}. It has {Spelling.Listed(Columns)}.";
}

internal sealed record LabelNotUsable(string Column, string Reason) : DomainError
{
    public override string Message => $"The label {Column} cannot be learnt: {Reason}.";
}

internal sealed record ColumnNotUsable(string Column, string Reason) : DomainError
{
    public override string Message => $"The column {Column} {Reason}.";
}

internal sealed record UnknownChoice(string Option, string Value, string Allowed) : DomainError
{
    public override string Message => $"{Option} is {Value}; it must be one of {Allowed}.";
}

internal sealed record TooFewRows(int Rows, int Least) : DomainError
{
    public override string Message => $"There are {Rows} rows with a label; at least {Least} are needed to learn, calibrate and test.";
}
