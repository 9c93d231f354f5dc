using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Intelligence.Learning.Explaining;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.XgboostFormat;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Recipes;
using Platform.Intelligence.Workbench.Reports;

namespace Platform.Intelligence.Workbench.Versions;

/// <summary>
/// What is in a version folder. No clock, no path and no machine is written: the same data, settings and seed give
/// the same bytes anywhere.
/// </summary>
internal static class VersionFiles
{
    public const string MeasuredModel = "measured.json";

    private const int GoldenRows = 40;

    public static IReadOnlyList<(string Name, byte[] Content)> Of(FittedModel fitted, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var facts = ReportFacts.Of(fitted);
        return
        [
            ("model.json", ModelWriter.Write(fitted.Kept.Model)),
            ("calibration.json", Text(CalibrationFile.Of(fitted.Kept).ToJson())),
            (SignatureFile.FileName, Text(SignatureFile.Of(fitted).ToJson())),
            ("metrics.json", Text(MetricsJson(fitted))),
            ("golden.jsonl", Text(Golden(fitted))),
            (ModelCard.FileName, Text(ModelCard.Write(facts))),
            ("report.html", Text(HtmlReport.Write(facts))),

            // What a later comparison needs: the recipe as it was, and the model that has not seen the last block.
            .. fitted.Request.Recipe is { } origin
                ? new (string, byte[])[] { (RecipeReader.FileName, origin.Content), (MeasuredModel, ModelWriter.Write(fitted.Measured.Model)) }
                : [],
        ];
    }

    /// <summary>Figures by name: value, low and high of the 95 % interval.</summary>
    public static SortedDictionary<string, object> Figures(IReadOnlyList<Figure> figures)
    {
        var json = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, estimate) in figures)
        {
            json.Add(name, new { estimate.Value, estimate.Low, estimate.High });
        }

        return json;
    }

    public static string LockJson(FittedModel fitted, SortedDictionary<string, string> hashes) => JsonSerializer.Serialize(
        new
        {
            Data = new
            {
                File = Path.GetFileName(fitted.Csv.File),
                fitted.Csv.Sha256,
                Rows = fitted.Csv.Table.RowCount,
                RowsWithoutLabel = fitted.DroppedRows,
                fitted.Blocks.Order,
                Blocks = fitted.Blocks.Split.Blocks.Zip(
                    (string[])["train", "calibrate", "test"],
                    (block, name) => new { Name = name, Rows = block.Rows.Length, block.From, block.To }),
            },
            Label = new { Column = fitted.Request.Label, fitted.Label.Positive, fitted.Label.Negative },
            Settings = Settings(fitted),
            Origin = fitted.Request.Recipe?.Data,
            LeftOut = fitted.Roles.LeftOut,
            Awaiting = fitted.Request.Recipe?.Recipe.Features.Where(feature => feature.Awaiting is not null)
                .Select(feature => new { feature.Name, feature.Awaiting }),
            Learner = "Platform.Intelligence.Learning 1",
            Files = hashes,
        },
        VersionJson.Options) + "\n";

    /// <summary>MLflow's descriptor, for people whose tools look for it. The uuid is the content's.</summary>
    public static string Descriptor(FittedModel fitted, string contentHash)
    {
        var text = new StringBuilder();
        text.Append("flavors:\n  xgboost:\n    data: model.json\n    model_class: xgboost.core.Booster\n    model_format: json\n    xgb_version: 1.7.4\n");
        text.Append("  platform:\n    calibration: calibration.json\n    signature: signature.json\n    golden: golden.jsonl\n");
        text.Append(CultureInfo.InvariantCulture, $"model_uuid: {contentHash[..32]}\n");
        text.Append("signature:\n  inputs: '").Append(Columns(fitted)).Append("'\n");
        text.Append("  outputs: '[{\"name\": \"prediction\", \"type\": \"double\"}, {\"name\": \"margin\", \"type\": \"float\"}]'\n");
        return text.ToString();
    }

    public static object Settings(FittedModel fitted) => new
    {
        Objective = fitted.Options.Loss.Objective.Name,
        Quantile = fitted.Options.Loss.RefitQuantile,
        Trees = fitted.Kept.Model.Trees.Count,
        fitted.Options.Depth,
        fitted.Options.Eta,
        fitted.Options.MinChildWeight,
        fitted.Options.Lambda,
        fitted.Options.Alpha,
        fitted.Options.Gamma,
        fitted.Options.Subsample,
        fitted.Options.ColumnSample,
        fitted.Options.MaxBins,
        fitted.Options.CategorySmoothing,
        fitted.Options.CategoryPenalty,
        fitted.Options.EarlyStopping,
        fitted.Options.Seed,
        Monotone = fitted.Options.Monotone.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(),
        fitted.Request.Time,
        fitted.Request.Unit,
        fitted.Request.Weight,
        fitted.Request.Source,
        MostInfluence = fitted.Request.MostInfluence < 1 ? fitted.Request.MostInfluence : (double?)null,
        Refitted = !fitted.Request.KeepsHoldout,
        fitted.Tried,
    };

    private static string Columns(FittedModel fitted) => JsonSerializer.Serialize(
        fitted.Kept.Model.Features.Select(feature => new { name = feature.Name, type = feature.IsCategorical ? "string" : "double" }))
        .Replace("'", "''", StringComparison.Ordinal);

    private static string MetricsJson(FittedModel fitted) => JsonSerializer.Serialize(
        new
        {
            MeasuredOn = "the last block, with the model of the first",
            Rows = fitted.Test.Count,
            Figures = Figures(fitted.Figures),
            Slices = fitted.Slices.Count == 0 ? null : fitted.Slices.Select(
                slice => new { slice.Column, slice.Value, slice.Rows, Figures = Figures(slice.Figures) }),
        },
        VersionJson.Options) + "\n";

    private static string Golden(FittedModel fitted)
    {
        var features = fitted.Kept.Model.Features;
        int[] rows = [.. Enumerable.Range(0, Math.Min(GoldenRows, fitted.Blocks.Test.Count))];
        var few = fitted.Blocks.Test.Select(rows);
        var scored = ModelFitting.Score(fitted.Kept, few);
        var parts = new double[few.Count * (features.Count + 1)];
        Explainer.For(fitted.Kept.Model).Explain(few.Features.Values, parts);
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(JsonSerializer.Serialize(
                new
                {
                    Inputs = Inputs(few.Features, row),
                    Margin = (float)scored.Margins[row],
                    Prediction = scored.Predictions[row],
                    Contributions = features.Select((feature, f) => (feature.Name, f)).ToDictionary(
                        pair => pair.Name, pair => parts[(row * (features.Count + 1)) + pair.f], StringComparer.Ordinal),
                    Bias = parts[(row * (features.Count + 1)) + features.Count],
                },
                VersionJson.Lines)).Append('\n');
        }

        return text.ToString();
    }

    private static Dictionary<string, object?> Inputs(FeatureMatrix matrix, int row)
    {
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var f = 0; f < matrix.Width; f++)
        {
            var value = matrix[row, f];
            inputs.Add(matrix.Features[f].Name, float.IsNaN(value) ? null
                : matrix.Features[f].IsCategorical ? matrix.Features[f].Categories![(int)value]
                : value);
        }

        return inputs;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
