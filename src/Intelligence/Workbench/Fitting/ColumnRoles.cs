using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Intelligence.Workbench.Fitting;

/// <summary>Which columns the model may read, and why the others are left out.</summary>
internal sealed record ColumnRoles(IReadOnlyList<string> Features, IReadOnlyList<LeftOut> LeftOut)
{
    public static Result<ColumnRoles> Assign(CsvTable csv, FitRequest request)
    {
        string?[] named =
        [
            request.Label, request.Time, request.Unit, request.Weight, request.Observed, request.Source, .. request.Slices,
            .. request.Categorical, .. request.Ignore, .. request.Features, .. request.Monotone.Keys,
        ];
        foreach (var name in named)
        {
            if (name is not null && csv.Table.Find(name) is null)
            {
                return NotThere(csv, name);
            }
        }

        string?[] taken = [request.Label, request.Time, request.Unit, request.Weight, request.Observed];
        var features = new List<string>();
        var leftOut = new List<LeftOut>();
        foreach (var column in csv.Table.Columns)
        {
            var isAsked = request.Features.Contains(column.Name, StringComparer.Ordinal)
                || request.Categorical.Contains(column.Name, StringComparer.Ordinal);
            if (taken.Contains(column.Name, StringComparer.Ordinal))
            {
                continue;
            }

            var reason = request.Ignore.Contains(column.Name, StringComparer.Ordinal) ? "it is ignored by request"
                : request.Features.Count > 0 && !isAsked ? "it is not among the features asked for"
                : isAsked ? null
                : Unfit(column, csv.Readings[column.Name].Kind);
            if (reason is null)
            {
                if (csv.Readings[column.Name].Dates is DateForms.DayFirst or DateForms.MonthFirst)
                {
                    return new ColumnNotUsable(
                        column.Name, "orders day and month as the next file may not; as a feature its days must be written like 2024-02-29");
                }

                features.Add(column.Name);
            }
            else
            {
                leftOut.Add(new LeftOut(column.Name, reason));
            }
        }

        return features.Count == 0
            ? new NothingToLearn("No column is left as a feature.")
            : new ColumnRoles(features, leftOut);
    }

    public static ColumnNotThere NotThere(CsvTable csv, string name) =>
        new(name, csv.File, [.. csv.Table.Columns.Select(column => column.Name)]);

    // An identifier is learnt by heart and says nothing of new rows; a constant says nothing of any.
    private static string? Unfit(Column column, ColumnKind kind)
    {
        if (kind == ColumnKind.Date)
        {
            return "a date of the past does not come back; name it with --features to use it";
        }

        switch (column)
        {
            case CategoryColumn words:
                var present = words.Count - words.MissingCount;
                return words.Categories.Count <= 1 && words.MissingCount == 0 ? "it is the same in every row"
                    : words.Categories.Count > FeatureMatrix.MaxCategories && words.Categories.Count > present / 2 ? "its words hardly repeat: an identifier"
                    : null;
            case NumericColumn numbers:
                return IsConstant(numbers.Values) ? "it is the same in every row"
                    : IsNamedLikeKey(numbers.Name) && numbers.Values.Distinct().Count() == numbers.Count ? "its name and values are an identifier's"
                    : null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static bool IsConstant(double[] values) => Array.TrueForAll(values, value => value.Equals(values[0]));

    private static bool IsNamedLikeKey(string name) =>
        name.Equals("id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_id", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("Id", StringComparison.Ordinal) || name.Equals("sku", StringComparison.OrdinalIgnoreCase)
        || name.Equals("index", StringComparison.OrdinalIgnoreCase) || name.Equals("key", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("column_", StringComparison.Ordinal);
}

internal sealed record LeftOut(string Column, string Reason);
