namespace Platform.Intelligence.Workbench.Tables;

/// <summary>What the cells of a column have been so far, and what the column therefore is.</summary>
internal sealed class ColumnEvidence
{
    // As words, a column with more different numbers than this would lose most of them.
    private const int FewNumbers = Learning.Tables.FeatureMatrix.MaxCategories;

    private readonly HashSet<double> _different = [];
    private DateForms _dates = DateForms.All;
    private byte[]? _sample;
    private long _numbers;
    private long _words;
    private bool _hasCodes;

    public void Weigh(ReadOnlySpan<byte> cell, byte delimiter)
    {
        if (CsvCell.IsMissing(cell))
        {
            return;
        }

        if (CsvCell.TryNumber(cell, delimiter, out var number))
        {
            _numbers++;
            _hasCodes = _hasCodes || CsvCell.IsCode(cell);
            if (_different.Count <= FewNumbers)
            {
                _different.Add(number);
            }
        }
        else
        {
            _words++;
        }

        // Of a column of numbers no cell is a date; asking once is enough.
        if (_dates != DateForms.None)
        {
            _sample ??= cell.ToArray();
            _dates = DateCell.Fitting(cell, _dates);
        }
    }

    public ColumnReading Decide()
    {
        if (_words == 0)
        {
            return ColumnReading.Numbers;
        }

        if (_dates != DateForms.None)
        {
            return new ColumnReading(ColumnKind.Date, DateCell.Choose(_dates, _sample), WordsAreMissing: false);
        }

        // A measurement with remarks between ("Freight included"): numbers, and no code among them.
        return _numbers >= _words && !_hasCodes && _different.Count > FewNumbers
            ? ColumnReading.Numbers with { WordsAreMissing = true }
            : ColumnReading.Words;
    }
}

/// <summary>How the cells of a column are to be read.</summary>
internal sealed record ColumnReading(ColumnKind Kind, DateForms Dates, bool WordsAreMissing)
{
    public static ColumnReading Numbers { get; } = new(ColumnKind.Number, DateForms.None, WordsAreMissing: false);

    public static ColumnReading Words { get; } = new(ColumnKind.Words, DateForms.None, WordsAreMissing: false);
}
