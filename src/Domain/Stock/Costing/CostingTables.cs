using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Stock.Valuation;

namespace Platform.Domain.Stock.Costing;

/// <summary>A pool under its lock, for changes of value without goods.</summary>
internal sealed record LockedPool(LedgerEntity Entity, PoolRow Row, CostingMethod? NextFlow, long NextId, bool IsPeriodClosed);

/// <summary>A receipt as far as a late cost needs it: its entry, its pool and its mark, and whether it still stands.</summary>
internal sealed record ReceiptEntry(long Id, ItemId Item, ReceiptMark Mark, string Kind, bool IsReversed);

internal static class CostingTables
{
    /// <summary>Locks one pool and reads it; a receipt's cost is then split without looking at any other row.</summary>
    public static async Task<LockedPool?> LockPoolAsync(
        this PlatformDb db, LedgerEntity entity, ItemId item, DateOnly postingDate, CancellationToken ct)
    {
        var ask = new Questions(db);
        PoolRow? row = null;
        CostingMethod? next = null;
        var (id, closed) = (0L, false);
        ask.Lock("select pg_advisory_xact_lock_shared($1)", Param.Of(AdvisoryLocks.PostingRules));
        ask.Ask(
            """
            select id, flow, quantity, value, generation, decay, epoch, last_cost, standard_cost, last_layer, next_flow
            from cost_pool where legal_entity_id = $1 and item_id = $2 for no key update
            """,
            found =>
            {
                row = new PoolRow(found.GetInt64(0), item, PostingReads.Pool(found, 1, entity.CurrencyDigits));
                next = found.IsDBNull(10) ? null : StockWords.Read<CostingMethod>(found.GetString(10));
            },
            Param.Of(entity.Id.Value), Param.Of(item.Value));
        ask.Ask(
            """
            select nextval('stock_ledger_id'), exists (
                select from accounting_period where legal_entity_id = $1 and first_day = $2 and status = 'CLOSED')
            """,
            found => (id, closed) = (found.GetInt64(0), found.GetBoolean(1)),
            Param.Of(entity.Id.Value), Param.Of(new DateOnly(postingDate.Year, postingDate.Month, 1)));
        await ask.AnswerAsync(ct);
        return row is null ? null : new LockedPool(entity, row, next, id, closed);
    }

    /// <summary>The open layers of a pool that is locked.</summary>
    public static async Task ReadLayersAsync(this PlatformDb db, LockedPool locked, int? only, CancellationToken ct)
    {
        var layers = new List<CostLayer>();
        var ask = new Questions(db);
        ask.Ask(
            "select sequence, original, remaining, value from cost_layer where pool_id = $1 and remaining > 0 and sequence = coalesce($2, sequence) order by sequence",
            row => layers.Add(new CostLayer(row.GetInt32(0), row.GetDecimal(1), row.GetDecimal(2), row.GetDecimal(3))),
            Param.Of(locked.Row.Id), Param.OrNull(only));
        await ask.AnswerAsync(ct);
        var pool = locked.Row.Pool;
        locked.Row.Pool = new CostPool(pool.Flow, pool.CurrencyDigits, pool.State, layers);
    }

    public static async Task<ReceiptEntry?> FindReceiptAsync(
        this PlatformDb db, LedgerEntity entity, long movement, CancellationToken ct)
    {
        await using var statement = db.Statement(
            """
            select v.id, p.item_id, v.generation, v.decay, v.epoch, v.layer, v.kind,
                   exists (select from stock_movement r where r.reverses_id = v.movement_id)
            from value_entry v join cost_pool p on p.id = v.pool_id
            where v.id = $1 and p.legal_entity_id = $2
            """);
        statement.Parameters.Add(Param.Of(movement));
        statement.Parameters.Add(Param.Of(entity.Id.Value));
        await using var row = await statement.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct) || await row.IsDBNullAsync(2, ct))
        {
            return null;
        }

        var mark = new ReceiptMark(row.GetInt64(2), new DecayIndex(row.GetDecimal(3), row.GetInt32(4)), row.GetInt32(5));
        return new ReceiptEntry(row.GetInt64(0), ItemId.From(row.GetGuid(1)), mark, row.GetString(6), row.GetBoolean(7));
    }

    /// <summary>Writes a change of value without goods: its document, the pool, the entry and its journal, in one round trip.</summary>
    public static async Task WriteValueAsync(
        this PlatformDb db, LockedPool locked, ValueDocument document, PlannedValue value, Envelope envelope, CancellationToken ct)
    {
        var statements = new List<NpgsqlBatchCommand>();
        var request = new PostingRequest
        {
            LegalEntity = locked.Entity.Id,
            Document = new StockDocument(document.Kind, document.Number, Id: null),
            Reason = document.Reason,
            Lines = [],
        };
        var plan = new PostingPlan(document.Posting, request, envelope, envelope.Now, document.PostingDate, []);
        statements.Add(PostingWrites.Postings([plan]));
        statements.Add(PostingWrites.PoolRows([locked.Row]));
        PostingWrites.AddValues(statements, locked.Entity, [(plan, value)]);
        await PostingWrites.ExecuteAsync(db, statements, ct);
        if (locked.Row.Pool.Flow == CostingMethod.Fifo)
        {
            await db.WriteLayerValuesAsync(locked.Row, ct);
        }
    }

    /// <summary>Only values change here; a layer that was not read keeps what it has.</summary>
    private static async Task WriteLayerValuesAsync(this PlatformDb db, PoolRow row, CancellationToken ct)
    {
        await using var statement = db.Statement(
            """
            update cost_layer l set value = n.value from unnest($2::int[], $3::numeric[]) as n (sequence, value)
            where l.pool_id = $1 and l.sequence = n.sequence and l.value <> n.value
            """);
        statement.Parameters.Add(Param.Of(row.Id));
        statement.Parameters.Add(Param.Column(row.Pool.Layers, layer => layer.Sequence));
        statement.Parameters.Add(Param.Column(row.Pool.Layers, layer => layer.Value));
        await statement.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>The document of a change of value without goods.</summary>
internal sealed record ValueDocument(
    StockPostingId Posting, string Kind, string? Number, PostingReason? Reason, DateOnly PostingDate);
