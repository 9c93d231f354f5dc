using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Workbench.Tables;

internal enum ColumnKind
{
    Number,
    Date,
    Words,
}

/// <summary>Which number of a date such as 3/4/2026 is the month. A column has one order; both possible is the month first.</summary>
internal enum DateOrder
{
    Certain,
    MonthFirst,
    DayFirst,
}

/// <summary>How columns must be read, where the file alone does not decide: as a model's signature says.</summary>
internal sealed record CsvExpectations(IReadOnlySet<string> Words, IReadOnlySet<string> Numbers)
{
    public static CsvExpectations None { get; } = new(new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
}

/// <summary>
/// A CSV file as a table. A column is of numbers if every cell that is not missing is one, of dates likewise (kept as
/// days), else of words. Two passes: the first decides the kinds, so that no cell is guessed from the few before it.
/// </summary>
internal sealed record CsvTable(string File, string Sha256, Table Table, IReadOnlyDictionary<string, ColumnKind> Kinds)
{
    private const int MostRows = 100_000_000;

    public static Result<CsvTable> Read(string path, CsvExpectations expectations, CancellationToken ct)
    {
        if (!System.IO.File.Exists(path))
        {
            return new CsvRefused(path, 0, "there is no such file");
        }

        try
        {
            var kinds = Decide(path, expectations, out var names, out var rows, ct);
            var columns = Load(path, names, kinds, rows, ct);
            var byName = names.Zip(kinds).ToDictionary(pair => pair.First, pair => pair.Second.Kind, StringComparer.Ordinal);
            return new CsvTable(path, Hash(path), new Table(columns), byName);
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

    private static (ColumnKind Kind, DateOrder Order)[] Decide(
        string path, CsvExpectations expectations, out string[] names, out int rows, CancellationToken ct)
    {
        using var stream = Open(path);
        var scanner = new CsvScanner(stream);
        names = Header(scanner);
        var state = new Evidence[names.Length];
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
                state[c].Weigh(CsvCell.Trim(scanner.Field(c)), scanner.Delimiter);
            }
        }

        if (rows == 0)
        {
            throw new CsvException(scanner.Line, "there is a header and no row");
        }

        var headers = names;
        return [.. state.Select((evidence, c) =>
            (expectations.Words.Contains(headers[c]) ? ColumnKind.Words
            : expectations.Numbers.Contains(headers[c]) && evidence.Kind != ColumnKind.Date ? ColumnKind.Number
            : evidence.Kind, evidence.Order))];
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

    private static List<Column> Load(string path, string[] names, (ColumnKind Kind, DateOrder Order)[] kinds, int rows, CancellationToken ct)
    {
        using var stream = Open(path);
        var scanner = new CsvScanner(stream);
        scanner.Read();
        ColumnBuilder[] builders = [.. names.Zip(kinds).Select(pair => new ColumnBuilder(pair.First, pair.Second.Kind, pair.Second.Order, rows))];
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

        return [.. builders.Select(builder => builder.Build())];
    }

    /// <summary>What the cells of a column have been so far.</summary>
    private struct Evidence
    {
        private bool _notNumber;
        private bool _notCertain;
        private bool _notMonthFirst;
        private bool _notDayFirst;
        private bool _any;

        public readonly ColumnKind Kind => !_any || !_notNumber ? ColumnKind.Number
            : IsDate ? ColumnKind.Date
            : ColumnKind.Words;

        public readonly DateOrder Order => !_notCertain ? DateOrder.Certain : !_notMonthFirst ? DateOrder.MonthFirst : DateOrder.DayFirst;

        private readonly bool IsDate => !_notCertain || !_notMonthFirst || !_notDayFirst;

        public void Weigh(ReadOnlySpan<byte> cell, byte delimiter)
        {
            if ((_notNumber && !IsDate) || CsvCell.IsMissing(cell))
            {
                return;
            }

            _any = true;
            _notNumber = _notNumber || !CsvCell.TryNumber(cell, delimiter, out _);
            _notCertain = _notCertain || !CsvCell.TryDate(cell, DateOrder.Certain, out _);
            _notMonthFirst = _notMonthFirst || !CsvCell.TryDate(cell, DateOrder.MonthFirst, out _);
            _notDayFirst = _notDayFirst || !CsvCell.TryDate(cell, DateOrder.DayFirst, out _);
        }
    }

    private sealed class ColumnBuilder(string name, ColumnKind kind, DateOrder order, int rows)
    {
        private readonly double[] _numbers = kind == ColumnKind.Words ? [] : new double[rows];
        private readonly int[] _codes = kind == ColumnKind.Words ? new int[rows] : [];
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

        public void Add(int row, ReadOnlySpan<byte> cell, CsvScanner scanner)
        {
            if (CsvCell.IsMissing(cell))
            {
                if (kind == ColumnKind.Words)
                {
                    _codes[row] = -1;
                }
                else
                {
                    _numbers[row] = double.NaN;
                }

                return;
            }

            switch (kind)
            {
                case ColumnKind.Words:
                    _codes[row] = Code(cell);
                    break;
                case ColumnKind.Date:
                    _numbers[row] = CsvCell.TryDate(cell, order, out var days) ? days : throw Wrong(cell, "a date", scanner.Line);
                    break;
                case ColumnKind.Number:
                    _numbers[row] = CsvCell.TryNumber(cell, scanner.Delimiter, out var number) && double.IsFinite(number)
                        ? number
                        : throw Wrong(cell, "a finite number", scanner.Line);
                    break;
            }
        }

        public Column Build() => kind == ColumnKind.Words
            ? new CategoryColumn(name, _codes, [.. _known.Keys])
            : new NumericColumn(name, _numbers);

        private CsvException Wrong(ReadOnlySpan<byte> cell, string expected, long line)
        {
            var text = Encoding.UTF8.GetString(cell);
            return new CsvException(line, $"the column {name} has \"{(text.Length > 40 ? text[..40] + "…" : text)}\"; {expected} is expected");
        }

        private int Code(ReadOnlySpan<byte> cell)
        {
            Span<char> text = cell.Length <= 256 ? stackalloc char[256] : new char[cell.Length];
            text = text[..Encoding.UTF8.GetChars(cell, text)];
            var lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!lookup.TryGetValue(text, out var code))
            {
                code = _known.Count;
                _known.Add(text.ToString(), code);
            }

            return code;
        }
    }
}
