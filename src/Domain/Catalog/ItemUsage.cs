namespace Platform.Domain.Catalog;

/// <summary>What the ledger knows about an item.</summary>
/// <param name="HasMoved">A movement of it was ever posted: quantities in its units are history.</param>
/// <param name="HasStock">A balance of it is not zero, in a bin or on the way.</param>
public sealed record ItemUsage(bool HasMoved, bool HasStock)
{
    public static ItemUsage None { get; } = new(HasMoved: false, HasStock: false);
}

/// <summary>
/// Asked before a change that history or stock forbids. The ledger stands downstream of the catalog and answers for
/// its own rows.
/// </summary>
public interface IItemUsage
{
    Task<ItemUsage> OfAsync(ItemId item, CancellationToken ct);
}

/// <summary>Asks everybody who keeps quantities of items.</summary>
internal sealed class ItemUsages(IEnumerable<IItemUsage> keepers)
{
    public async Task<ItemUsage> OfAsync(ItemId item, CancellationToken ct)
    {
        var usage = ItemUsage.None;
        foreach (var keeper in keepers)
        {
            var kept = await keeper.OfAsync(item, ct);
            usage = new ItemUsage(usage.HasMoved || kept.HasMoved, usage.HasStock || kept.HasStock);
        }

        return usage;
    }
}
