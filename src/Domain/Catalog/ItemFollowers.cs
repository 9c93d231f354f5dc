namespace Platform.Domain.Catalog;

/// <summary>
/// Told, in the same transaction, that an item of which there is no stock is costed otherwise from now on. Whoever keeps
/// its value stands downstream of the catalog and turns its own rows over.
/// </summary>
public interface IItemCostingFollower
{
    Task AdoptAsync(ItemId item, CostingMethod method, CancellationToken ct);
}

/// <summary>What an item's change carries with it.</summary>
internal sealed class ItemFollowers(IEnumerable<IItemCostingFollower> followers)
{
    public async Task AdoptAsync(ItemId item, ItemChange change, CancellationToken ct)
    {
        if (change is ItemCosting costing)
        {
            foreach (var follower in followers)
            {
                await follower.AdoptAsync(item, costing.Method, ct);
            }
        }
    }
}
