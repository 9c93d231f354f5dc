using System.Text.Json;
using Platform.Intelligence.Learning.Detecting;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Recipes;

namespace Platform.Intelligence.Workbench.Versions;

/// <summary>One input as the data team must deliver it, and what was normal when the model learnt.</summary>
internal sealed record SignatureInput
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required double MissingShare { get; init; }

    public double? Least { get; init; }

    public double? Median { get; init; }

    public double? Most { get; init; }

    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Of a recipe: in which unit it comes, since which moment it is known, and what it is.</summary>
    public string? Unit { get; init; }

    public string? KnownAt { get; init; }

    public string? Description { get; init; }

    /// <summary>Bounds of the bins, and the share of rows in each, missing last: what a later population is held against.</summary>
    public float[]? Cuts { get; init; }

    public double[]? Shares { get; init; }
}

internal sealed record SignatureOutput(string Name, string Type, string Meaning);

/// <summary>The content of <c>signature.json</c>: inputs with types and what a missing value means, and outputs.</summary>
internal sealed record SignatureFile
{
    public const string FileName = "signature.json";

    public required IReadOnlyList<SignatureInput> Inputs { get; init; }

    public required string MissingPolicy { get; init; }

    public required IReadOnlyList<SignatureOutput> Outputs { get; init; }

    public static SignatureFile Of(FittedModel fitted)
    {
        var isProbability = fitted.Kept.IsClassifier;
        return new SignatureFile
        {
            Inputs = [.. fitted.Blocks.Train.Features.Features.Select((feature, f) =>
                Declared(Input(feature, f, fitted.Blocks.Train.Features), fitted.Request.Recipe?.Recipe))],
            MissingPolicy = "An empty cell, and a word outside the categories, is missing; every split has a learnt side for it.",
            Outputs =
            [
                new("prediction", "double", isProbability
                    ? $"probability that {fitted.Request.Label} is {fitted.Label.Positive ?? "1"}, calibrated on a later block"
                    : $"{fitted.Request.Label}, in its own unit"),
                new("margin", "float", "the sum of the trees before link and calibration, as XGBoost's output_margin"),
            ],
        };
    }

    public string ToJson() => JsonSerializer.Serialize(this, VersionJson.Options);

    private static SignatureInput Input(Feature feature, int f, FeatureMatrix matrix)
    {
        var values = new float[matrix.RowCount];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = matrix[row, f];
        }

        float[] present = [.. values.Where(value => !float.IsNaN(value)).Order()];
        var input = new SignatureInput
        {
            Name = feature.Name,
            Type = feature.IsCategorical ? "category" : "number",
            MissingShare = 1 - (present.Length / (double)Math.Max(1, values.Length)),
            Categories = feature.Categories,
        };
        var bins = PopulationBins.Of(feature, [.. present]);
        input = input with { Cuts = bins.Cuts, Shares = bins.Shares(values) };
        return feature.IsCategorical || present.Length == 0
            ? input
            : input with { Least = present[0], Median = present[present.Length / 2], Most = present[^1] };
    }

    private static SignatureInput Declared(SignatureInput input, Recipe? recipe) =>
        recipe?.Features.FirstOrDefault(feature => feature.Name == input.Name) is { } declared
            ? input with { Unit = declared.Unit, KnownAt = declared.KnownAt, Description = declared.Description }
            : input;
}
