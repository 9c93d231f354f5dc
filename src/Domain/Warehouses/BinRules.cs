using Platform.Domain.Catalog;
using Platform.Domain.Kernel;

namespace Platform.Domain.Warehouses;

/// <summary>What a bin may become while goods lie in it (NET-01, I-14).</summary>
internal static class BinRules
{
    public static GroupHoldsNothing? RefuseGroup(BinSetup setup) =>
        setup.IsGroup && setup.Capacity != BinCapacity.Unlimited ? new GroupHoldsNothing("capacity") : null;

    /// <param name="bin">The bin as it is.</param>
    /// <param name="change">What it is to become.</param>
    /// <param name="holds">Items of which it holds stock.</param>
    /// <param name="children">Bins in use under it.</param>
    public static DomainError? Refuse(Bin bin, LocationChange change, IReadOnlyList<ItemId> holds, long children)
    {
        if (bin.Status == PlaceStatus.Retired)
        {
            return new BinIsRetired(bin.Id);
        }

        return change switch
        {
            BinSlotting slotting => RefuseSlotting(bin, slotting, holds),
            BinSetup setup => RefuseSetup(bin, setup, holds, children),
            _ => throw new InvalidOperationException($"{change.GetType().Name} is no change of a bin."),
        };
    }

    private static DomainError? RefuseSlotting(Bin bin, BinSlotting slotting, IReadOnlyList<ItemId> holds)
    {
        if (slotting.DedicatedItem is null)
        {
            return null;
        }

        if (bin.IsGroup)
        {
            return new GroupHoldsNothing("dedicated item");
        }

        var others = holds.Where(item => item != slotting.DedicatedItem).ToList();
        return others.Count > 0 ? new BinHoldsAnotherItem(bin.Id, others[0]) : null;
    }

    private static DomainError? RefuseSetup(Bin bin, BinSetup setup, IReadOnlyList<ItemId> holds, long children)
    {
        if (RefuseGroup(setup) is { } impossible)
        {
            return impossible;
        }

        if (setup.IsGroup && bin.DedicatedItemId is not null)
        {
            return new GroupHoldsNothing("dedicated item");
        }

        if (children > 0 && !setup.IsGroup)
        {
            return new GroupHasBins(bin.Id, children);
        }

        if (holds.Count == 0)
        {
            return null;
        }

        if (setup.IsGroup)
        {
            return new BinHoldsStock(bin.Id, "isGroup");
        }

        // Buckets and permitted conditions go by the role, so goods would change their status without a movement.
        if (setup.Role != bin.Role)
        {
            return new BinHoldsStock(bin.Id, "role");
        }

        if (setup.Mixing != bin.Mixing && setup.Mixing != BinMixing.Any)
        {
            return new BinHoldsStock(bin.Id, "mixing");
        }

        return setup.Capacity.Covers(bin.Setup().Capacity) ? null : new BinHoldsStock(bin.Id, "capacity");
    }
}
