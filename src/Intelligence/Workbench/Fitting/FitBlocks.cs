using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Detecting;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Splitting;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Workbench.Fitting;

/// <summary>The three blocks of a fit, and how their order came about.</summary>
internal sealed record FitBlocks(LabelledRows Train, LabelledRows Calibrate, LabelledRows Test, TimeSplit Split, string Order)
{
    private const int LeastRows = 60;

    // Labels of two blocks of one process rarely differ by more; sorted files differ by nearly 1.
    private const double SortedDistance = 0.4;

    public static Result<FitBlocks> Cut(LabelledTable table, FitRequest request)
    {
        var (rows, times, units) = (table.Rows, table.Times, table.Units);
        double[] shares = [request.Shares.Train, request.Shares.Calibrate, request.Shares.Test];
        if (rows.Count < LeastRows)
        {
            return new TooFewRows(rows.Count, LeastRows);
        }

        double[] order = times ?? [.. Enumerable.Range(0, rows.Count).Select(row => (double)row)];
        var cut = TimeSplit.ByShares(order, units, shares);
        if (!cut.Succeeded(out var split))
        {
            return cut.Error!;
        }

        var blocks = Of(rows, split, times is null ? "the order of the rows, taken as time" : "time");
        if (times is not null || !LooksSorted(blocks))
        {
            return blocks;
        }

        // Without times there is nothing to keep in order, and this file is sorted by what is to be learnt.
        int[] places = [.. Enumerable.Range(0, rows.Count)];
        new Draws(Draws.At(request.Seed, 70, 0)).Shuffle<int>(places);
        var drawn = TimeSplit.ByShares([.. places.Select(place => (double)place)], units, shares);
        return drawn.Succeeded(out var shuffled)
            ? Of(rows, shuffled, "drawn by seed, because there is no time and the rows are sorted by the label: expect less of future rows")
            : drawn.Error!;
    }

    private static FitBlocks Of(LabelledRows rows, TimeSplit split, string order) => new(
        rows.Select(split.Blocks[0].Rows), rows.Select(split.Blocks[1].Rows), rows.Select(split.Blocks[2].Rows), split, order);

    private static bool LooksSorted(FitBlocks blocks) =>
        new[] { blocks.Calibrate, blocks.Test }.Any(later =>
            later.Labels.Values.Distinct().Take(2).Count() < 2
            || Population.KolmogorovSmirnov(blocks.Train.Labels.Values, later.Labels.Values).Distance > SortedDistance);
}
