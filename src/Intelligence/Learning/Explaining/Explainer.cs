using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.Explaining;

/// <summary>Contributions of rows by the shortest exact way: lookups where the model is additive, TreeSHAP elsewhere.</summary>
internal sealed class Explainer
{
    private readonly int _width;
    private readonly AdditiveTables? _tables;
    private readonly TreeShap? _trees;

    private Explainer(int width, AdditiveTables? tables, TreeShap? trees)
    {
        _width = width;
        _tables = tables;
        _trees = trees;
    }

    public static Explainer For(BoostedModel model)
    {
        var tables = AdditiveTables.From(model);
        return new Explainer(model.Features.Count, tables, tables is null ? new TreeShap(model) : null);
    }

    /// <summary>Per row: one contribution per feature, then the bias.</summary>
    public void Explain(ReadOnlySpan<float> rows, Span<double> contributions)
    {
        if (_tables is null)
        {
            _trees!.Explain(rows, contributions);
            return;
        }

        for (var row = 0; row * _width < rows.Length; row++)
        {
            _tables.Explain(rows.Slice(row * _width, _width), contributions.Slice(row * (_width + 1), _width + 1));
        }
    }
}
