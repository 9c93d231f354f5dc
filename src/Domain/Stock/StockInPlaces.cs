using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock;

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

/// <summary>Goods of an owner keep it from being retired.</summary>
internal sealed class StockOfOwner(PlatformDb db) : IRecordUse
{
    public RecordKind Kind => RecordKind.Owner;

    public Task<RecordUse?> FindAsync(Guid record, CancellationToken ct) =>
        StockUse.FindAsync(db, "select count(*) from stock_balance where owner_id = $1 and on_hand <> 0", record, ct);
}

internal sealed class StockInPlacesServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddScoped<IBinOccupancy, StockInBins>()
        .AddScoped<IRecordUse, StockOfOwner>();
}
