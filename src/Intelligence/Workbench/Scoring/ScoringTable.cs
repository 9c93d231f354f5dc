using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Intelligence.Workbench.Scoring;

/// <summary>The table lacks inputs of the model; guessing them would be silent nonsense.</summary>
internal sealed record InputsMissing(string File, IReadOnlyList<string> Columns) : DomainError
{
    public override string Message =>
        $"{File} lacks {Columns.Count} inputs of the model: {string.Join(", ", Columns.Take(10))}{(Columns.Count > 10 ? ", …" : "")}.";
}

/// <summary>The model file knows the categories of a column only as codes, and the table has words.</summary>
internal sealed record CategoriesUnknown(string Column) : DomainError
{
    public override string Message =>
        $"The model knows the categories of {Column} only as codes 0, 1, …; the table has words. Write the codes that the training used.";
}

/// <summary>A CSV file read as a model needs it: its words as words, its numbers as numbers, every input present.</summary>
internal sealed record ScoringTable(CsvTable Csv, FeatureMatrix Matrix)
{
    public static Result<ScoringTable> Read(string path, AnsweringModel answering, CancellationToken ct)
    {
        var features = answering.Model.Features;

        // Python's files keep no words: such a column is read as it comes, and must come as codes.
        var coded = features.Where((feature, f) => !feature.IsCategorical && answering.Model.FeatureTypes.ElementAtOrDefault(f) == "c")
            .Select(feature => feature.Name).ToHashSet(StringComparer.Ordinal);
        HashSet<string> Names(bool areWords) =>
            [.. features.Where(feature => feature.IsCategorical == areWords && !coded.Contains(feature.Name)).Select(feature => feature.Name)];
        var read = CsvTable.Read(path, new CsvExpectations(Names(areWords: true), Names(areWords: false), RemarkedInputs.Of(answering.Model)), ct);
        if (!read.Succeeded(out var csv))
        {
            return read.Error!;
        }

        if (coded.FirstOrDefault(name => csv.Table.Find(name) is CategoryColumn) is { } words)
        {
            return new CategoriesUnknown(words);
        }

        string[] absent = [.. features.Select(feature => feature.Name).Where(name => csv.Table.Find(name) is null)];
        if (absent.Length > 0 && !answering.Model.NamesFeatures && absent.Length == features.Count
            && csv.Table.Columns.Count == features.Count)
        {
            // A model without names (an array in Python) is matched by position.
            return new ScoringTable(csv, FeatureMatrix.From(Positional(csv.Table, features), features));
        }

        return absent.Length > 0
            ? new InputsMissing(path, absent)
            : new ScoringTable(csv, FeatureMatrix.From(csv.Table, features));
    }

    private static Table Positional(Table table, IReadOnlyList<Feature> features) =>
        new([.. table.Columns.Select((column, f) => column with { Name = features[f].Name })]);
}
