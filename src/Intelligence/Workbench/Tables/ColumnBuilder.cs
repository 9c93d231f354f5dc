using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Workbench.Tables;

/// <summary>Collects the cells of one column as they are to be read.</summary>
internal sealed class ColumnBuilder(string name, ColumnReading reading, int rows)
{
    private readonly double[] _numbers = reading.Kind == ColumnKind.Words ? [] : new double[rows];
    private readonly int[] _codes = reading.Kind == ColumnKind.Words ? new int[rows] : [];
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

    /// <summary>Cells that hold words between numbers.</summary>
    public int Remarks { get; private set; }

    public void Add(int row, ReadOnlySpan<byte> cell, CsvScanner scanner)
    {
        if (CsvCell.IsMissing(cell))
        {
            if (reading.Kind == ColumnKind.Words)
            {
                _codes[row] = -1;
            }
            else
            {
                _numbers[row] = double.NaN;
            }

            return;
        }

        switch (reading.Kind)
        {
            case ColumnKind.Words:
                _codes[row] = Code(cell);
                break;
            case ColumnKind.Date:
                _numbers[row] = DateCell.TryDays(cell, reading.Dates, out var days) ? days : throw Wrong(cell, "a date", scanner.Line);
                break;
            case ColumnKind.Number:
                _numbers[row] = Number(cell, scanner);
                break;
        }
    }

    public Column Build() => reading.Kind == ColumnKind.Words
        ? new CategoryColumn(name, _codes, [.. _known.Keys])
        : new NumericColumn(name, _numbers);

    private double Number(ReadOnlySpan<byte> cell, CsvScanner scanner)
    {
        if (CsvCell.TryNumber(cell, scanner.Delimiter, out var number))
        {
            return double.IsFinite(number) ? number : throw Wrong(cell, "a finite number", scanner.Line);
        }

        if (!reading.WordsAreMissing)
        {
            throw Wrong(cell, "a finite number", scanner.Line);
        }

        Remarks++;
        return double.NaN;
    }

    private CsvException Wrong(ReadOnlySpan<byte> cell, string expected, long line)
    {
        var text = CsvCell.Text(cell);
        return new CsvException(line, $"the column {name} has \"{(text.Length > 40 ? text[..40] + "…" : text)}\"; {expected} is expected");
    }

    private int Code(ReadOnlySpan<byte> cell)
    {
        Span<char> text = cell.Length <= 256 ? stackalloc char[256] : new char[cell.Length];
        text = text[..CsvCell.Decode(cell, text)];
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(text, out var code))
        {
            code = _known.Count;
            _known.Add(text.ToString(), code);
        }

        return code;
    }
}
