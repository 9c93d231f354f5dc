using System.Globalization;
using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;
using Platform.Intelligence.Learning.XgboostFormat;

namespace Platform.Tests.Intelligence.Learning.XgboostFormat;

public sealed class Numbers_in_files
{
    [Theory]
    [InlineData(0f, "0E0")] // never 0: that would be read as an integer
    [InlineData(0.5f, "5E-1")]
    [InlineData(-1f, "-1E0")]
    [InlineData(50f, "5E1")]
    [InlineData(0.53355056f, "5.3355056E-1")]
    [InlineData(106.56998f, "1.0656998E2")]
    [InlineData(1.1754944E-38f, "1.1754944E-38")]
    [InlineData(3.4028235E+38f, "3.4028235E38")]
    public void They_are_written_as_xgboost_writes_them(float value, string text) => FloatText.Of(value).ShouldBe(text);

    [Fact]
    public void They_read_back_the_same_bits()
    {
        var draws = new Draws(3);
        for (var i = 0; i < 50_000; i++)
        {
            var value = BitConverter.UInt32BitsToSingle((uint)(draws.Next() >> 32));
            if (float.IsFinite(value))
            {
                float.Parse(FloatText.Of(value), CultureInfo.InvariantCulture).ShouldBe(value);
            }
        }
    }

    /// <summary>A-17: ten thousand stored rows score to the same bits, alone, in any batch, and after the file was read back.</summary>
    [Fact]
    public void Stored_rows_score_to_the_same_bits_however_they_are_scored()
    {
        var rows = SyntheticRows.Binary(10_000, seed: 3);
        var options = new BoosterOptions { Loss = new LogisticLoss(), Trees = 60, Depth = 5 };
        var model = Booster.Fit(rows, later: null, options, Quiet.Progress, CancellationToken.None).Value;
        var numeric = Scorer.Compile(model);
        var again = Scorer.Compile(ModelReader.Read(ModelWriter.Write(model)).Value);
        var margins = new float[10_000];
        numeric.Margins(rows.Features.Values, margins);
        var inOddBatches = new float[10_000];
        for (var from = 0; from < 10_000;)
        {
            var count = Math.Min(7 + (from % 131), 10_000 - from);
            again.Margins(rows.Features.Values.AsSpan(from * 5, count * 5), inOddBatches.AsSpan(from, count));
            from += count;
        }

        inOddBatches.ShouldBe(margins);
        for (var row = 0; row < 10_000; row++)
        {
            again.Margin(rows.Features.Row(row)).ShouldBe(margins[row]);
        }
    }

    [Fact]
    public void A_compiled_scorer_allocates_nothing_for_a_row_and_walks_as_the_trees_do()
    {
        var rows = SyntheticRows.Continuous(2_000, seed: 3, noise: 1);
        var numbers = rows with { Features = WithoutCategory(rows) };
        var options = new BoosterOptions { Loss = new SquaredLoss(), Trees = 61, Depth = 6 };
        var model = Booster.Fit(numbers, later: null, options, Quiet.Progress, CancellationToken.None).Value;
        var scorer = Scorer.Compile(model);
        scorer.IsCompiled.ShouldBeTrue();
        scorer.Margin(numbers.Features.Row(0));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = 0f;
        for (var row = 0; row < 2_000; row++)
        {
            sum += scorer.Margin(numbers.Features.Row(row));
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        float.IsFinite(sum).ShouldBeTrue();
        for (var row = 0; row < 2_000; row++)
        {
            var walked = model.BaseMargin;
            foreach (var tree in model.Trees)
            {
                walked += tree.Condition[tree.LeafOf(numbers.Features.Row(row))];
            }

            scorer.Margin(numbers.Features.Row(row)).ShouldBe(walked);
        }
    }

    private static FeatureMatrix WithoutCategory(LabelledRows rows) => new(
        [.. rows.Features.Features.Select(feature => Feature.Number(feature.Name))],
        rows.Features.Values,
        rows.Count);
}
