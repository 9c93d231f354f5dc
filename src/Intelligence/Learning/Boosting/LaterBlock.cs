using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.Boosting;

/// <summary>The block after the training rows, on which early stopping watches the loss.</summary>
internal sealed class LaterBlock
{
    private readonly LabelledRows _rows;
    private readonly BoosterOptions _options;
    private readonly float[] _margins;
    private double _best = double.PositiveInfinity;
    private int _trees;

    public LaterBlock(LabelledRows rows, float baseMargin, BoosterOptions options)
    {
        _rows = rows;
        _options = options;
        _margins = new float[rows.Count];
        Array.Fill(_margins, baseMargin);
    }

    public double Loss { get; private set; }

    public int BestTrees { get; private set; }

    public bool HasStopped =>
        _options.EarlyStopping > 0
        && (_trees - BestTrees >= _options.EarlyStopping || (_trees == _options.Trees && BestTrees < _trees));

    public void Add(Tree tree)
    {
        for (var row = 0; row < _rows.Count; row++)
        {
            _margins[row] += tree.Condition[tree.LeafOf(_rows.Features.Row(row))];
        }

        _trees++;
        Loss = _options.Loss.Mean(_margins, _rows);
        if (Loss < _best)
        {
            _best = Loss;
            BestTrees = _trees;
        }
    }
}
