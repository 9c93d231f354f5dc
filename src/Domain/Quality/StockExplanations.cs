using System.Globalization;
using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality;

/// <summary>So many units in one state, and why nobody may take them, if so.</summary>
/// <param name="Bucket">The state: AVAILABLE, ALLOCATED, STAGED, RECEIVING, INSPECTION, QUARANTINED, DAMAGED and so on.</param>
/// <param name="Quantity">How many base units.</param>
/// <param name="IsUsable">Whether they may be promised.</param>
/// <param name="Why">What stands in the way, in words; null when nothing does.</param>
/// <param name="Since">Since when the oldest of them lies so.</param>
/// <param name="References">Numbers of the inspections and holds behind it.</param>
public sealed record ExplainedBucket(
    string Bucket, decimal Quantity, bool IsUsable, string? Why, DateTimeOffset? Since, IReadOnlyList<string> References);

/// <summary>What there is of an item at a site, and why it is not all to be had.</summary>
/// <param name="OnHand">How many base units lie there, in whatever state.</param>
/// <param name="Available">How many of them may be promised or taken.</param>
/// <param name="Promised">How many are promised and not yet taken from a bin.</param>
/// <param name="IsFalseShortage">More is promised than may be taken, while enough lies there.</param>
/// <param name="Sentence">The same in one sentence.</param>
/// <param name="Buckets">State by state.</param>
/// <param name="At">When it was looked at.</param>
public sealed record ExplainedItem(
    decimal OnHand, decimal Available, decimal Promised, bool IsFalseShortage, string Sentence,
    IReadOnlyList<ExplainedBucket> Buckets, DateTimeOffset At);

/// <summary>Explains stock: what is there, what of it may be taken, and what stands in the way of the rest.</summary>
public static class StockExplanations
{
    private const int MostReferences = 20;

    /// <summary>The buckets partition what lies there (I-24), so the sum of the lines is what is on hand.</summary>
    private const string Buckets =
        """
        select case when bucket in ('FORWARD_PICK', 'RESERVE') then 'AVAILABLE' else bucket end as state, sum(quantity)
        from stock_bucket where item_id = $1 and warehouse_id = $2
        group by 1 order by 1
        """;

    private const string Behind =
        """
        select 'INSPECTION', number, created_at,
               case when status = 'WAITING' then 'nobody has begun' else 'with ' || inspector end || case when due_at < $3 then ', overdue' else '' end
        from inspection where item_id = $1 and warehouse_id = $2 and status in ('WAITING', 'IN_PROGRESS')
        union all
        select 'QUARANTINED', number, decided_at, 'rejected: ' || coalesce(reason, 'no reason')
        from inspection where item_id = $1 and warehouse_id = $2 and status = 'DECIDED'
        union all
        select distinct 'QUARANTINED', h.number, h.placed_at, lower(h.kind) || ' hold: ' || h.reason
        from stock_hold h join stock_hold_part p on p.hold_id = h.id
        where p.item_id = $1 and p.warehouse_id = $2 and p.freed < p.quantity and h.status = 'STANDING'
        order by 3, 2
        """;

    /// <summary>As the connection's caller may see it: whoever is limited to other sites is told of none.</summary>
    public static async Task<ExplainedItem> ExplainAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, ExplainedPlace place, CancellationToken ct)
    {
        var (item, warehouse) = (Parameter(place.Item.Value), Parameter(place.Warehouse.Value));
        var lines = new List<(string State, decimal Quantity)>();
        var behind = new List<(string State, string Number, DateTimeOffset Since, string Why)>();
        var promised = 0m;
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(Buckets) { Parameters = { item, warehouse } },
                new(Behind) { Parameters = { item.Clone(), warehouse.Clone(), Parameter(place.At) } },
                new("select promised from stock_position where item_id = $1 and warehouse_id = $2") { Parameters = { item.Clone(), warehouse.Clone() } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            lines.Add((reader.GetString(0), reader.GetDecimal(1)));
        }

        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            behind.Add((reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3)));
        }

        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            promised = reader.GetDecimal(0);
        }

        return Explain(lines.ConvertAll(line => Line(line.State, line.Quantity, behind)), promised, place.At);
    }

    internal static ExplainedItem Explain(IReadOnlyList<ExplainedBucket> lines, decimal promised, DateTimeOffset now)
    {
        var onHand = lines.Sum(line => line.Quantity);
        var available = lines.Where(line => line.IsUsable).Sum(line => line.Quantity);
        var stuck = lines.Where(line => line is { IsUsable: false, Bucket: not ("ALLOCATED" or "STAGED") }).Sum(line => line.Quantity);
        var isFalse = promised > available ? available + stuck >= promised : available == 0m && stuck > 0m;
        var kept = string.Join(", ", lines.Where(line => !line.IsUsable).Select(line => Words($"{line.Quantity:0.######} {Plain(line.Bucket)}")));
        var sentence = Words($"{onHand:0.######} are there and {available:0.######} may be taken")
            + (kept.Length == 0 ? string.Empty : $" ({kept})")
            + (promised > 0m ? Words($"; {promised:0.######} are promised") : string.Empty)
            + (isFalse ? ". The shortage is not one of goods: they are there, and nobody has set them free." : ".");
        return new ExplainedItem(onHand, available, promised, isFalse, sentence, lines, now);
    }

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Plain(string bucket) => bucket.Replace('_', ' ').ToLowerInvariant();

    private static string? WhyOf(string bucket) => bucket switch
    {
        "AVAILABLE" => null,
        "ALLOCATED" => "Kept for demands that have units of their own.",
        "STAGED" => "Picked, and on its way out.",
        "RECEIVING" => "Not yet put where orders are served from.",
        "INSPECTION" => "Waits for its inspection.",
        "QUARANTINED" => "Held back.",
        "DAMAGED" => "Damaged: it is to be decided what becomes of it.",
        "RETURN_REVIEW" => "Came back, and is not yet judged.",
        "IN_TRANSIT" => "On its way between sites.",
        "CONSIGNED" => "Belongs to somebody else.",
        _ => "Cannot be taken.",
    };

    private static ExplainedBucket Line(
        string state, decimal quantity, List<(string State, string Number, DateTimeOffset Since, string Why)> behind)
    {
        var causes = behind.FindAll(one => string.Equals(one.State, state, StringComparison.Ordinal));
        var why = causes.Count == 0
            ? WhyOf(state)
            : $"{WhyOf(state)} {string.Join("; ", causes.Take(3).Select(one => $"{one.Number} {one.Why}"))}";
        return new ExplainedBucket(
            state, quantity, state is "AVAILABLE", why, causes.Count == 0 ? null : causes[0].Since,
            [.. causes.Take(MostReferences).Select(one => one.Number)]);
    }

    private static NpgsqlParameter Parameter(object value) => new() { Value = value };
}

/// <summary>What is asked about: an item at a site, now.</summary>
public sealed record ExplainedPlace(ItemId Item, WarehouseId Warehouse, DateTimeOffset At);
