using System.Globalization;
using System.Runtime.CompilerServices;
using Platform.Intelligence.Learning.Trees;
using Platform.Intelligence.Learning.XgboostFormat;

namespace Platform.Tests.Intelligence.Learning.Parity;

/// <summary>A model of XGBoost 1.7.4 with forty rows and what XGBoost says of them; made by Golden/make_golden.py.</summary>
internal sealed record GoldenCase(byte[] File, float[] Rows, double[] Margins, double[] Predictions, double[] Contributions)
{
    public const int Width = 5;
    public const int RowCount = 40;

    public static readonly string[] Names =
        ["logistic", "categories", "pruned", "poisson", "survival-normal", "survival-logistic", "survival-extreme"];

    public BoostedModel Model => ModelReader.Read(File).Value;

    public static GoldenCase Load(string name)
    {
        var lines = System.IO.File.ReadAllLines(PathOf($"{name}.rows.csv")).Skip(1).ToArray();
        var cells = lines.Select(line => line.Split(',')).ToArray();
        return new GoldenCase(
            System.IO.File.ReadAllBytes(PathOf($"{name}.model.json")),
            [.. cells.SelectMany(row => row.Take(Width)).Select(cell => cell.Length == 0
                ? float.NaN
                : float.Parse(cell, CultureInfo.InvariantCulture))],
            [.. cells.Select(row => Number(row[Width]))],
            [.. cells.Select(row => Number(row[Width + 1]))],
            [.. cells.SelectMany(row => row.Skip(Width + 2)).Select(Number)]);
    }

    public static string PathOf(string file) => Path.Combine(Folder(), "..", "Golden", file);

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
