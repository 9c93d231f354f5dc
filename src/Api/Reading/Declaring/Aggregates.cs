using NpgsqlTypes;
using Platform.Api.Reading.Rows;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading.Declaring;

/// <summary>One of the ways to make one value of many.</summary>
internal sealed record AggregateFunction(string Name, string Description, string Sql, bool OfDates)
{
    public static IReadOnlyList<AggregateFunction> All { get; } =
    [
        new("sum", "Sums; of nothing there is none.", "sum({0})", OfDates: false),
        new("avg", "Averages, to ten decimals.", "round(avg({0}), 10)", OfDates: false),
        new("min", "The least of each.", "min({0})", OfDates: true),
        new("max", "The greatest of each.", "max({0})", OfDates: true),
    ];

    public bool Takes(ReadColumn column) => column.IsFilterable && (column.IsNumber || (OfDates && column.IsDate));

    /// <summary>The column of a group that holds this of another column.</summary>
    public ReadColumn Of(ReadColumn column)
    {
        var stored = Name switch
        {
            "avg" => typeof(decimal),
            "sum" when column.StoredType != typeof(decimal) => typeof(decimal),
            _ => column.StoredType,
        };
        var value = string.Format(System.Globalization.CultureInfo.InvariantCulture, Sql, column.Sql("{}"));
        return new ReadColumn
        {
            Name = column.Name,
            Description = column.Description,
            Column = $"{Name}_{column.Column}",
            Expression = value,
            IsNullable = true,
            StoredType = stored,
            StoreType = stored == typeof(decimal) ? NpgsqlDbType.Numeric : column.StoreType,
            GraphType = CustomScalars.For(stored)!.Name,
            Writer = ColumnWriter.For(stored),
            ToStored = value => value,
            Permission = column.Permission,
        };
    }
}

/// <summary>What a group has besides the values of functions.</summary>
internal static class AggregateColumns
{
    public static ReadColumn Count { get; } = new()
    {
        Name = "count",
        Description = "How many rows there are.",
        Column = "row_count",
        Expression = "count(*)",
        IsNullable = false,
        StoredType = typeof(long),
        StoreType = NpgsqlDbType.Bigint,
        GraphType = "Long",
        Writer = LongColumn.Instance,
        ToStored = value => value,
    };

    /// <summary>Values that many rows share: not ids, not amounts, not moments.</summary>
    public static bool CanGroup(ReadColumn column) => column.IsFilterable && column.IdOf is null
        && column.StoredType != typeof(decimal) && column.StoredType != typeof(DateTimeOffset) && column.Expression is null;

    /// <summary>A value that may be grouped by: null where it is not.</summary>
    public static ReadColumn Key(ReadColumn column) => new()
    {
        Name = column.Name,
        Description = column.Description,
        Column = column.Column,
        IsNullable = true,
        StoredType = column.StoredType,
        StoreType = column.StoreType,
        GraphType = column.GraphType,
        Writer = column.Writer,
        ToStored = column.ToStored,
        EnumType = column.EnumType,
        Permission = column.Permission,
    };
}
