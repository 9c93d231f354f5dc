using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock;

/// <summary>What the ledger answers when the catalog asks whether an item has history or stock (CAT-03).</summary>
internal sealed class StockItemUsage(PlatformDb db) : IItemUsage
{
    public async Task<ItemUsage> OfAsync(ItemId item, CancellationToken ct)
    {
        var usage = ItemUsage.None;
        var ask = new Questions(db);
        ask.Ask(
            """
            select exists (select from stock_movement where item_id = $1),
                   exists (select from stock_balance where item_id = $1 and on_hand <> 0)
            """,
            row => usage = new ItemUsage(row.GetBoolean(0), row.GetBoolean(1)), Param.Of(item.Value));
        await ask.AnswerAsync(ct);
        return usage;
    }
}

/// <summary>An item with stock or open reservations is not retired.</summary>
internal sealed class StockOfItem(PlatformDb db) : IRecordUse
{
    public RecordKind Kind => RecordKind.Item;

    public Task<RecordUse?> FindAsync(Guid record, CancellationToken ct) => StockUse.FindAsync(
        db,
        "select (select count(*) from stock_balance where item_id = $1 and on_hand <> 0) + (select count(*) from reservation where item_id = $1 and ended_at is null)",
        record,
        ct);
}

/// <summary>NET-01: a bin with stock is not retired and does not become a group.</summary>
internal sealed class StockInBin(PlatformDb db) : IRecordUse
{
    public RecordKind Kind => RecordKind.Bin;

    public Task<RecordUse?> FindAsync(Guid record, CancellationToken ct) =>
        StockUse.FindAsync(db, "select count(*) from stock_balance where bin_id = $1 and on_hand <> 0", record, ct);
}

internal static class StockUse
{
    public static async Task<RecordUse?> FindAsync(PlatformDb db, string sql, Guid record, CancellationToken ct)
    {
        var count = 0L;
        var ask = new Questions(db);
        ask.Ask(sql, row => count = row.GetInt64(0), Param.Of(record));
        await ask.AnswerAsync(ct);
        return count == 0 ? null : new RecordUse("stock rows", count);
    }
}
