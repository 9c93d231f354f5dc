using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock;

/// <summary>Tells the catalog whether an item's quantities are history, and whether any are left.</summary>
internal sealed class StockOfItem(PlatformDb db) : IItemUsage
{
    public async Task<ItemUsage> OfAsync(ItemId item, CancellationToken ct)
    {
        const string Sql =
            """
            select exists (select from stock_movement where item_id = $1),
                   exists (select from stock_balance where item_id = $1 and (on_hand <> 0 or weight <> 0))
            """;
        await using var statement = db.Statement(Sql);
        statement.Parameters.Add(new NpgsqlParameter { Value = item.Value });
        await using var reader = await statement.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new ItemUsage(HasMoved: reader.GetBoolean(0), HasStock: reader.GetBoolean(1));
    }
}

/// <summary>Tells warehouses what lies in a place before it changes.</summary>
internal sealed class StockInBins(PlatformDb db) : IBinOccupancy
{
    /// <summary>One item that does not belong is enough to refuse; a few make the refusal useful.</summary>
    private const int MostItems = 5;

    public async Task<IReadOnlyList<ItemId>> ItemsInAsync(BinId bin, CancellationToken ct)
    {
        await using var statement = db.Statement(
            $"select distinct item_id from stock_balance where bin_id = $1 and on_hand <> 0 order by item_id limit {MostItems}");
        statement.Parameters.Add(new NpgsqlParameter { Value = bin.Value });
        await using var reader = await statement.ExecuteReaderAsync(ct);
        var items = new List<ItemId>();
        while (await reader.ReadAsync(ct))
        {
            items.Add(new ItemId(reader.GetGuid(0)));
        }

        return items;
    }

    public async Task<bool> HoldsStockAsync(ZoneId zone, CancellationToken ct)
    {
        await using var statement = db.Statement(
            """
            select exists (
                select from bin join stock_balance balance on balance.bin_id = bin.id and balance.on_hand <> 0
                where bin.zone_id = $1)
            """);
        statement.Parameters.Add(new NpgsqlParameter { Value = zone.Value });
        return await statement.ExecuteScalarAsync(ct) is true;
    }
}

/// <summary>Stock keeps its item, its bin and its owner from being retired (NET-01).</summary>
internal abstract class StockKeeps(PlatformDb db, RecordKind kind, string column) : IRecordUse
{
    public RecordKind Kind => kind;

    public async Task<RecordUse?> FindAsync(Guid record, CancellationToken ct)
    {
        await using var statement = db.Statement(
            $"select count(*) from stock_balance where {column} = $1 and on_hand <> 0");
        statement.Parameters.Add(new NpgsqlParameter { Value = record });
        var count = (long)(await statement.ExecuteScalarAsync(ct))!;
        return count == 0 ? null : new RecordUse("balances of stock", count);
    }
}

internal sealed class StockKeepsItem(PlatformDb db) : StockKeeps(db, RecordKind.Item, "item_id");

internal sealed class StockKeepsBin(PlatformDb db) : StockKeeps(db, RecordKind.Bin, "bin_id");

internal sealed class StockKeepsOwner(PlatformDb db) : StockKeeps(db, RecordKind.Owner, "owner_id");

internal sealed class StockInUseServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddScoped<IItemUsage, StockOfItem>()
        .AddScoped<IBinOccupancy, StockInBins>()
        .AddScoped<IRecordUse, StockKeepsItem>()
        .AddScoped<IRecordUse, StockKeepsBin>()
        .AddScoped<IRecordUse, StockKeepsOwner>();
}
