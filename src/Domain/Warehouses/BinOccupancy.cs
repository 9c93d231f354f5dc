using Platform.Domain.Catalog;

namespace Platform.Domain.Warehouses;

/// <summary>
/// Asked before a place changes under the goods in it. The ledger stands downstream of warehouses and answers for its own
/// rows.
/// </summary>
public interface IBinOccupancy
{
    /// <summary>The items of which the bin holds stock; a few are enough to know.</summary>
    Task<IReadOnlyList<ItemId>> ItemsInAsync(BinId bin, CancellationToken ct);

    Task<bool> HoldsStockAsync(ZoneId zone, CancellationToken ct);
}

/// <summary>Asks everybody who keeps stock in bins.</summary>
internal sealed class BinOccupancies(IEnumerable<IBinOccupancy> keepers)
{
    public async Task<IReadOnlyList<ItemId>> ItemsInAsync(BinId bin, CancellationToken ct)
    {
        var items = new List<ItemId>();
        foreach (var keeper in keepers)
        {
            items.AddRange(await keeper.ItemsInAsync(bin, ct));
        }

        return items;
    }

    public async Task<bool> HoldsStockAsync(ZoneId zone, CancellationToken ct)
    {
        foreach (var keeper in keepers)
        {
            if (await keeper.HoldsStockAsync(zone, ct))
            {
                return true;
            }
        }

        return false;
    }
}
