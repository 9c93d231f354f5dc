using Platform.Intelligence.Learning.Detecting;
using Platform.Intelligence.Learning.Numerics;

namespace Platform.Tests.Intelligence.Learning.Detecting;

/// <summary>INTELLIGENCE §3: at most 10 % false alarms per 100 receipts; +1 sd in 8.5 receipts, +0.5 sd in 25.</summary>
public sealed class Drift_is_found
{
    private static readonly FalseAlarmBudget Budget = new(Chance: 0.10, Observations: 100);

    [Theory]
    //          shift  receipts until found (median), at most
    [InlineData(1.0,   9)]
    [InlineData(0.5,   25)]
    public void A_shift_of_the_mean_is_found_soon_and_false_alarms_keep_their_budget(double shift, int atMost)
    {
        // One direction, as the anchor measured it; the slack suits the shift that is looked for.
        var policy = Budget.Limit(slack: shift / 2, winsor: 3, FalseAlarmBudget.NormalResiduals());
        var draws = new Draws(5);
        var alarms = Enumerable.Range(0, 2_000).Count(_ => Delay(new Cusum(policy), draws, 0, 100) is not null);
        (alarms / 2_000.0).ShouldBeLessThan(0.12);
        int[] delays = [.. Enumerable.Range(0, 2_000).Select(_ => AfterCalm(policy, draws, shift)).Where(delay => delay > 0).Order()];
        delays[delays.Length / 2].ShouldBeLessThanOrEqualTo(atMost);
    }

    [Fact]
    public void Longer_shorter_and_wider_are_told_apart_within_one_budget()
    {
        var make = DriftDetectors.For(Budget, FalseAlarmBudget.NormalResiduals());
        var draws = new Draws(6);
        var alarms = 0;
        for (var run = 0; run < 1_000; run++)
        {
            var detectors = make();
            for (var i = 0; i < 100; i++)
            {
                if (detectors.Observe(draws.NextNormal()) is not null)
                {
                    alarms++;
                    break;
                }
            }
        }

        (alarms / 1_000.0).ShouldBeLessThan(0.12);
        First(make(), () => 1.2 + draws.NextNormal()).Kind.ShouldBe(DriftKind.Longer);
        First(make(), () => -1.2 + draws.NextNormal()).Kind.ShouldBe(DriftKind.Shorter);
        var kinds = Enumerable.Range(0, 100).Select(_ => First(make(), () => 3 * draws.NextNormal()).Kind).ToArray();
        kinds.Count(kind => kind == DriftKind.Wider).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void The_onset_and_the_size_are_near_the_truth()
    {
        var policy = Budget.Limit(slack: 0.5, winsor: 3, FalseAlarmBudget.NormalResiduals());
        var draws = new Draws(7);
        var onsets = new List<int>();
        var sizes = new List<double>();
        for (var run = 0; run < 400; run++)
        {
            var cusum = new Cusum(policy);
            for (var i = 0; i < 1_000; i++)
            {
                if (cusum.Observe(draws.NextNormal() + (i < 30 ? 0 : 1.5)) is { } drift)
                {
                    if (drift.Detected >= 30)
                    {
                        onsets.Add(drift.Onset);
                        sizes.Add(drift.Size);
                    }

                    break;
                }
            }
        }

        ((double)onsets.Order().ElementAt(onsets.Count / 2)).ShouldBe(30, 2);
        sizes.Average().ShouldBe(1.5, 0.4);
    }

    [Fact]
    public void One_wild_delivery_raises_no_alarm()
    {
        var policy = Budget.Limit(slack: 0.5, winsor: 3, FalseAlarmBudget.NormalResiduals());
        var cusum = new Cusum(policy);
        cusum.Observe(1_000).ShouldBeNull();
        for (var i = 0; i < 20; i++)
        {
            cusum.Observe(0).ShouldBeNull();
        }

        cusum.Sum.ShouldBe(0);
    }

    [Fact]
    public void Population_measures_see_a_shift_and_stay_calm_without()
    {
        var draws = new Draws(8);
        float[] Draw(double shift) => [.. Enumerable.Range(0, 3_000).Select(i => i % 10 == 0 ? float.NaN : (float)(draws.NextNormal() + shift))];
        Population.StabilityIndex(Draw(0), Draw(0)).ShouldBeLessThan(0.05);
        Population.StabilityIndex(Draw(0), Draw(1)).ShouldBeGreaterThan(0.25);
        double[] Sample(double shift) => [.. Enumerable.Range(0, 500).Select(_ => draws.NextNormal() + shift)];
        Population.KolmogorovSmirnov(Sample(0), Sample(0)).Chance.ShouldBeGreaterThan(0.01);
        Population.KolmogorovSmirnov(Sample(0), Sample(0.5)).Chance.ShouldBeLessThan(0.001);
        Population.KolmogorovSmirnov([1, 2, 3], [4, 5, 6]).Distance.ShouldBe(1);
    }

    private static int? Delay(Cusum cusum, Draws draws, double shift, int most)
    {
        for (var i = 0; i < most; i++)
        {
            if (cusum.Observe(draws.NextNormal() + shift) is { } drift)
            {
                return drift.Detected;
            }
        }

        return null;
    }

    /// <summary>Receipts from the shift to its detection, after thirty without it; none when an alarm came before.</summary>
    private static int AfterCalm(CusumPolicy policy, Draws draws, double shift)
    {
        const int calm = 30;
        var cusum = new Cusum(policy);
        return Delay(cusum, draws, 0, calm) is not null ? 0 : Delay(cusum, draws, shift, 2_000)!.Value + 1 - calm;
    }

    private static DetectedDrift First(DriftDetectors detectors, Func<double> next)
    {
        while (true)
        {
            if (detectors.Observe(next()) is { } drift)
            {
                return drift;
            }
        }
    }
}
