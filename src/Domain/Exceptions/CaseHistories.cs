using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Exceptions;

/// <summary>How often one category came up, and how it ended.</summary>
public sealed record CategoryHistory(string Category, int Cases, int Open, int FalseAlarms, double? MedianHoursToResolve);

/// <summary>What whoever opens a case wants to know first: has this supplier, or this item, been trouble before?</summary>
public sealed record CaseHistory(int Days, IReadOnlyList<CategoryHistory> OfSupplier, IReadOnlyList<CategoryHistory> OfItem);

/// <summary>Counts earlier cases of a supplier and of an item (EXC-13).</summary>
public sealed class CaseHistories(PlatformDb db)
{
    /// <summary>Half a year: long enough to see a pattern, short enough to be about the supplier of today.</summary>
    public const int Days = 180;

    private const string Counts =
        """
        select category, count(*)::int, count(*) filter (where status <> 'RESOLVED')::int,
               count(*) filter (where outcome = 'FALSE_ALARM')::int,
               percentile_cont(0.5) within group (order by extract(epoch from resolved_at - created_at) / 3600)
                   filter (where resolved_at is not null)
        from exception_case
        """;

    public async Task<CaseHistory> OfAsync(SupplierId? supplier, ItemId? item, DateTimeOffset now, CancellationToken ct)
    {
        var since = now.AddDays(-Days);
        return new CaseHistory(
            Days,
            supplier is null ? [] : await CountAsync("supplier_id", supplier.Value.Value, since, ct),
            item is null ? [] : await CountAsync("item_id", item.Value.Value, since, ct));
    }

    /// <param name="column">One of our own two columns; never a caller's text.</param>
    /// <param name="id">Whose cases.</param>
    /// <param name="since">Opened at or after it.</param>
    /// <param name="ct">Gives up the wait.</param>
    private async Task<List<CategoryHistory>> CountAsync(string column, Guid id, DateTimeOffset since, CancellationToken ct)
    {
        await using var statement = db.Statement(
            $"{Counts} where {column} = $1 and created_at >= $2 group by category order by count(*) desc, category limit 20");
        statement.Parameters.Add(new Npgsql.NpgsqlParameter<Guid> { TypedValue = id });
        statement.Parameters.Add(new Npgsql.NpgsqlParameter<DateTimeOffset> { TypedValue = since });
        await using var row = await statement.ExecuteReaderAsync(ct);
        var counted = new List<CategoryHistory>();
        while (await row.ReadAsync(ct))
        {
            counted.Add(new CategoryHistory(
                row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3),
                await row.IsDBNullAsync(4, ct) ? null : row.GetDouble(4)));
        }

        return counted;
    }
}
