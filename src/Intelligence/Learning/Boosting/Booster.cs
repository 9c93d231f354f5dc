using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.Boosting;

/// <summary>One round of boosting as it is reported: mean loss on the training rows' margins and on the later block.</summary>
internal readonly record struct BoostingRound(int Tree, int Trees, double? LaterLoss);

/// <summary>
/// Gradient boosting over histograms. One seed gives one model: sums are integers, exponentials our own, draws keyed
/// by tree and row, and no reduction depends on threads.
/// </summary>
internal sealed class Booster
{
    private const ulong RowDraw = 1;
    private const ulong FeatureDraw = 2;

    // Rows whose derivatives one task computes; large enough to hide the task, small enough to stay in cache.
    private const int Block = 8192;

    private readonly BoosterOptions _options;
    private readonly LabelledRows _rows;
    private readonly BinnedMatrix _matrix;
    private readonly TreeGrower _grower;
    private readonly FixedPoint _derivatives;
    private readonly double[] _gradients;
    private readonly double[] _hessians;
    private readonly float[] _margins;
    private readonly int[] _sample;
    private readonly LeafRefit? _refit;

    private Booster(BoosterOptions options, LabelledRows rows)
    {
        _options = options;
        _rows = rows;
        _matrix = BinnedMatrix.From(rows.Features, options.MaxBins, options.Threads);
        _grower = new TreeGrower(_matrix, options);
        _derivatives = new FixedPoint(rows.Count);
        _gradients = new double[rows.Count];
        _hessians = new double[rows.Count];
        _margins = new float[rows.Count];
        _sample = new int[rows.Count];
        _refit = options.Loss.RefitQuantile is { } quantile ? new LeafRefit(options, quantile) : null;
    }

    /// <summary>Fits a model; with a later block and early stopping, keeps the trees up to its best round.</summary>
    public static Result<BoostedModel> Fit(
        LabelledRows rows, LabelledRows? later, BoosterOptions options, IProgress<BoostingRound> progress, CancellationToken ct)
    {
        if (rows.Count == 0 || rows.Features.Width == 0)
        {
            return new NothingToLearn("There are no rows or no features to learn from.");
        }

        var refusal = options.Check(rows.Features.Features)
            ?? options.Loss.Check(rows.Labels)
            ?? (later is null ? null : options.Loss.Check(later.Labels));
        return refusal is not null ? refusal : new Booster(options, rows).Run(later, progress, ct);
    }

    private BoostedModel Run(LabelledRows? later, IProgress<BoostingRound> progress, CancellationToken ct)
    {
        var baseScore = (float)_options.Loss.BestConstant(_rows);
        var baseMargin = _options.Loss.Objective.ToMargin(baseScore);
        Array.Fill(_margins, baseMargin);
        var watch = later is null ? null : new LaterBlock(later, baseMargin, _options);
        var trees = new List<Tree>(_options.Trees);
        for (var round = 0; round < _options.Trees; round++)
        {
            ct.ThrowIfCancellationRequested();
            trees.Add(Grow(round));
            watch?.Add(trees[^1]);
            progress.Report(new BoostingRound(round + 1, _options.Trees, watch?.Loss));
            if (watch is not null && watch.HasStopped)
            {
                trees.RemoveRange(watch.BestTrees, trees.Count - watch.BestTrees);
                break;
            }
        }

        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var note in _options.Loss.Objective.Notes)
        {
            attributes.Add(note.Key, note.Value);
        }

        return new BoostedModel
        {
            Objective = _options.Loss.Objective,
            BaseScore = baseScore,
            Features = _rows.Features.Features,
            Trees = trees,
            Attributes = attributes,
            FeatureTypes = [.. _rows.Features.Features.Select(feature => feature.IsCategorical ? "c" : "q")],
        };
    }

    private Tree Grow(int round)
    {
        Derive();
        var rows = SampleRows(round);
        var growing = _grower.Grow(_derivatives, rows, SampleFeatures(round));
        _refit?.Apply(growing, _grower, _rows, _margins);
        var tree = growing.Finish(_derivatives, _options.Eta);
        if (rows.Length == _rows.Count)
        {
            // Each leaf already holds its rows.
            foreach (var leaf in growing.Nodes.Where(node => node.IsLeaf))
            {
                var value = (float)(leaf.Weight * _options.Eta);
                foreach (var row in _grower.RowsOf(leaf))
                {
                    _margins[row] += value;
                }
            }
        }
        else
        {
            for (var row = 0; row < _rows.Count; row++)
            {
                _margins[row] += tree.Condition[tree.LeafOf(_rows.Features.Row(row))];
            }
        }

        return tree;
    }

    private void Derive()
    {
        var blocks = (_rows.Count + Block - 1) / Block;
        var largest = new (double Gradient, double Hessian, double Squares, double Hessians)[blocks];
        InBlocks(blocks, block =>
        {
            var (from, to) = Range(block);
            _options.Loss.Derive(_margins, _rows.Labels, from, to, _gradients, _hessians);
            double gradient = 0, hessian = 0, squares = 0, hessians = 0;
            for (var row = from; row < to; row++)
            {
                // A weight counts as that many rows, here as in the sums.
                var plain = _gradients[row];
                if (_rows.Weights is not null)
                {
                    _gradients[row] *= _rows.Weights[row];
                    _hessians[row] *= _rows.Weights[row];
                }

                gradient = Math.Max(gradient, Math.Abs(_gradients[row]));
                hessian = Math.Max(hessian, _hessians[row]);
                squares += _gradients[row] * plain;
                hessians += _hessians[row];
            }

            largest[block] = (gradient, hessian, squares, hessians);
        });
        // Blocks are the same whatever the threads, and summed in their order.
        _derivatives.Noise = largest.Sum(pair => pair.Squares) / Math.Max(largest.Sum(pair => pair.Hessians), 1e-300);
        _derivatives.Scale(largest.Max(pair => pair.Gradient), largest.Max(pair => pair.Hessian));
        InBlocks(blocks, block =>
        {
            var (from, to) = Range(block);
            for (var row = from; row < to; row++)
            {
                _derivatives.Set(row, _gradients[row], _hessians[row]);
            }
        });
    }

    private (int From, int To) Range(int block) => (block * Block, Math.Min(_rows.Count, (block + 1) * Block));

    private void InBlocks(int blocks, Action<int> action)
    {
        if (_options.Threads == 1 || blocks < 4)
        {
            for (var block = 0; block < blocks; block++)
            {
                action(block);
            }

            return;
        }

        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads }, action);
    }

    private ReadOnlySpan<int> SampleRows(int round)
    {
        var count = 0;
        for (var row = 0; row < _rows.Count; row++)
        {
            var taken = _options.Subsample >= 1 || Draws.ToUnit(
                Draws.At(_options.Seed, RowDraw + ((ulong)round << 8), (ulong)row)) < _options.Subsample;
            if (taken)
            {
                _sample[count++] = row;
            }
        }

        return _sample.AsSpan(0, count);
    }

    private int[] SampleFeatures(int round)
    {
        var all = Enumerable.Range(0, _rows.Features.Width).ToArray();
        var count = Math.Max(1, (int)Math.Round(_options.ColumnSample * all.Length));
        if (count == all.Length)
        {
            return all;
        }

        new Draws(Draws.At(_options.Seed, FeatureDraw, (ulong)round)).Shuffle<int>(all);
        var sampled = all[..count];
        Array.Sort(sampled);
        return sampled;
    }
}
