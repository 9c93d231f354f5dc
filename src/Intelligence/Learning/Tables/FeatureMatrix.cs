namespace Platform.Intelligence.Learning.Tables;

/// <summary>
/// One input of a model. A category list makes it categorical: its number in the matrix is the index in the list, and
/// a word outside the list is missing, so the learned default direction applies to what training never saw.
/// </summary>
internal sealed record Feature(string Name, IReadOnlyList<string>? Categories)
{
    public bool IsCategorical => Categories is not null;

    public static Feature Number(string name) => new(name, Categories: null);
}

/// <summary>Rows × features in single precision, row after row: the precision in which trees compare.</summary>
internal sealed class FeatureMatrix
{
    /// <summary>A histogram keeps 255 value bins; the frequent categories get one each, the rest count as missing.</summary>
    public const int MaxCategories = 255;

    public FeatureMatrix(IReadOnlyList<Feature> features, float[] values, int rowCount)
    {
        if (values.LongLength != (long)features.Count * rowCount)
        {
            throw new ArgumentException("A matrix holds one value per row and feature.", nameof(values));
        }

        Features = features;
        Values = values;
        RowCount = rowCount;
    }

    public IReadOnlyList<Feature> Features { get; }

    public float[] Values { get; }

    public int RowCount { get; }

    public int Width => Features.Count;

    public float this[int row, int feature] => Values[(row * Width) + feature];

    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Width, Width);

    public FeatureMatrix Select(ReadOnlySpan<int> rows)
    {
        var values = new float[rows.Length * Width];
        for (var i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(values.AsSpan(i * Width));
        }

        return new FeatureMatrix(Features, values, rows.Length);
    }

    /// <summary>The features that a table offers under these names: words become categories, by frequency then name.</summary>
    public static IReadOnlyList<Feature> Describe(Table table, IEnumerable<string> names)
    {
        var features = new List<Feature>();
        foreach (var name in names)
        {
            features.Add(table.Find(name) switch
            {
                NumericColumn => Feature.Number(name),
                CategoryColumn words => new Feature(name, Frequent(words)),
                _ => throw new ArgumentException($"The table has no column {name}.", nameof(names)),
            });
        }

        return features;
    }

    /// <summary>Reads the features out of a table. A column that is absent is missing in every row.</summary>
    public static FeatureMatrix From(Table table, IReadOnlyList<Feature> features)
    {
        var values = new float[checked(table.RowCount * features.Count)];
        for (var f = 0; f < features.Count; f++)
        {
            Fill(values, f, features.Count, Numbers(table, features[f]));
        }

        return new FeatureMatrix(features, values, table.RowCount);
    }

    private static void Fill(float[] values, int feature, int width, float[] column)
    {
        for (var row = 0; row < column.Length; row++)
        {
            values[(row * width) + feature] = column[row];
        }
    }

    private static float[] Numbers(Table table, Feature feature)
    {
        var column = new float[table.RowCount];
        switch (table.Find(feature.Name))
        {
            case NumericColumn numbers when !feature.IsCategorical:
                for (var row = 0; row < column.Length; row++)
                {
                    // A number beyond single precision is a very large number, not an infinite one.
                    column[row] = (float)Math.Clamp(numbers.Values[row], -float.MaxValue, float.MaxValue);
                }

                break;
            case NumericColumn numbers:
                Recode(column, feature, row => double.IsNaN(numbers.Values[row])
                    ? null
                    : numbers.Values[row].ToString("R", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case CategoryColumn words when feature.IsCategorical:
                Recode(column, feature, row => words[row]);
                break;
            default:
                Array.Fill(column, float.NaN);
                break;
        }

        return column;
    }

    private static void Recode(float[] column, Feature feature, Func<int, string?> word)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < feature.Categories!.Count; i++)
        {
            index[feature.Categories[i]] = i;
        }

        for (var row = 0; row < column.Length; row++)
        {
            column[row] = word(row) is { } text && index.TryGetValue(text, out var code) ? code : float.NaN;
        }
    }

    private static List<string> Frequent(CategoryColumn words)
    {
        var counts = new int[words.Categories.Count];
        foreach (var code in words.Codes.Where(code => code >= 0))
        {
            counts[code]++;
        }

        return [.. Enumerable.Range(0, counts.Length)
            .Where(code => counts[code] > 0)
            .OrderByDescending(code => counts[code])
            .ThenBy(code => words.Categories[code], StringComparer.Ordinal)
            .Take(MaxCategories)
            .Select(code => words.Categories[code])];
    }
}
