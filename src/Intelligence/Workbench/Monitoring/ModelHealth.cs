using System.Globalization;
using System.Text.Json;
using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Extracts;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Registry;
using Platform.Intelligence.Workbench.Versions;

namespace Platform.Intelligence.Workbench.Monitoring;

/// <summary>One light of the monitor: green, or red with what to do.</summary>
internal sealed record HealthFinding(string What, double Value, double Most, bool IsRed);

/// <summary>Whether a version may go on answering. A version that may not hands over to the rule behind it and says why.</summary>
internal sealed record ModelHealth(IReadOnlyList<HealthFinding> Findings)
{
    // beyond, the rows are not those that the model learnt from.
    private const double MostShift = 0.25;
    private const double MostMissing = 0.05;

    private const double MostCalibrationError = 0.1;
    private const double MostCoverageGap = 0.08;
    private const int LeastOutcomes = 50;
    private const int LeastRows = 50;
    private const double MostlyEnded = 0.95;

    public bool IsSound => !Findings.Any(finding => finding.IsRed);

    /// <summary>Why the version is suspended, or null when it is not.</summary>
    public string? Suspended => IsSound ? null : string.Join("; ", Findings.Where(finding => finding.IsRed).Select(finding =>
        string.Create(CultureInfo.InvariantCulture, $"{finding.What} is {finding.Value:F2}, at most {finding.Most:F2}")));

    /// <summary>Looks at rows that were scored, and at their outcomes where those are known.</summary>
    public static ModelHealth Of(SignatureFile learnt, AnsweringModel model, Table rows, Labels? outcomes)
    {
        var findings = new List<HealthFinding>();
        if (rows.RowCount >= LeastRows)
        {
            findings.AddRange(learnt.Inputs.SelectMany(input => Input(input, rows)));
        }

        if (outcomes is not null)
        {
            findings.AddRange(Outcomes(model, rows, outcomes));
        }

        return new ModelHealth(findings);
    }

    /// <summary>What a version was learnt from, as it wrote it down.</summary>
    public static Result<SignatureFile> LearntBy(RegisteredVersion version)
    {
        try
        {
            return JsonSerializer.Deserialize<SignatureFile>(File.ReadAllBytes(Path.Combine(version.Folder, SignatureFile.FileName)), VersionJson.Options)
                is { Inputs: not null } signature ? signature : new VersionDamaged(version.Folder, "its signature is empty");
        }
        catch (JsonException)
        {
            return new VersionDamaged(version.Folder, "its signature is not readable");
        }
    }

    private static IEnumerable<HealthFinding> Input(SignatureInput input, Table rows)
    {
        if (Profile.DriftOf(rows, input) is { } shift)
        {
            yield return new HealthFinding($"shift of {input.Name}", shift, MostShift, shift > MostShift);
        }

        var matrix = FeatureMatrix.From(rows, [new Feature(input.Name, input.Categories)]);
        var missing = matrix.Values.Count(float.IsNaN) / (double)matrix.RowCount;
        var most = input.MissingShare + MostMissing;
        yield return new HealthFinding($"missing {input.Name}", missing, most, missing > most);
    }

    private static IEnumerable<HealthFinding> Outcomes(AnsweringModel model, Table rows, Labels outcomes)
    {
        int[] known = [.. Enumerable.Range(0, outcomes.Count).Where(row => !double.IsNaN(outcomes.Values[row]) && outcomes.IsObserved(row))];
        if (known.Length < LeastOutcomes)
        {
            yield break;
        }

        var matrix = FeatureMatrix.From(rows.Select(known), model.Model.Features);
        var scored = ModelFitting.Score(model, new LabelledRows(matrix, outcomes.Select(known), Weights: null));
        if (model.IsClassifier)
        {
            var error = Probabilities.CalibrationError(scored.Predictions, scored.Labels.Values, bins: 10);
            yield return new HealthFinding("calibration error", error, MostCalibrationError, error > MostCalibrationError);
        }

        // While many are still open, those that ended are the quick ones: their coverage says nothing.
        if (model.Band is { } band && known.Length >= MostlyEnded * outcomes.Count)
        {
            var bands = scored.Predictions.Select(band.Around).ToArray();
            var gap = Math.Abs(band.Coverage - Errors.Coverage([.. bands.Select(one => one.Low)], [.. bands.Select(one => one.High)], scored.Labels.Values));
            yield return new HealthFinding("distance of the band's coverage from its promise", gap, MostCoverageGap, gap > MostCoverageGap);
        }
    }
}
