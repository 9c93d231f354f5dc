using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Calibrating;
using Platform.Intelligence.Learning.Trees;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Intelligence.Workbench.Fitting;

/// <summary>A band around predictions that covers so many outcomes; additive, or by a factor for times.</summary>
internal sealed record Band(double Coverage, double HalfWidth, bool IsFactor)
{
    public (double Low, double High) Around(double prediction)
    {
        if (!IsFactor)
        {
            return (prediction - HalfWidth, prediction + HalfWidth);
        }

        var factor = Learning.Numerics.PortableMath.Exp(HalfWidth);
        return (prediction / factor, prediction * factor);
    }
}

/// <summary>A model with everything that turns its margins into answers.</summary>
internal sealed record AnsweringModel(BoostedModel Model, Calibration Calibration, Band? Band, string? Positive, string? Negative)
{
    public bool IsClassifier => Model.Objective.Link == Link.Logistic;

    public double Prediction(double margin) => IsClassifier ? Calibration.Probability(margin) : Model.Objective.ToPrediction(margin);
}

/// <summary>Settings that were tried, and their mean loss on the block that chose.</summary>
internal sealed record TriedSettings(int Depth, double Eta, double MinChildWeight, double Lambda, int Trees, double Loss);

/// <summary>The figures of the rows that share one value of a slice's column.</summary>
internal sealed record SliceFigures(string Column, string Value, int Rows, IReadOnlyList<Figure> Figures);

/// <summary>The outcome of a fit: the model to keep, the one that was measured, and the facts for its card.</summary>
internal sealed record FittedModel(
    FitRequest Request,
    CsvTable Csv,
    ColumnRoles Roles,
    LabelColumn Label,
    int DroppedRows,
    FitBlocks Blocks,
    BoosterOptions Options,
    IReadOnlyList<TriedSettings> Tried,
    AnsweringModel Kept,
    AnsweringModel Measured,
    ScoredRows Test,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<SliceFigures> Slices);
