using Platform.Domain.Kernel;

namespace Platform.Intelligence.Learning.Splitting;

/// <summary>The rows of a block and the times it spans.</summary>
internal sealed record TimeBlock(int[] Rows, double From, double To);

/// <summary>
/// Blocks in the order of time: train, then later blocks to calibrate and to test on. There is no other way to make
/// one: a random row split roughly doubles the apparent quality, so blocks that overlap in time, or that share a unit
/// (the same shipment in two of them), are refused.
/// </summary>
internal sealed class TimeSplit
{
    private TimeSplit(IReadOnlyList<TimeBlock> blocks) => Blocks = blocks;

    public IReadOnlyList<TimeBlock> Blocks { get; }

    /// <summary>Cuts at shares of the rows in time order. Rows of one time, and rows of one unit, stay together.</summary>
    public static Result<TimeSplit> ByShares(double[] times, string?[]? units, params double[] shares)
    {
        if (Array.Exists(times, time => !double.IsFinite(time)))
        {
            return new RowWithoutTime(Array.FindIndex(times, time => !double.IsFinite(time)));
        }

        var starts = StartOfUnits(times, units);
        int[] order = [.. Enumerable.Range(0, times.Length).OrderBy(row => starts[row]).ThenBy(row => row)];
        var blocks = new List<TimeBlock>();
        var from = 0;
        var reached = 0.0;
        for (var b = 0; b < shares.Length; b++)
        {
            reached += shares[b];
            var to = b == shares.Length - 1 ? order.Length : Math.Min(order.Length, (int)Math.Round(reached * order.Length));
            while (to > from && to < order.Length && starts[order[to]] == starts[order[to - 1]])
            {
                to++;
            }

            if (to <= from)
            {
                return new BlockWithoutRows(b + 1, shares.Length);
            }

            var rows = order[from..to];
            blocks.Add(new TimeBlock(rows, starts[rows[0]], starts[rows[^1]]));
            from = to;
        }

        return new TimeSplit(blocks);
    }

    /// <summary>Takes blocks chosen elsewhere, if they follow one another in time and no unit is in two of them.</summary>
    public static Result<TimeSplit> Of(double[] times, string?[]? units, params int[][] blocks)
    {
        var made = new List<TimeBlock>();
        var owner = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var b = 0; b < blocks.Length; b++)
        {
            if (blocks[b].Length == 0)
            {
                return new BlockWithoutRows(b + 1, blocks.Length);
            }

            var block = new TimeBlock(blocks[b], blocks[b].Min(row => times[row]), blocks[b].Max(row => times[row]));
            if (made.Count > 0 && !(made[^1].To < block.From))
            {
                return new BlocksOverlapInTime(b, b + 1, made[^1].To, block.From);
            }

            foreach (var unit in units is null ? [] : blocks[b].Select(row => units[row]).OfType<string>())
            {
                if (owner.TryGetValue(unit, out var first) && first != b)
                {
                    return new UnitInTwoBlocks(unit, first + 1, b + 1);
                }

                owner[unit] = b;
            }

            made.Add(block);
        }

        return new TimeSplit(made);
    }

    // A unit belongs where it begins: its later rows would tell the past about the future.
    private static double[] StartOfUnits(double[] times, string?[]? units)
    {
        if (units is null)
        {
            return times;
        }

        var first = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var row = 0; row < times.Length; row++)
        {
            if (units[row] is { } unit)
            {
                first[unit] = Math.Min(first.GetValueOrDefault(unit, double.PositiveInfinity), times[row]);
            }
        }

        return [.. times.Select((time, row) => units[row] is { } unit ? first[unit] : time)];
    }
}

internal sealed record BlocksOverlapInTime(int First, int Second, double FirstEnds, double SecondBegins) : DomainError
{
    public override string Message => FormattableString.Invariant(
        $"Block {First} ends at {FirstEnds} and block {Second} begins at {SecondBegins}: blocks follow one another in time.");
}

internal sealed record UnitInTwoBlocks(string Unit, int First, int Second) : DomainError
{
    public override string Message => $"{Unit} is in block {First} and in block {Second}: one decision belongs to one block.";
}

internal sealed record BlockWithoutRows(int Block, int Blocks) : DomainError
{
    public override string Message => $"Block {Block} of {Blocks} has no rows.";
}

internal sealed record RowWithoutTime(int Row) : DomainError
{
    public override string Message => $"Row {Row + 1} has no time.";
}
