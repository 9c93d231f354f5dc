using System.Globalization;
using System.Text;
using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Explaining;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;
using Platform.Intelligence.Workbench.CommandLine;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Tables;
using Platform.Intelligence.Workbench.Versions;

namespace Platform.Intelligence.Workbench.Scoring;

/// <summary>What a person asks of <c>ml predict</c>.</summary>
internal sealed record PredictRequest(string Model, string Csv, bool WithContributions, IReadOnlyList<string> Keep, string Out);

/// <summary>
/// Scores a table into a CSV file, a row for a row: the columns to keep, prediction, margin, a band where the model has
/// one, and on request the contribution of every feature. The file appears when it is whole.
/// </summary>
internal sealed class Predicting(PredictRequest request, WorkLog log)
{
    private const int RowsAtOnce = 4096;

    /// <summary>Answers how many rows were scored.</summary>
    public Result<int> Run(CancellationToken ct)
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

        foreach (var name in request.Keep)
        {
            if (table.Csv.Table.Find(name) is null)
            {
                return ColumnRoles.NotThere(table.Csv, name);
            }
        }

        var full = Path.GetFullPath(request.Out);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var beside = $"{full}.unfinished-{Environment.ProcessId}";
        try
        {
            using (var output = new StreamWriter(beside, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16))
            {
                Write(output, table, answering, ct);
            }

            File.Move(beside, full, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        log.Say(FormattableString.Invariant($"{table.Matrix.RowCount} rows scored into {request.Out}"));
        return table.Matrix.RowCount;
    }

    private void Write(StreamWriter output, ScoringTable table, AnsweringModel answering, CancellationToken ct)
    {
        var features = answering.Model.Features;
        List<string> header = [.. request.Keep, "prediction", "margin"];
        if (answering.Band is not null)
        {
            header.AddRange(["low", "high"]);
        }

        if (request.WithContributions)
        {
            header.AddRange([.. features.Select(feature => "c_" + feature.Name), "c_bias"]);
        }

        output.Write(string.Join(',', header.Select(CsvText.Quote)) + "\n");
        var scorer = Scorer.Compile(answering.Model);
        var explainer = request.WithContributions ? Explainer.For(answering.Model) : null;
        Column[] kept = [.. request.Keep.Select(name => table.Csv.Table.Find(name)!)];
        var width = features.Count;
        var margins = new float[RowsAtOnce];
        var parts = new double[explainer is null ? 0 : RowsAtOnce * (width + 1)];
        var line = new StringBuilder();
        for (var first = 0; first < table.Matrix.RowCount; first += RowsAtOnce)
        {
            ct.ThrowIfCancellationRequested();
            var count = Math.Min(RowsAtOnce, table.Matrix.RowCount - first);
            var rows = table.Matrix.Values.AsSpan(first * width, count * width);
            scorer.Margins(rows, margins.AsSpan(0, count));
            explainer?.Explain(rows, parts.AsSpan(0, count * (width + 1)));
            for (var i = 0; i < count; i++)
            {
                line.Clear();
                foreach (var column in kept)
                {
                    line.Append(CsvText.Quote(CsvText.Cell(column, first + i))).Append(',');
                }

                Answer(line, answering, margins[i]);
                for (var part = 0; explainer is not null && part <= width; part++)
                {
                    line.Append(',').Append(Number(parts[(i * (width + 1)) + part]));
                }

                output.Write(line.Append('\n'));
            }
        }
    }

    private static void Answer(StringBuilder line, AnsweringModel answering, float margin)
    {
        var prediction = answering.Prediction(margin);
        line.Append(Number(prediction)).Append(',').Append(margin.ToString("R", CultureInfo.InvariantCulture));
        if (answering.Band is { } band)
        {
            var (low, high) = band.Around(prediction);
            line.Append(',').Append(Number(low)).Append(',').Append(Number(high));
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
