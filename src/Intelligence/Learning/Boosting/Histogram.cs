using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Learning.Boosting;

/// <summary>Sums of gradient and hessian per bin of every feature, for the rows of one node.</summary>
internal sealed unsafe class Histogram(int binCount)
{
    // Below this many additions a second thread costs more than it brings.
    private const int WorthSharing = 200_000;

    // Pinned, because the kernel walks it by pointer from several threads.
    private readonly Vector128<long>[] _bins = GC.AllocateArray<Vector128<long>>(binCount, pinned: true);

    public ReadOnlySpan<Vector128<long>> Bins => _bins;

    public void Build(BinnedMatrix matrix, FixedPoint derivatives, ReadOnlySpan<int> rows, int threads)
    {
        fixed (int* firstRow = rows)
        {
            var pointer = firstRow;
            var count = rows.Length;
            if (threads == 1 || matrix.Groups.Count == 1 || (long)count * matrix.Features.Count < WorthSharing)
            {
                foreach (var group in matrix.Groups)
                {
                    BuildGroup(group, derivatives, pointer, count);
                }

                return;
            }

            var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
            Parallel.For(0, matrix.Groups.Count, parallel, g => BuildGroup(matrix.Groups[g], derivatives, pointer, count));
        }
    }

    /// <summary>Makes this the histogram of the sibling: parent minus child, exact in integers.</summary>
    public void Subtract(Histogram child)
    {
        unchecked
        {
            var mine = _bins;
            var others = child._bins;
            for (var i = 0; i < mine.Length; i++)
            {
                mine[i] -= others[i];
            }
        }
    }

    private void BuildGroup(BinGroup group, FixedPoint derivatives, int* rows, int count)
    {
        Array.Clear(_bins, group.FirstBin, group.BinCount);
        fixed (Vector128<long>* bins = _bins, values = derivatives.Rows)
        fixed (ushort* data = group.Rows)
        {
            Add(bins + group.FirstBin, values, data, group.FeatureCount, rows, count);
        }
    }

    // Compiled at once at full strength: the first tree is as fast as the last.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(
        Vector128<long>* bins, Vector128<long>* values, ushort* data, int width, int* rows, int count)
    {
        unchecked
        {
            var unrolled = width & ~3;
            for (var i = 0; i < count; i++)
            {
                long row = rows[i];
                var value = values[row];
                var cell = data + (row * width);
                var stop = cell + unrolled;
                var end = cell + width;
                for (; cell < stop; cell += 4)
                {
                    bins[cell[0]] += value;
                    bins[cell[1]] += value;
                    bins[cell[2]] += value;
                    bins[cell[3]] += value;
                }

                for (; cell < end; cell++)
                {
                    bins[*cell] += value;
                }
            }
        }
    }
}
