using Platform.Intelligence.Learning.Intervals;
using Platform.Intelligence.Learning.Numerics;

namespace Platform.Tests.Intelligence.Learning.Intervals;

public sealed class Promised_coverage
{
    [Fact]
    public void Split_conformal_covers_new_rows_as_often_as_promised()
    {
        var draws = new Draws(3);
        var covered = 0;
        for (var trial = 0; trial < 2_000; trial++)
        {
            var width = ConformalQuantile.Of(Enumerable.Range(0, 40).Select(_ => Math.Abs(draws.NextNormal())), 0.8);
            covered += Math.Abs(draws.NextNormal()) <= width ? 1 : 0;
        }

        (covered / 2_000.0).ShouldBe(0.8, 0.03);
    }

    [Fact]
    public void Too_few_errors_promise_nothing() =>
        ConformalQuantile.Of([1, 2, 3], 0.8).ShouldBe(double.PositiveInfinity);

    [Fact]
    public void Conformalised_quantiles_widen_a_band_that_is_too_narrow_and_narrow_one_that_is_too_wide()
    {
        var draws = new Draws(3);
        double[] actual = [.. Enumerable.Range(0, 4_000).Select(_ => draws.NextNormal())];
        double[] Constant(double value) => [.. actual.Select(_ => value)];
        ConformalQuantile.Widening(Constant(-0.5), Constant(0.5), actual, 0.8).ShouldBe(1.2816 - 0.5, 0.06);
        ConformalQuantile.Widening(Constant(-2), Constant(2), actual, 0.8).ShouldBe(1.2816 - 2, 0.06);
    }

    [Fact]
    public void The_adaptive_band_keeps_its_coverage_when_the_world_becomes_wilder()
    {
        var draws = new Draws(3);
        var band = new AdaptiveBand(new BandPolicy(Coverage: 0.8, Step: 0.05, Memory: 150, Shrinkage: 30));
        var hits = new List<bool>();
        for (var i = 0; i < 1_500; i++)
        {
            var spread = i < 500 ? 1 : 3;
            var group = i % 3 == 0 ? "a" : "b";
            var score = Math.Abs(spread * draws.NextNormal());
            var width = band.Width(group);
            hits.Add(score <= width);
            band.Observe(group, score, width);
        }

        hits.Skip(100).Count(hit => hit).ShouldBeInRange((int)(1_400 * 0.76), (int)(1_400 * 0.84));
        hits.Skip(600).Take(200).Count(hit => hit).ShouldBeGreaterThan(140); // soon after the change
    }

    [Fact]
    public void A_young_group_leans_on_the_whole_and_an_old_one_on_itself()
    {
        var band = new AdaptiveBand(new BandPolicy(Coverage: 0.8, Step: 0, Memory: 1_000, Shrinkage: 30));
        for (var i = 0; i < 500; i++)
        {
            band.Observe("calm", i % 10 / 10.0, 1);
            band.Observe("wild", i % 10, 10);
        }

        band.Width("calm").ShouldBeLessThan(2);
        band.Width("wild").ShouldBeGreaterThan(7);
        band.Observe("new", 0.1, 10);
        band.Width("new").ShouldBe(band.Width("unknown"), 0.2 * band.Width("unknown"));
    }
}
