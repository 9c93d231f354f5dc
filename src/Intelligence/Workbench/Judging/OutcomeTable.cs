using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Recipes;
using Platform.Intelligence.Workbench.Scoring;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Intelligence.Workbench.Judging;

internal sealed record NoRowsToJudge(string File, string Reason) : DomainError
{
    public override string Message => $"{File} has no rows to judge by: {Reason}.";
}

/// <summary>Rows whose outcome is known, as a recipe names them: what a version said of them can be held against it.</summary>
internal sealed record OutcomeTable(CsvTable Csv, Recipe Recipe, Labels Labels, double[] Times)
{
    /// <summary>Reads the rows with a label and a time. Words are read as the model learnt them.</summary>
    public static Result<OutcomeTable> Read(string path, Recipe recipe, AnsweringModel learnt, CancellationToken ct)
    {
        var read = ScoringTable.Read(path, learnt, ct);
        if (!read.Succeeded(out var scoring))
        {
            return read.Error!;
        }

        var csv = scoring.Csv;
        string?[] needed = [recipe.Label.Column, recipe.Label.Observed, recipe.Columns.Time, recipe.Columns.Unit, recipe.Columns.Group, .. recipe.Slices];
        foreach (var name in needed.OfType<string>())
        {
            if (csv.Table.Find(name) is null)
            {
                return ColumnRoles.NotThere(csv, name);
            }
        }

        var column = csv.Table.Find(recipe.Label.Column)!;
        var label = learnt is { IsClassifier: true, Positive: { } positive }
            ? LabelColumn.AsLearnt(column, positive, learnt.Negative)
            : LabelColumn.Read(column, new FitRequest { Csv = path, Label = recipe.Label.Column, Objective = recipe.Label.Objective, Out = "" });
        if (!label.Succeeded(out var values))
        {
            return label.Error!;
        }

        if (csv.Table.Find(recipe.Columns.Time) is not NumericColumn times)
        {
            return new ColumnNotUsable(recipe.Columns.Time, "is the time and is words");
        }

        int[] kept = [.. Enumerable.Range(0, values.Values.Length).Where(row => !double.IsNaN(values.Values[row]) && !double.IsNaN(times.Values[row]))];
        var observed = recipe.Label.Observed is { } name2 && csv.Table.Find(name2) is NumericColumn flags
            ? flags.Values.Select(flag => flag > 0).ToArray()
            : null;
        return kept.Length == 0
            ? new NoRowsToJudge(path, "no row has a label and a time")
            : new OutcomeTable(
                csv with { Table = csv.Table.Select(kept) }, recipe, new Labels(values.Values, observed).Select(kept), Starts(csv.Table, recipe.Columns.Unit, times.Values, kept));
    }

    // A unit that began in an earlier block was learnt from with all its rows, also the late ones.
    private static double[] Starts(Table table, string? unit, double[] times, int[] kept)
    {
        if (unit is null)
        {
            return [.. kept.Select(row => times[row])];
        }

        var column = table.Find(unit)!;
        var first = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var row in kept)
        {
            var name = Slicing.Text(column, row);
            first[name] = Math.Min(first.GetValueOrDefault(name, double.PositiveInfinity), times[row]);
        }

        return [.. kept.Select(row => first[Slicing.Text(column, row)])];
    }

    public int[] After(double time) => [.. Enumerable.Range(0, Times.Length).Where(row => Times[row] > time)];

    /// <summary>What a model says of the rows.</summary>
    public ScoredRows Scored(AnsweringModel model, int[] rows)
    {
        var matrix = FeatureMatrix.From(Csv.Table.Select(rows), model.Model.Features);
        return ModelFitting.Score(model, new LabelledRows(matrix, Labels.Select(rows), Weights: null));
    }

    public int[] Clusters(int[] rows)
    {
        if (Recipe.Columns.Group is not { } name)
        {
            return [.. Enumerable.Range(0, rows.Length)];
        }

        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. rows.Select(row =>
        {
            var text = Slicing.Text(Csv.Table.Find(name)!, row);
            return known.TryGetValue(text, out var at) ? at : known[text] = known.Count;
        })];
    }

    public IEnumerable<(string Column, Slice Slice)> Slices(int[] rows) =>
        Recipe.Slices.SelectMany(column => Slicing.By(Csv.Table.Find(column)!, rows).Select(slice => (column, slice)));
}
