namespace Platform.Intelligence.Learning.Tables;

/// <summary>A named column of one length. Numbers are doubles with NaN for missing; words are codes with −1.</summary>
internal abstract record Column(string Name)
{
    public abstract int Count { get; }

    public abstract int MissingCount { get; }

    public abstract Column Select(ReadOnlySpan<int> rows);
}

internal sealed record NumericColumn(string Name, double[] Values) : Column(Name)
{
    public override int Count => Values.Length;

    public override int MissingCount => Values.Count(double.IsNaN);

    public override Column Select(ReadOnlySpan<int> rows)
    {
        var picked = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            picked[i] = Values[rows[i]];
        }

        return this with { Values = picked };
    }
}

/// <summary>Words, stored once each in order of first appearance, and a code per row.</summary>
internal sealed record CategoryColumn(string Name, int[] Codes, IReadOnlyList<string> Categories) : Column(Name)
{
    public override int Count => Codes.Length;

    public override int MissingCount => Codes.Count(code => code < 0);

    public string? this[int row] => Codes[row] < 0 ? null : Categories[Codes[row]];

    public override Column Select(ReadOnlySpan<int> rows)
    {
        var picked = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            picked[i] = Codes[rows[i]];
        }

        return this with { Codes = picked };
    }

    /// <summary>Codes words in order of first appearance; null is missing.</summary>
    public static CategoryColumn From(string name, IEnumerable<string?> words)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = new List<int>();
        foreach (var word in words)
        {
            if (word is null)
            {
                codes.Add(-1);
                continue;
            }

            if (!known.TryGetValue(word, out var code))
            {
                code = known.Count;
                known.Add(word, code);
            }

            codes.Add(code);
        }

        return new CategoryColumn(name, [.. codes], [.. known.Keys]);
    }
}

/// <summary>Columns of equal length, found by name.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, Column> _byName;

    public Table(IReadOnlyList<Column> columns)
    {
        Columns = columns;
        RowCount = columns.Count == 0 ? 0 : columns[0].Count;
        if (columns.Any(column => column.Count != RowCount))
        {
            throw new ArgumentException("The columns of a table have one length.", nameof(columns));
        }

        _byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<Column> Columns { get; }

    public int RowCount { get; }

    public Column? Find(string name) => _byName.GetValueOrDefault(name);

    public Table Select(ReadOnlySpan<int> rows)
    {
        var picked = new List<Column>(Columns.Count);
        foreach (var column in Columns)
        {
            picked.Add(column.Select(rows));
        }

        return new Table(picked);
    }
}
