using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.XgboostFormat;

namespace Platform.Tests.Intelligence.Learning.Boosting;

/// <summary>A-17: one seed, one model, whatever the machine does.</summary>
public sealed class Boosting_is_reproducible
{
    [Fact]
    public void One_thread_and_many_write_the_same_file()
    {
        var rows = SyntheticRows.Binary(20_000, seed: 11);
        var options = new BoosterOptions
        {
            Loss = new LogisticLoss(), Trees = 25, Depth = 5, Subsample = 0.7, ColumnSample = 0.8, Seed = 42,
        };
        var one = Fit(rows, options);
        Fit(rows, options).ShouldBe(one);
        Fit(rows, options with { Threads = 2 }).ShouldBe(one);
        Fit(rows, options with { Threads = 5 }).ShouldBe(one);
        Fit(rows, options with { Seed = 43 }).ShouldNotBe(one);
    }

    [Fact]
    public void The_order_of_rows_does_not_change_the_trees()
    {
        // Sums are integers: not even their last bit depends on the order.
        var rows = SyntheticRows.Binary(5_000, seed: 12);
        var order = SyntheticRows.Range(0, 5_000);
        new Draws(3).Shuffle<int>(order);
        var options = new BoosterOptions { Loss = new LogisticLoss(), Trees = 20 };
        Fit(rows.Select(order), options).ShouldBe(Fit(rows, options));
    }

    [Fact]
    public void Four_exponentials_at_once_are_the_single_ones_bit_for_bit()
    {
        var draws = new Draws(1);
        for (var i = 0; i < 20_000; i++)
        {
            var x = 800 * (draws.NextUnit() - 0.5);
            var all = PortableMath.Exp(System.Runtime.Intrinsics.Vector256.Create(x));
            all[2].ShouldBe(PortableMath.Exp(x));
            PortableMath.Exp(x).ShouldBe(Math.Exp(Math.Clamp(x, -700, 700)), 4e-15 * Math.Exp(Math.Clamp(x, -700, 700)));
            var positive = Math.Exp(x / 2);
            PortableMath.Log(positive).ShouldBe(Math.Log(positive), 1e-15 * Math.Max(1, Math.Abs(x)));
        }
    }

    [Theory]
    [InlineData(-8, 6.220960574271786e-16)]
    [InlineData(-1.959963984540054, 0.025)]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(2.6, 0.9953388119762813)]
    public void The_normal_distribution_is_the_tabulated_one(double z, double cumulative)
    {
        PortableMath.NormalCumulative(z).ShouldBe(cumulative, 1e-13 * cumulative);
        PortableMath.NormalQuantile(cumulative).ShouldBe(z, 1e-9);
        PortableMath.NormalHazard(-z).ShouldBe(PortableMath.NormalDensity(z) / cumulative, 1e-12 * Math.Max(1, Math.Abs(z)));
    }

    private static byte[] Fit(LabelledRows rows, BoosterOptions options) => ModelWriter.Write(
        Booster.Fit(rows, later: null, options, Quiet.Progress, CancellationToken.None).Value);
}
