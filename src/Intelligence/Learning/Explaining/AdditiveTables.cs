using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.Explaining;

/// <summary>
/// A model of stumps is one curve per feature. Each curve is a table: the sorted conditions of all trees that ask the
/// feature and the sum of their leaves between them, so that a contribution is one lookup and can be drawn on paper.
/// Contributions are measured from the mean of the curve over the training rows, as TreeSHAP measures them.
/// </summary>
internal sealed class AdditiveTables
{
    private readonly Curve[] _curves;

    private AdditiveTables(Curve[] curves, double bias)
    {
        _curves = curves;
        Bias = bias;
    }

    public double Bias { get; }

    public IReadOnlyList<Curve> Curves => _curves;

    /// <summary>Null when a tree asks more than one question.</summary>
    public static AdditiveTables? From(BoostedModel model)
    {
        if (model.Trees.Any(tree => tree.Depth() > 1))
        {
            return null;
        }

        var trees = model.Trees.Where(tree => !tree.IsLeaf(0)).ToLookup(tree => tree.Feature[0]);
        var curves = new Curve[model.Features.Count];
        double bias = model.BaseMargin;
        foreach (var constant in model.Trees.Where(tree => tree.IsLeaf(0)))
        {
            bias += constant.Condition[0];
        }

        for (var f = 0; f < curves.Length; f++)
        {
            var mean = trees[f].Sum(tree => ExplainedTree.From(tree).Expectation);
            bias += mean;
            curves[f] = Curve.From(model.Features[f], [.. trees[f]], mean);
        }

        return new AdditiveTables(curves, bias);
    }

    /// <summary>One contribution per feature, then the bias. Allocates nothing.</summary>
    public void Explain(ReadOnlySpan<float> row, Span<double> contributions)
    {
        for (var f = 0; f < _curves.Length; f++)
        {
            contributions[f] = _curves[f].At(row[f]);
        }

        contributions[_curves.Length] = Bias;
    }

    /// <summary>A step function of one feature, above its mean.</summary>
    internal sealed class Curve
    {
        private Curve(Feature feature, float[] conditions, double[] values, double[] byCategory, double missing)
        {
            Feature = feature;
            Conditions = conditions;
            Values = values;
            ByCategory = byCategory;
            Missing = missing;
        }

        public Feature Feature { get; }

        /// <summary>Ascending; <see cref="Values"/> has one entry more, the first for what is below all of them.</summary>
        public float[] Conditions { get; }

        public double[] Values { get; }

        /// <summary>By code, then one entry for any other number; empty when no tree splits by category.</summary>
        public double[] ByCategory { get; }

        public double Missing { get; }

        public static Curve From(Feature feature, Tree[] trees, double mean)
        {
            var codes = trees.SelectMany(tree => tree.RightCategories[0] ?? []).DefaultIfEmpty(-1).Max() + 1;
            float[] conditions = [.. trees.Where(tree => tree.RightCategories[0] is null).Select(tree => tree.Condition[0]).Distinct().Order()];
            var values = new double[conditions.Length + 1];
            for (var i = 0; i < values.Length; i++)
            {
                // Any value of the step: its lower edge, or something below the first.
                var value = i == 0 ? float.NegativeInfinity : conditions[i - 1];
                values[i] = Sum(trees.Where(tree => tree.RightCategories[0] is null), value) - mean;
            }

            var byCategory = codes == 0 ? [] : new double[codes + 1];
            for (var code = 0; code < byCategory.Length; code++)
            {
                // The entry past the last listed code stands for everything in no set.
                byCategory[code] = Sum(trees.Where(tree => tree.RightCategories[0] is not null), code);
            }

            return new Curve(feature, conditions, values, byCategory, Sum(trees, float.NaN) - mean);
        }

        public double At(float value)
        {
            if (float.IsNaN(value))
            {
                return Missing;
            }

            var step = Values[QuantileCuts.Bin(Conditions, value)];
            if (ByCategory.Length == 0)
            {
                return step;
            }

            var code = value >= 0 && value < ByCategory.Length - 1 ? (int)value : ByCategory.Length - 1;
            return step + ByCategory[code];
        }

        private static double Sum(IEnumerable<Tree> trees, float value)
        {
            var sum = 0.0;
            foreach (var tree in trees)
            {
                sum += tree.Condition[tree.GoesLeft(0, value) ? tree.Left[0] : tree.Right[0]];
            }

            return sum;
        }
    }
}
