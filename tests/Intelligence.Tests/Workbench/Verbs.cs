using System.Globalization;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Workbench.CommandLine;
using Platform.Tests.Intelligence.Learning;

namespace Platform.Tests.Intelligence.Workbench;

/// <summary>`ml …` called as a shell calls it, in a folder that goes away.</summary>
public abstract class Verbs : IDisposable
{
    private static readonly Lock Streams = new();

    internal string Folder { get; } = Directory.CreateTempSubdirectory("verbs-").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    internal string At(string name) => Path.Combine(Folder, name);

    internal static (int Code, string Output, string Error) Call(params string[] arguments)
    {
        // The process has one standard output.
        lock (Streams)
        {
            var (output, error) = (Console.Out, Console.Error);
            using var capturedOutput = new StringWriter();
            using var capturedError = new StringWriter();
            try
            {
                Console.SetOut(capturedOutput);
                Console.SetError(capturedError);
                var call = MlCommands.Create().Parse(arguments);
                if (call.Errors.Count > 0)
                {
                    return (2, "", string.Join('\n', call.Errors.Select(fault => fault.Message)));
                }

                var code = call.Invoke();
                return (code, capturedOutput.ToString(), capturedError.ToString());
            }
            finally
            {
                Console.SetOut(output);
                Console.SetError(error);
            }
        }
    }

    /// <summary>Rows of one seed, in the order of days: a test table continues the training table.</summary>
    internal void Table(string name, int from, int to)
    {
        var (matrix, scores) = SyntheticRows.Draw(to, seed: 31);
        var draws = new Draws(99);
        var lines = new List<string> { "a,b,c,noise,kind,late,amount,seen,day" };
        for (var row = 0; row < to; row++)
        {
            var isLate = draws.NextUnit() < PortableMath.Sigmoid(1.5 * scores[row]);
            string[] cells = [.. matrix.Row(row).ToArray().Take(4).Select(value => float.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture))];
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"{string.Join(',', cells)},{SyntheticRows.Features[4].Categories![(int)matrix[row, 4]]},{(isLate ? "yes" : "no")},{Math.Ceiling(4 * Math.Exp(scores[row] / 2))},{(row % 5 == 0 ? 0 : 1)},{row}"));
        }

        File.WriteAllLines(At(name), lines.Take(1).Concat(lines.Skip(1 + from)));
    }
}
