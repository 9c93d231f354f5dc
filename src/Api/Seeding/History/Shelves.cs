using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Warehouses;

namespace Platform.Api.Seeding.History;

/// <summary>Goods of one item that lie free in one bin.</summary>
internal sealed record Shelf(BinId Bin, decimal Quantity);

/// <summary>What lies where, as those who work there know it: read once from the ledger, then kept up with what they do.</summary>
internal sealed class Shelves
{
    private const string Free =
        """
        select b.item_id, b.bin_id, b.on_hand
        from stock_balance b
        join bin on bin.id = b.bin_id
        join item on item.id = b.item_id
        where bin.warehouse_id = $1 and bin.role in ('RESERVE', 'FORWARD_PICK') and b.condition = 'USABLE' and b.on_hand > 0
          and item.tracking = 'NONE' and not item.is_catch_weight
        order by item.code, bin.code
        """;

    private readonly Dictionary<(string Site, ItemId Item), List<Shelf>> _shelves = [];

    /// <summary>Only what needs neither lot, serial nor scale.</summary>
    public async Task ReadAsync(string site, WarehouseId warehouse, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Free);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = warehouse.Value });
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            Put(site, new ItemId(rows.GetGuid(0)), new BinId(rows.GetGuid(1)), rows.GetDecimal(2));
        }
    }

    public decimal Of(string site, ItemId item) => _shelves.TryGetValue((site, item), out var shelves) ? shelves.Sum(shelf => shelf.Quantity) : 0m;

    public void Put(string site, ItemId item, BinId bin, decimal quantity)
    {
        if (!_shelves.TryGetValue((site, item), out var shelves))
        {
            _shelves.Add((site, item), shelves = []);
        }

        var at = shelves.FindIndex(shelf => shelf.Bin == bin);
        if (at < 0)
        {
            shelves.Add(new Shelf(bin, quantity));
        }
        else
        {
            shelves[at] = new Shelf(bin, shelves[at].Quantity + quantity);
        }
    }

    /// <summary>Takes up to so many, from the place that has been in use longest; fewer where there are fewer.</summary>
    public IReadOnlyList<Shelf> Take(string site, ItemId item, decimal wanted)
    {
        var taken = new List<Shelf>();
        if (!_shelves.TryGetValue((site, item), out var shelves))
        {
            return taken;
        }

        for (var at = 0; at < shelves.Count && wanted > 0m; at++)
        {
            var quantity = Math.Min(wanted, shelves[at].Quantity);
            if (quantity > 0m)
            {
                taken.Add(new Shelf(shelves[at].Bin, quantity));
                shelves[at] = new Shelf(shelves[at].Bin, shelves[at].Quantity - quantity);
                wanted -= quantity;
            }
        }

        return taken;
    }
}
