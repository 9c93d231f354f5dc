using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Intelligence.Workbench.Fitting;

/// <summary>A table ready to learn from: rows with a label, their weights, times and units.</summary>
internal sealed record LabelledTable(
    LabelledRows Rows, LabelColumn Label, Loss Loss, double[]? Times, string?[]? Units, int[] Kept, int Dropped)
{
    public static Result<LabelledTable> From(CsvTable csv, ColumnRoles roles, FitRequest request)
    {
        var read = LabelColumn.Read(csv.Table.Find(request.Label)!, request);
        if (!read.Succeeded(out var label))
        {
            return read.Error!;
        }

        var chosen = label.LossFor(request);
        if (!chosen.Succeeded(out var loss))
        {
            return chosen.Error!;
        }

        int[] kept = [.. Enumerable.Range(0, label.Values.Length).Where(row => !double.IsNaN(label.Values[row]))];
        var table = csv.Table.Select(kept);
        var weights = Numbers(table, request.Weight, "is the weight and has no number in row", least: 0);
        var times = Numbers(table, request.Time, "is the time and has neither number nor date in row", least: double.NegativeInfinity);
        var observed = Numbers(table, request.Observed, "tells what was observed and has neither 0 nor 1 in row", least: 0);
        var refusal = weights.Error ?? times.Error ?? observed.Error;
        if (refusal is not null)
        {
            return refusal;
        }

        var labels = new Labels(
            [.. kept.Select(row => label.Values[row])],
            request.Observed is null ? null : [.. observed.Value.Select(flag => flag != 0)]);
        var features = FeatureMatrix.Describe(table, roles.Features);
        var matrix = FeatureMatrix.From(table, features);
        return new LabelledTable(
            new LabelledRows(matrix, labels, Influence.Cap(
                request.Weight is null ? null : weights.Value, Words(table, request.Source), request.MostInfluence)),
            label,
            loss,
            request.Time is null ? null : times.Value,
            Words(table, request.Unit),
            kept,
            label.Values.Length - kept.Length);
    }

    private static Result<double[]> Numbers(Table table, string? name, string complaint, double least)
    {
        if (name is null)
        {
            return Array.Empty<double>();
        }

        if (table.Find(name) is not NumericColumn column)
        {
            return new ColumnNotUsable(name, $"{complaint} 1: it is words");
        }

        var bad = Array.FindIndex(column.Values, value => !double.IsFinite(value) || value < least);
        return bad < 0 ? column.Values : new ColumnNotUsable(name, FormattableString.Invariant($"{complaint} {bad + 1}"));
    }

    private static string?[]? Words(Table table, string? name) => (name is null ? null : table.Find(name)) switch
    {
        CategoryColumn words => [.. Enumerable.Range(0, words.Count).Select(row => words[row])],
        NumericColumn numbers => [.. numbers.Values.Select(value => double.IsNaN(value)
            ? null
            : value.ToString("R", System.Globalization.CultureInfo.InvariantCulture))],
        _ => null,
    };
}
