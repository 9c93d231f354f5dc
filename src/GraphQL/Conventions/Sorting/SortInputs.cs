using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Sorting;

/// <summary>The directions of an order, for this engine's own sort inputs and for those of data layers.</summary>
public static class SortInputs
{
    /// <summary>The enum of directions, which is made on the way.</summary>
    public static string Direction(SchemaBuilder builder, SortOptions options)
    {
        const string Name = "SortEnumType";
        var type = builder.Enum(Name);
        type.Value("ASC", SortDirection.Asc);
        type.Value("DESC", SortDirection.Desc);
        if (options.NullOrderingValues)
        {
            type.Value("ASC_NULLS_FIRST", SortDirection.AscNullsFirst);
            type.Value("ASC_NULLS_LAST", SortDirection.AscNullsLast);
            type.Value("DESC_NULLS_FIRST", SortDirection.DescNullsFirst);
            type.Value("DESC_NULLS_LAST", SortDirection.DescNullsLast);
        }

        return Name;
    }

    /// <summary>A coerced direction; null when the value is none.</summary>
    public static (bool IsDescending, NullOrdering Nulls)? Read(object? value) => value is SortDirection direction
        ? direction switch
        {
            SortDirection.Asc => (false, NullOrdering.Unspecified),
            SortDirection.AscNullsFirst => (false, NullOrdering.First),
            SortDirection.AscNullsLast => (false, NullOrdering.Last),
            SortDirection.Desc => (true, NullOrdering.Unspecified),
            SortDirection.DescNullsFirst => (true, NullOrdering.First),
            SortDirection.DescNullsLast => (true, NullOrdering.Last),
        }
        : null;
}
