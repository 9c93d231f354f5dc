using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Tests.Benchmarks.Learning;

/// <summary>
/// The table of the budgets: 67 200 rows to learn and 22 400 to test, 26 features with gaps, amounts, codes and
/// rounded numbers, and a label that depends on nine of them.
/// </summary>
internal static class BenchRows
{
    public const int Train = 67_200;
    public const int All = 89_600;
    public const int Width = 26;

    public static LabelledRows Draw()
    {
        var draws = new Draws(2_026);
        var values = new float[All * Width];
        var labels = new double[All];
        for (var row = 0; row < All; row++)
        {
            var cells = values.AsSpan(row * Width, Width);
            for (var f = 0; f < Width; f++)
            {
                var normal = draws.NextNormal();
                cells[f] = (float)(f switch
                {
                    >= 5 and < 12 => Math.Floor(3 * PortableMath.Exp(normal)),
                    >= 12 and < 16 => draws.NextBelow(12),
                    >= 20 => Math.Round(normal, 1),
                    _ => normal,
                });
            }

            var score = (0.8 * cells[0]) + (0.5 * cells[1] * cells[2]) - (0.1 * Math.Min(cells[5], 10))
                + (cells[12] % 3 == 1 ? 0.6 : 0) + (0.3 * Math.Abs(cells[20])) + (0.4 * cells[3] * cells[3])
                + (cells[13] > 6 ? 0.2 * cells[21] : 0);
            for (var f = 0; f < Width; f++)
            {
                if (draws.NextUnit() < 0.05)
                {
                    cells[f] = float.NaN;
                    score -= f == 4 ? 0.5 : 0;
                }
            }

            labels[row] = draws.NextUnit() < PortableMath.Sigmoid(score - 1.9) ? 1 : 0;
        }

        Feature[] features = [.. Enumerable.Range(0, Width).Select(f => Feature.Number($"f{f}"))];
        return new LabelledRows(new FeatureMatrix(features, values, All), Labels.Of(labels), null);
    }

    /// <summary>Rows and label in single precision, as the rivals read them.</summary>
    public static async Task WriteAsync(LabelledRows rows, string path)
    {
        await using var file = File.Create(path);
        var line = new byte[(Width + 1) * sizeof(float)];
        for (var row = 0; row < rows.Count; row++)
        {
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(rows.Features.Row(row)).CopyTo(line);
            BitConverter.TryWriteBytes(line.AsSpan(Width * sizeof(float)), (float)rows.Labels.Values[row]);
            await file.WriteAsync(line);
        }
    }
}
