using System.Globalization;
using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Numerics;

namespace Platform.Intelligence.Learning.Trees;

/// <summary>How a margin becomes a prediction.</summary>
internal enum Link
{
    Identity,
    Logistic,
    Exponential,
}

/// <summary>
/// A model's objective as its file names it, with the parameters of the file in its own words, so that they survive
/// a round trip. <see cref="Notes"/> are attributes of ours that the file carries beside it.
/// </summary>
internal sealed record Objective(string Name, Link Link, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    private const string RegressionGroup = "reg_loss_param/scale_pos_weight";

    public static Objective Logistic { get; } = new("binary:logistic", Link.Logistic, [new(RegressionGroup, "1")]);

    public static Objective Squared { get; } = new("reg:squarederror", Link.Identity, [new(RegressionGroup, "1")]);

    public static Objective Poisson { get; } = new(
        "count:poisson", Link.Exponential, [new("poisson_regression_param/max_delta_step", "0.699999988")]);

    public IReadOnlyList<KeyValuePair<string, string>> Notes { get; init; } = [];

    public static Objective Survival(SurvivalDistribution distribution, double scale) => new(
        "survival:aft",
        Link.Exponential,
        [
            new("aft_loss_param/aft_loss_distribution", distribution switch
            {
                SurvivalDistribution.Normal => "normal",
                SurvivalDistribution.Logistic => "logistic",
                SurvivalDistribution.Extreme => "extreme",
            }),
            // Nine digits are what a float needs, and what XGBoost writes here.
            new("aft_loss_param/aft_loss_distribution_scale", ((float)scale).ToString("G9", CultureInfo.InvariantCulture)),
        ]);

    /// <summary>The margin of a base score. Single precision, operation by operation as XGBoost computes it.</summary>
    public float ToMargin(float baseScore) => Link switch
    {
        Link.Identity => baseScore,
        Link.Logistic => -(float)Math.Log((1.0f / baseScore) - 1.0f),
        Link.Exponential => (float)Math.Log(baseScore),
    };

    public double ToPrediction(double margin) => Link switch
    {
        Link.Identity => margin,
        Link.Logistic => PortableMath.Sigmoid(margin),
        Link.Exponential => PortableMath.Exp(margin),
    };

    public bool AllowsBaseScore(float baseScore) => float.IsFinite(baseScore) && Math.Abs(baseScore) <= 1e30f && Link switch
    {
        Link.Identity => true,
        Link.Logistic => baseScore is > 0 and < 1,
        Link.Exponential => baseScore > 0,
    };

    public bool Equals(Objective? other) =>
        other is not null && Name == other.Name && Link == other.Link && Parameters.SequenceEqual(other.Parameters);

    public override int GetHashCode() => HashCode.Combine(Name, Link);
}
