using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Stock.Valuation;

namespace Platform.Domain.Stock.Ledger;

/// <summary>A pool whose stored state is not what its entries lead to.</summary>
public sealed record ReplayDifference(long Pool, string What, string Stored, string Replayed);

/// <summary>
/// Replays the value entries of every pool, in the order in which cost flowed, through the same arithmetic as the first time,
/// and compares each step and the end with what is stored (I-19). Balances and buckets are compared by the invariants.
/// </summary>
public sealed class LedgerReplay(NpgsqlDataSource source)
{
    private const string Pools =
        """
        select p.id, p.flow, p.quantity, p.value, p.generation, p.decay, p.epoch, p.last_cost, p.standard_cost, p.last_layer, c.digits
        from cost_pool p join legal_entity e on e.id = p.legal_entity_id join currency c on c.code = e.currency_code
        order by p.id
        """;

    private const string Entries =
        """
        select v.id, v.kind, v.quantity, v.on_hand, v.rest, v.generation, v.decay, v.epoch, v.layer, v.charged_entry_id, v.unit_cost, i.on_hand, v.pool_id
        from value_entry v
        left join stock_movement m on m.id = v.movement_id
        left join value_entry i on i.id = m.reverses_id
        where v.pool_id = any ($1) order by v.pool_id, v.id
        """;

    private const string Turns =
        "select after_entry_id, flow_before, flow, pool_id from cost_flow_change where pool_id = any ($1) order by pool_id, id";

    /// <summary>So many pools travel together: a round trip for each would take longer than the arithmetic.</summary>
    private const int Together = 500;

    public async Task<IReadOnlyList<ReplayDifference>> CompareAsync(CancellationToken ct)
    {
        var differences = new List<ReplayDifference>();
        foreach (var some in (await ReadPoolsAsync(ct)).Chunk(Together))
        {
            var ids = some.Select(pool => pool.Id).ToArray();
            var (entries, turns) = (await ReadEntriesAsync(ids, ct), await ReadTurnsAsync(ids, ct));
            differences.AddRange(some.SelectMany(stored => Compare(stored, [.. entries[stored.Id]], [.. turns[stored.Id]])));
        }

        return differences;
    }

    private static IEnumerable<ReplayDifference> Compare(
        StoredPool stored, IReadOnlyList<ReplayEntry> entries, IReadOnlyList<FlowTurn> turns)
    {
        var first = turns.Count > 0 ? turns[0].Before : stored.Pool.Flow;
        var pool = CostPool.Empty(first, stored.Pool.CurrencyDigits);
        var marks = new Dictionary<long, (ReceiptMark Mark, decimal Total)>();
        var taken = 0;
        foreach (var entry in entries)
        {
            for (; taken < turns.Count && turns[taken].AfterEntry < entry.Id; taken++)
            {
                pool = pool.Turned(turns[taken].Flow);
            }

            var (onHand, mark) = Replay(pool, entry, marks);
            if (onHand != entry.Valued.OnHand)
            {
                yield return new ReplayDifference(stored.Id, $"entry {entry.Id}", $"{entry.Valued.OnHand}", $"{onHand}");
            }

            if (entry.Mark is { } kept && mark is { } made && kept != made)
            {
                yield return new ReplayDifference(stored.Id, $"mark of entry {entry.Id}", $"{kept}", $"{made}");
            }
        }

        pool = turns.Skip(taken).Aggregate(pool, (turning, turn) => turning.Turned(turn.Flow));
        if (pool.State != stored.Pool.State)
        {
            yield return new ReplayDifference(stored.Id, "state", $"{stored.Pool.State}", $"{pool.State}");
        }
    }

    private static (decimal OnHand, ReceiptMark? Mark) Replay(
        CostPool pool, ReplayEntry entry, Dictionary<long, (ReceiptMark Mark, decimal Total)> marks)
    {
        switch (entry.Kind)
        {
            case ValueKind.Receipt or ValueKind.Return:
                // A reversed issue comes back at what left, whatever the document said; everything else at its document's amount.
                var cost = entry.ReversedOnHand is { } left ? decimal.Max(-left, 0m) : entry.Valued.Total;
                var (received, mark) = pool.Receive(entry.Quantity, cost);
                marks[entry.Id] = (mark, entry.Valued.Total);
                return (received.OnHand, mark);
            case ValueKind.Issue:
                return (pool.Issue(-entry.Quantity).OnHand, null);
            case ValueKind.TakeBack:
                var (own, total) = marks[entry.Charged!.Value];
                return (pool.TakeBack(-entry.Quantity, decimal.Max(total, 0m), own).OnHand, null);
            case ValueKind.LandedCost or ValueKind.InvoiceVariance:
                var (charged, before) = marks[entry.Charged!.Value];
                marks[entry.Charged.Value] = (charged, before + entry.Valued.Total);
                return (pool.Charge(charged, entry.Valued.Total).OnHand, null);
            case ValueKind.Revaluation:
                return (pool.Revalue(entry.UnitCost!.Value).OnHand, null);
            case ValueKind.StdCostChange:
                return (pool.ChangeStandard(entry.UnitCost!.Value).OnHand, null);
            default:
                throw new ArgumentOutOfRangeException(nameof(entry), entry.Kind, "An entry of no known kind.");
        }
    }

    private async Task<List<StoredPool>> ReadPoolsAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Pools);
        await using var row = await command.ExecuteReaderAsync(ct);
        var pools = new List<StoredPool>();
        while (await row.ReadAsync(ct))
        {
            pools.Add(new StoredPool(row.GetInt64(0), PostingReads.Pool(row, 1, row.GetInt16(10))));
        }

        return pools;
    }

    private async Task<ILookup<long, ReplayEntry>> ReadEntriesAsync(long[] pools, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Entries);
        command.Parameters.Add(Param.Of(pools));
        await using var row = await command.ExecuteReaderAsync(ct);
        var entries = new List<(long Pool, ReplayEntry Entry)>();
        while (await row.ReadAsync(ct))
        {
            ReceiptMark? mark = row.IsDBNull(5)
                ? null
                : new ReceiptMark(row.GetInt64(5), new DecayIndex(row.GetDecimal(6), row.GetInt32(7)), row.GetInt32(8));
            entries.Add((row.GetInt64(12), new ReplayEntry(
                row.GetInt64(0), StockWords.Read<ValueKind>(row.GetString(1)), row.GetDecimal(2),
                new Valued(row.GetDecimal(3), row.GetDecimal(4)), mark,
                row.IsDBNull(9) ? null : row.GetInt64(9),
                row.IsDBNull(10) ? null : row.GetDecimal(10),
                row.IsDBNull(11) ? null : row.GetDecimal(11))));
        }

        return entries.ToLookup(read => read.Pool, read => read.Entry);
    }

    private async Task<ILookup<long, FlowTurn>> ReadTurnsAsync(long[] pools, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Turns);
        command.Parameters.Add(Param.Of(pools));
        await using var row = await command.ExecuteReaderAsync(ct);
        var turns = new List<(long Pool, FlowTurn Turn)>();
        while (await row.ReadAsync(ct))
        {
            turns.Add((row.GetInt64(3), new FlowTurn(
                row.GetInt64(0), StockWords.Read<CostingMethod>(row.GetString(1)), StockWords.Read<CostingMethod>(row.GetString(2)))));
        }

        return turns.ToLookup(read => read.Pool, read => read.Turn);
    }

    /// <summary>An empty pool took up another flow after this entry, and before the next.</summary>
    private sealed record FlowTurn(long AfterEntry, CostingMethod Before, CostingMethod Flow);

    private sealed record StoredPool(long Id, CostPool Pool);

    private sealed record ReplayEntry(
        long Id, ValueKind Kind, decimal Quantity, Valued Valued, ReceiptMark? Mark, long? Charged, decimal? UnitCost, decimal? ReversedOnHand);
}
