using System.Text.Json;
using Platform.Intelligence.Learning.Calibrating;
using Platform.Intelligence.Workbench.Fitting;

namespace Platform.Intelligence.Workbench.Versions;

/// <summary>The content of <c>calibration.json</c>. A file that could answer with something else than numbers is refused.</summary>
internal sealed record CalibrationFile
{
    public required string Method { get; init; }

    public double? Slope { get; init; }

    public double? Offset { get; init; }

    public double[]? Margins { get; init; }

    public double[]? Values { get; init; }

    public double? BandCoverage { get; init; }

    public double? BandHalfWidth { get; init; }

    public bool? BandIsFactor { get; init; }

    /// <summary>The word of the label whose probability is predicted, and the other one.</summary>
    public string? Positive { get; init; }

    public string? Negative { get; init; }

    public static CalibrationFile Of(AnsweringModel model)
    {
        var file = new CalibrationFile
        {
            Method = model.Calibration.Name,
            BandCoverage = model.Band?.Coverage,
            BandHalfWidth = model.Band?.HalfWidth,
            BandIsFactor = model.Band?.IsFactor,
            Positive = model.Positive,
            Negative = model.Negative,
        };
        return model.Calibration switch
        {
            PlattCalibration platt => file with { Slope = platt.Slope, Offset = platt.Offset },
            IsotonicCalibration isotonic => file with { Margins = isotonic.Margins, Values = isotonic.Values },
            _ => file,
        };
    }

    /// <summary>The calibration, or null when the file does not describe one.</summary>
    public Calibration? ToCalibration()
    {
        switch (Method)
        {
            case "none":
                return NoCalibration.Instance;
            case "platt" when Slope is { } slope && Offset is { } offset && double.IsFinite(slope) && double.IsFinite(offset):
                return new PlattCalibration(slope, offset);
            case "isotonic" when Margins is { Length: > 0 } margins && Values is { } values && values.Length == margins.Length:
                var rises = margins.Zip(margins.Skip(1)).All(pair => pair.First < pair.Second);
                var isProbability = values.All(value => value is >= 0 and <= 1) && margins.All(double.IsFinite);
                return rises && isProbability ? new IsotonicCalibration(margins, values) : null;
            default:
                return null;
        }
    }

    public Band? ToBand() => BandCoverage is { } coverage && BandHalfWidth is { } half && double.IsFinite(half)
        ? new Band(coverage, half, BandIsFactor == true)
        : null;

    public string ToJson() => JsonSerializer.Serialize(this, VersionJson.Options);
}
