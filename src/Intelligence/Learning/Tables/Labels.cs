using Platform.Domain.Kernel;

namespace Platform.Intelligence.Learning.Tables;

/// <summary>
/// What is to be learned, per row. For survival, <see cref="Observed"/> says whether the time is the outcome or only
/// how long it has lasted so far (right-censored); for every other loss it is null.
/// </summary>
internal sealed record Labels(double[] Values, bool[]? Observed)
{
    public int Count => Values.Length;

    public static Labels Of(double[] values) => new(values, Observed: null);

    public bool IsObserved(int row) => Observed is null || Observed[row];

    public Labels Select(ReadOnlySpan<int> rows)
    {
        var values = new double[rows.Length];
        var observed = Observed is null ? null : new bool[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            values[i] = Values[rows[i]];
            if (observed is not null)
            {
                observed[i] = Observed![rows[i]];
            }
        }

        return new Labels(values, observed);
    }
}

/// <summary>Rows with their outcome and weight: what a model is fitted or measured on.</summary>
internal sealed record LabelledRows(FeatureMatrix Features, Labels Labels, double[]? Weights)
{
    public int Count => Features.RowCount;

    public double Weight(int row) => Weights is null ? 1 : Weights[row];

    public LabelledRows Select(ReadOnlySpan<int> rows)
    {
        double[]? weights = null;
        if (Weights is not null)
        {
            weights = new double[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                weights[i] = Weights[rows[i]];
            }
        }

        return new LabelledRows(Features.Select(rows), Labels.Select(rows), weights);
    }
}

/// <summary>A row's outcome is outside what the loss can learn from.</summary>
internal sealed record LabelOutOfRange(int Row, double Value, string Allowed) : DomainError
{
    public override string Message => FormattableString.Invariant(
        $"Row {Row + 1} has the label {Value}; this objective allows {Allowed}.");
}

/// <summary>There is nothing to learn from.</summary>
internal sealed record NothingToLearn(string Reason) : DomainError
{
    public override string Message => Reason;
}
