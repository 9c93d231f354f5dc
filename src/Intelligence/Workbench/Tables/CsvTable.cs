using System.IO.Compression;
using System.Security.Cryptography;
using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Workbench.Tables;

internal enum ColumnKind
{
    Number,
    Date,
    Words,
}

/// <summary>How columns must be read, where the file alone does not decide: as a model's signature says.</summary>
/// <param name="Remarked">Numbers with remarks between, where words are missing numbers.</param>
internal sealed record CsvExpectations(IReadOnlySet<string> Words, IReadOnlySet<string> Numbers, IReadOnlySet<string> Remarked)
{
    private static readonly HashSet<string> Nothing = new(StringComparer.Ordinal);

    public static CsvExpectations None { get; } = new(Nothing, Nothing, Nothing);

    public ColumnReading Decide(string column, ColumnEvidence evidence)
    {
        if (Words.Contains(column))
        {
            return ColumnReading.Words;
        }

        var reading = evidence.Decide();
        return Remarked.Contains(column) ? ColumnReading.Numbers with { WordsAreMissing = true }
            : Numbers.Contains(column) && reading.Kind != ColumnKind.Date ? ColumnReading.Numbers
            : reading;
    }
}

/// <summary>
/// A CSV file as a table. A column is of numbers if every cell that is not missing is one, of dates likewise (kept as
/// days), else of words, unless the words are remarks between measurements. Two passes: the first decides the kinds,
/// so that no cell is guessed from the few before it.
/// </summary>
internal sealed record CsvTable(string File, string Sha256, Table Table, IReadOnlyDictionary<string, ColumnReading> Readings)
{
    /// <summary>Columns of numbers with remarks between, and how many cells are remarks.</summary>
    public required IReadOnlyDictionary<string, int> Remarks { get; init; }

    private const int MostRows = 100_000_000;

    public static Result<CsvTable> Read(string path, CsvExpectations expectations, CancellationToken ct)
    {
        if (!System.IO.File.Exists(path))
        {
            return new CsvRefused(path, 0, "there is no such file");
        }

        try
        {
            var readings = Decide(path, expectations, out var names, out var rows, ct);
            var builders = Load(path, names, readings, rows, ct);
            var byName = names.Zip(readings).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            return new CsvTable(path, Hash(path), new Table([.. builders.Select(builder => builder.Build())]), byName)
            {
                Remarks = names.Zip(builders).Where(pair => pair.Second.Remarks > 0)
                    .ToDictionary(pair => pair.First, pair => pair.Second.Remarks, StringComparer.Ordinal),
            };
        }
        catch (CsvException refused)
        {
            return new CsvRefused(path, refused.Line, refused.Message);
        }
        catch (InvalidDataException)
        {
            return new CsvRefused(path, 0, "it is named .gz and is not gzip");
        }
    }

    private static Stream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static string Hash(string path)
    {
        using var file = System.IO.File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static ColumnReading[] Decide(
        string path, CsvExpectations expectations, out string[] names, out int rows, CancellationToken ct)
    {
        using var stream = Open(path);
        var scanner = new CsvScanner(stream);
        names = Header(scanner);
        ColumnEvidence[] evidence = [.. names.Select(_ => new ColumnEvidence())];
        rows = 0;
        while (NextRow(scanner, names.Length))
        {
            if (++rows > MostRows)
            {
                throw new CsvException(scanner.Line, $"there are more than {MostRows} rows");
            }

            if ((rows & 0xFFFF) == 0)
            {
                ct.ThrowIfCancellationRequested();
            }

            for (var c = 0; c < names.Length; c++)
            {
                evidence[c].Weigh(CsvCell.Trim(scanner.Field(c)), scanner.Delimiter);
            }
        }

        if (rows == 0)
        {
            throw new CsvException(scanner.Line, "there is a header and no row");
        }

        return [.. names.Zip(evidence, expectations.Decide)];
    }

    private static string[] Header(CsvScanner scanner)
    {
        if (!scanner.Read())
        {
            throw new CsvException(1, "the file is empty");
        }

        var names = new string[scanner.FieldCount];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var c = 0; c < names.Length; c++)
        {
            var name = scanner.Text(c).Trim();

            // Data frames write their index under an empty name.
            names[c] = name.Length == 0 ? $"column_{c + 1}" : name;
            if (names[c].Contains('\0', StringComparison.Ordinal))
            {
                throw new CsvException(1, "the file is not text");
            }

            if (!seen.Add(names[c]))
            {
                throw new CsvException(1, $"the column {names[c]} is there twice");
            }
        }

        return names;
    }

    private static bool NextRow(CsvScanner scanner, int width)
    {
        if (!scanner.Read())
        {
            return false;
        }

        return scanner.FieldCount == width
            ? true
            : throw new CsvException(scanner.Line, $"there are {scanner.FieldCount} fields; the header has {width}");
    }

    private static ColumnBuilder[] Load(string path, string[] names, ColumnReading[] readings, int rows, CancellationToken ct)
    {
        using var stream = Open(path);
        var scanner = new CsvScanner(stream);
        scanner.Read();
        ColumnBuilder[] builders = [.. names.Zip(readings).Select(pair => new ColumnBuilder(pair.First, pair.Second, rows))];
        for (var row = 0; row < rows && NextRow(scanner, names.Length); row++)
        {
            if ((row & 0xFFFF) == 0)
            {
                ct.ThrowIfCancellationRequested();
            }

            for (var c = 0; c < builders.Length; c++)
            {
                builders[c].Add(row, CsvCell.Trim(scanner.Field(c)), scanner);
            }
        }

        return builders;
    }
}
