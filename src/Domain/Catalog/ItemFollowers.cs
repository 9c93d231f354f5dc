namespace Platform.Domain.Catalog;

/// <summary>
/// Told, in the same transaction, that an item is costed otherwise from now on, or is of another class, for which other rules may hold.
/// Whoever keeps its value stands downstream of the catalog and turns its own rows over.
/// </summary>
public interface IItemCostingFollower
{
    Task AdoptAsync(ItemId item, string? category, CostingMethod method, CancellationToken ct);
}

/// <summary>What an item's change carries with it.</summary>
internal sealed class ItemFollowers(IEnumerable<IItemCostingFollower> followers)
{
    /// <summary>After the item has the change.</summary>
    public async Task AdoptAsync(Item item, ItemChange change, CancellationToken ct)
    {
        if (change is ItemCosting or ItemIdentity)
        {
            foreach (var follower in followers)
            {
                await follower.AdoptAsync(item.Id, item.Category, item.CostingMethod, ct);
            }
        }
    }
}
