using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Warehouses;

namespace Platform.Api.Seeding.History;

/// <summary>Goods of one item that lie free in one bin.</summary>
internal sealed record Shelf(BinId Bin, ItemId Item, decimal Quantity);

/// <summary>What lies where in the morning, as the ledger says; only what needs neither lot, serial nor scale.</summary>
internal sealed class Shelves(NpgsqlDataSource source)
{
    private const string Free =
        """
        select b.bin_id, b.item_id, b.on_hand
        from stock_balance b
        join bin on bin.id = b.bin_id
        join item on item.id = b.item_id
        where bin.warehouse_id = $1 and bin.role in ('RESERVE', 'FORWARD_PICK') and b.condition = 'USABLE' and b.on_hand > 0
          and item.tracking = 'NONE' and not item.is_catch_weight
        order by item.code, bin.code
        """;

    public async Task<IReadOnlyList<Shelf>> OfAsync(WarehouseId warehouse, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Free);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = warehouse.Value });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var shelves = new List<Shelf>();
        while (await rows.ReadAsync(ct))
        {
            shelves.Add(new Shelf(new BinId(rows.GetGuid(0)), new ItemId(rows.GetGuid(1)), rows.GetDecimal(2)));
        }

        return shelves;
    }
}
