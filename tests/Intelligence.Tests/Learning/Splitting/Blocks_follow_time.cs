using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Splitting;

namespace Platform.Tests.Intelligence.Learning.Splitting;

/// <summary>Rule 4: split by time, unit = the decision.</summary>
public sealed class Blocks_follow_time
{
    [Fact]
    public void Cuts_never_part_rows_of_one_time_or_one_unit()
    {
        double[] times = [5, 1, 2, 2, 3, 3, 3, 4, 5, 6];
        string?[] units = ["x", null, null, null, null, null, null, null, null, "x"]; // begins at 5, ends at 6
        var split = TimeSplit.ByShares(times, units, 0.3, 0.3, 0.4).Value;
        split.Blocks.Select(block => block.Rows.Order().ToArray()).ShouldBe([[1, 2, 3], [4, 5, 6], [0, 7, 8, 9]]);
    }

    [Fact]
    public void A_random_row_split_is_refused()
    {
        double[] times = [.. Enumerable.Range(0, 100).Select(i => (double)i)];
        int[] rows = [.. Enumerable.Range(0, 100)];
        new Draws(1).Shuffle<int>(rows);
        TimeSplit.Of(times, null, rows[..70], rows[70..]).Error.ShouldBeOfType<BlocksOverlapInTime>();
        rows = [.. Enumerable.Range(0, 100)];
        TimeSplit.Of(times, null, rows[..70], rows[70..]).Value.Blocks[1].From.ShouldBe(70);
    }

    [Fact]
    public void One_decision_in_two_blocks_is_refused() =>
        TimeSplit.Of([1, 2, 3, 4], ["a", "b", "b", "c"], [0, 1], [2, 3]).Error.ShouldBe(new UnitInTwoBlocks("b", 1, 2));

    [Fact]
    public void Rows_without_time_and_blocks_without_rows_are_refused()
    {
        TimeSplit.ByShares([1, double.NaN], null, 0.5, 0.5).Error.ShouldBe(new RowWithoutTime(1));
        TimeSplit.ByShares([1, 1, 1], null, 0.5, 0.5).Error.ShouldBe(new BlockWithoutRows(2, 2));
    }
}
