using Npgsql;
using NpgsqlTypes;

namespace Platform.Domain.Stock.Posting;

/// <summary>Parameters of the ledger's statements, typed, so that nothing is guessed and nothing boxed but arrays.</summary>
internal static class Param
{
    public static NpgsqlParameter Of(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value };

    public static NpgsqlParameter Of(long value) => new NpgsqlParameter<long> { TypedValue = value };

    public static NpgsqlParameter Of(bool value) => new NpgsqlParameter<bool> { TypedValue = value };

    public static NpgsqlParameter Of(int value) => new NpgsqlParameter<int> { TypedValue = value };

    public static NpgsqlParameter Of(decimal value) => new NpgsqlParameter<decimal> { TypedValue = value };

    public static NpgsqlParameter Of(string value) => new NpgsqlParameter<string> { TypedValue = value };

    public static NpgsqlParameter Of(DateOnly value) => new NpgsqlParameter<DateOnly> { TypedValue = value };

    public static NpgsqlParameter Of(DateTimeOffset value) => new NpgsqlParameter<DateTimeOffset> { TypedValue = value };

    public static NpgsqlParameter Of(Guid[] values) => new NpgsqlParameter<Guid[]> { TypedValue = values };

    public static NpgsqlParameter Of(long[] values) => new NpgsqlParameter<long[]> { TypedValue = values };

    public static NpgsqlParameter Of(string[] values) => new NpgsqlParameter<string[]> { TypedValue = values };

    public static NpgsqlParameter Of(DateOnly[] values) => new NpgsqlParameter<DateOnly[]> { TypedValue = values };

    public static NpgsqlParameter OrNull(Guid? value) => Typed(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter OrNull(long? value) => Typed(value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter OrNull(int? value) => Typed(value, NpgsqlDbType.Integer);

    public static NpgsqlParameter OrNull(decimal? value) => Typed(value, NpgsqlDbType.Numeric);

    public static NpgsqlParameter OrNull(DateTimeOffset? value) => Typed(value, NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter OrNull(string? value) => Typed(value, NpgsqlDbType.Text);

    public static NpgsqlParameter OrNull(Guid[]? values) => Typed(values, NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    public static NpgsqlParameter Column<TRow>(IReadOnlyList<TRow> rows, Func<TRow, Guid> of) => Array(rows, of, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Column<TRow>(IReadOnlyList<TRow> rows, Func<TRow, Guid?> of) => Array(rows, of, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Column<TRow>(IReadOnlyList<TRow> rows, Func<TRow, long> of) => Array(rows, of, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Column<TRow>(IReadOnlyList<TRow> rows, Func<TRow, long?> of) => Array(rows, of, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Column<TRow>(IReadOnlyList<TRow> rows, Func<TRow, int> of) => Array(rows, of, NpgsqlDbType.Integer);

    public static NpgsqlParameter Column<TRow>(IReadOnlyList<TRow> rows, Func<TRow, int?> of) => Array(rows, of, NpgsqlDbType.Integer);

    public static NpgsqlParameter Column<TRow>(IReadOnlyList<TRow> rows, Func<TRow, decimal> of) => Array(rows, of, NpgsqlDbType.Numeric);

    public static NpgsqlParameter Column<TRow>(IReadOnlyList<TRow> rows, Func<TRow, decimal?> of) => Array(rows, of, NpgsqlDbType.Numeric);

    public static NpgsqlParameter Column<TRow>(IReadOnlyList<TRow> rows, Func<TRow, string?> of) => Array(rows, of, NpgsqlDbType.Text);

    public static NpgsqlParameter Column<TRow>(IReadOnlyList<TRow> rows, Func<TRow, bool> of) => Array(rows, of, NpgsqlDbType.Boolean);

    public static NpgsqlParameter Column<TRow>(IReadOnlyList<TRow> rows, Func<TRow, DateOnly> of) => Array(rows, of, NpgsqlDbType.Date);

    public static NpgsqlParameter Column<TRow>(IReadOnlyList<TRow> rows, Func<TRow, DateTimeOffset> of) =>
        Array(rows, of, NpgsqlDbType.TimestampTz);

    private static NpgsqlParameter Typed(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private static NpgsqlParameter Array<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> of, NpgsqlDbType element)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = of(rows[i]);
        }

        return new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | element };
    }
}
