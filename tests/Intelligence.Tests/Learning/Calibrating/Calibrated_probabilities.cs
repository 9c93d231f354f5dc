using Platform.Intelligence.Learning.Calibrating;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Numerics;

namespace Platform.Tests.Intelligence.Learning.Calibrating;

public sealed class Calibrated_probabilities
{
    [Fact]
    public void Platt_finds_the_curve_that_made_the_labels()
    {
        var (margins, labels) = Draw(20_000, margin => PortableMath.Sigmoid((0.6 * margin) - 0.8));
        var platt = PlattCalibration.Fit(margins, labels);
        platt.Slope.ShouldBe(0.6, 0.03);
        platt.Offset.ShouldBe(-0.8, 0.05);
    }

    [Fact]
    public void Isotonic_follows_a_curve_that_no_logistic_can()
    {
        double Truth(double margin) => margin < -1 ? 0.1 : margin < 1 ? 0.3 : 0.35;
        var (margins, labels) = Draw(20_000, Truth);
        var isotonic = IsotonicCalibration.Fit(margins, labels);
        isotonic.Probability(-2).ShouldBe(0.1, 0.02);
        isotonic.Probability(0).ShouldBe(0.3, 0.02);
        isotonic.Probability(2).ShouldBe(0.35, 0.03);
        isotonic.Values.Zip(isotonic.Values.Skip(1)).ShouldAllBe(pair => pair.First <= pair.Second);

        var (testMargins, testLabels) = Draw(20_000, Truth);
        Probabilities.CalibrationError(isotonic.Probabilities(testMargins), testLabels, bins: 10).ShouldBeLessThan(0.015);
        Calibration.Choose(margins, labels).ShouldBeOfType<IsotonicCalibration>();
    }

    [Fact]
    public void The_choice_never_turns_the_order_around_and_knows_too_little_data()
    {
        var (margins, labels) = Draw(2_000, margin => PortableMath.Sigmoid(-margin));
        var choice = Calibration.Choose(margins, labels);
        choice.Probability(2).ShouldBeGreaterThanOrEqualTo(choice.Probability(-2));
        Calibration.Choose([1, 2, 3], [0, 1, 0]).ShouldBe(NoCalibration.Instance);
    }

    private static (double[] Margins, double[] Labels) Draw(int count, Func<double, double> probability)
    {
        var draws = new Draws(4);
        double[] margins = [.. Enumerable.Range(0, count).Select(_ => 1.5 * draws.NextNormal())];
        return (margins, [.. margins.Select(margin => draws.NextUnit() < probability(margin) ? 1.0 : 0)]);
    }
}
