using Platform.Intelligence.Workbench.Fitting;

namespace Platform.Intelligence.Workbench.Reports;

/// <summary>Sentences that card and report share, made of facts.</summary>
internal static class CardSentences
{
    public static string Summary(FittedModel fitted)
    {
        var shape = fitted.Options.Depth switch
        {
            1 => "additive (one curve per feature)",
            2 => "additive with pairs of features",
            _ => FormattableString.Invariant($"of trees with up to {fitted.Options.Depth} questions"),
        };
        var predicted = fitted.Kept.IsClassifier
            ? $"the probability that {fitted.Request.Label} is {fitted.Label.Positive ?? "1"}"
            : fitted.Options.Loss.RefitQuantile is { } quantile
                ? FormattableString.Invariant($"the {quantile:P0} quantile of {fitted.Request.Label}")
                : fitted.Request.Label;
        return FormattableString.Invariant(
            $"Predicts {predicted} from {fitted.Kept.Model.Features.Count} features; {fitted.Kept.Model.Trees.Count} trees, {shape}. ")
            + FormattableString.Invariant($"Learnt from {fitted.Blocks.Train.Count} rows, calibrated on the {fitted.Blocks.Calibrate.Count} after them, ")
            + FormattableString.Invariant($"measured once on the last {fitted.Blocks.Test.Count}. Blocks follow {fitted.Blocks.Order}.")
            + (fitted.Request.KeepsHoldout
                ? " The model kept is the one measured."
                : " The model kept was then refitted on all rows with the same settings; its calibration is that of the measured one.");
    }
}
