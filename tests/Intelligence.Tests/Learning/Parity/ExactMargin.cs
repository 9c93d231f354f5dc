using Platform.Intelligence.Learning.Trees;

namespace Platform.Tests.Intelligence.Learning.Parity;

/// <summary>The margin summed in double precision, which explanations must reach.</summary>
internal static class ExactMargin
{
    public static double Of(BoostedModel model, ReadOnlySpan<float> row)
    {
        double margin = model.BaseMargin;
        foreach (var tree in model.Trees)
        {
            margin += tree.Condition[tree.LeafOf(row)];
        }

        return margin;
    }
}
