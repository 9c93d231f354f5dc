using System.Text.Json;
using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.CommandLine;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Versions;

namespace Platform.Intelligence.Workbench.Scoring;

/// <summary>What a person asks of <c>ml evaluate</c>.</summary>
internal sealed record EvaluateRequest(string Model, string Csv, string Label, string? Observed, string? By);

/// <summary>Measures a model on a table with known outcomes, as a whole and by slice, and answers JSON.</summary>
internal sealed class Evaluating(EvaluateRequest request, WorkLog log)
{
    private const int MostSlices = 50;
    private const string QuantileNote = "platform_quantile";

    public Result<string> Run(CancellationToken ct)
    {
        var loaded = VersionFolder.Load(request.Model);
        if (!loaded.Succeeded(out var answering))
        {
            return loaded.Error!;
        }

        log.Say($"Reading {request.Csv}");
        var read = ScoringTable.Read(request.Csv, answering, ct);
        if (!read.Succeeded(out var table))
        {
            return read.Error!;
        }

        foreach (var name in (string?[])[request.Label, request.Observed, request.By])
        {
            if (name is not null && table.Csv.Table.Find(name) is null)
            {
                return ColumnRoles.NotThere(table.Csv, name);
            }
        }

        var labelled = Label(table, answering);
        return labelled.Succeeded(out var rows) ? Json(rows, table, answering) : labelled.Error!;
    }

    private Result<Judged> Label(ScoringTable table, AnsweringModel answering)
    {
        // The words of the label mean what they meant when the model learnt.
        var asLearnt = new FitRequest
        {
            Csv = request.Csv,
            Label = request.Label,
            Observed = request.Observed,
            Out = "",
            Objective = answering.IsClassifier ? "logistic" : "squared",
        };
        var column = table.Csv.Table.Find(request.Label)!;
        var read = answering.Positive is { } positive && answering.IsClassifier
            ? LabelColumn.AsLearnt(column, positive, answering.Negative)
            : LabelColumn.Read(column, asLearnt);
        if (!read.Succeeded(out var label))
        {
            return read.Error!;
        }

        int[] rows = [.. Enumerable.Range(0, label.Values.Length).Where(row => !double.IsNaN(label.Values[row]))];
        if (rows.Length == 0)
        {
            return new LabelNotUsable(request.Label, "no row has it");
        }

        var observed = request.Observed is null ? null : table.Csv.Table.Find(request.Observed) as NumericColumn;
        if (request.Observed is not null && (observed is null || Array.Exists(observed.Values, double.IsNaN)))
        {
            return new ColumnNotUsable(request.Observed, "must be 1 or 0 in every row");
        }

        var labels = new Labels(label.Values, observed is null ? null : [.. observed.Values.Select(flag => flag != 0)]).Select(rows);
        var scored = ModelFitting.Score(answering, new LabelledRows(table.Matrix.Select(rows), labels, null));
        return new Judged(scored, rows);
    }

    private Result<string> Json(Judged judged, ScoringTable table, AnsweringModel answering)
    {
        double? quantile = answering.Model.Attributes.TryGetValue(QuantileNote, out var text)
            && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var share) ? share : null;
        var objective = answering.Model.Objective;
        var slices = Slices(judged, table).ToArray();
        return JsonSerializer.Serialize(
            new
            {
                Model = request.Model,
                Data = Path.GetFileName(request.Csv),
                DataSha256 = table.Csv.Sha256,
                Rows = judged.Scored.Count,
                Figures = VersionFiles.Figures(Scorecard.Measure(judged.Scored, objective, quantile)),
                By = request.By,
                Slices = request.By is null ? null : slices.ToDictionary(
                    slice => slice.Name,
                    slice => new { Rows = slice.Rows.Count, Figures = VersionFiles.Figures(Scorecard.Measure(slice.Rows, objective, quantile)) },
                    StringComparer.Ordinal),
            },
            VersionJson.Options);
    }

    private IEnumerable<(string Name, ScoredRows Rows)> Slices(Judged judged, ScoringTable table)
    {
        if (request.By is null)
        {
            return [];
        }

        var column = table.Csv.Table.Find(request.By)!;
        string Name(int row) => column switch
        {
            CategoryColumn words => words[row] ?? "missing",
            NumericColumn numbers => numbers.Values[row].ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return Enumerable.Range(0, judged.Rows.Length).GroupBy(i => Name(judged.Rows[i]), StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostSlices)
            .Select(group => (group.Key, judged.Scored.Select([.. group])));
    }

    private sealed record Judged(ScoredRows Scored, int[] Rows);
}
