using System.Globalization;
using System.IO.Compression;
using System.Text;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Workbench.Tables;

/// <summary>A table written as CSV, gzipped where the name says so. The file appears when it is whole.</summary>
internal static class CsvText
{
    public static void Write(Table table, string path, CancellationToken ct)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var beside = $"{full}.unfinished-{Environment.ProcessId}";
        try
        {
            using (var file = File.Create(beside))
            {
                using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Optimal) : file;
                using var output = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
                output.WriteLine(string.Join(',', table.Columns.Select(column => Quote(column.Name))));
                for (var row = 0; row < table.RowCount; row++)
                {
                    ct.ThrowIfCancellationRequested();
                    output.WriteLine(string.Join(',', table.Columns.Select(column => Quote(Cell(column, row)))));
                }
            }

            File.Move(beside, full, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    public static string Cell(Column column, int row) => column switch
    {
        CategoryColumn words => words[row] ?? "",
        NumericColumn numbers when double.IsNaN(numbers.Values[row]) => "",
        NumericColumn numbers => numbers.Values[row].ToString("R", CultureInfo.InvariantCulture),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\n\r") < 0
        ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
