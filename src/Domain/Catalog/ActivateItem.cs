using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>Opens a draft item for business, once it is complete and surely not another item's double.</summary>
[Needs("catalog.write")]
[Refuses<ItemNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>, Refuses<MeasuresMissing>, Refuses<DuplicateItem>]
public sealed record ActivateItem(ItemId Item, int Version) : ICommand<ItemActivated>;

public sealed record ItemActivated(ItemId Item, int Version) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Item), Item.Value);
}

internal sealed class ActivateItemHandler(PlatformDb db, DuplicateSuspects duplicates)
    : ICommandHandler<ActivateItem, ItemActivated>
{
    public async Task<Result<ItemActivated>> HandleAsync(ActivateItem command, Envelope envelope, CancellationToken ct)
    {
        var item = await db.LockItemAsync(command.Item, ct);
        if (item is null)
        {
            return new ItemNotFound(command.Item);
        }

        if (MasterSteps.Refuse(item, command.Version, MasterStep.Activate) is { } refusal)
        {
            return refusal;
        }

        var units = await db.LockItemUnitsAsync(command.Item, ct);
        var suspects = await duplicates.OfAsync(command.Item, ct);
        if (Decide(item, units.Single(unit => unit.Code == item.BaseUnit), suspects) is { } incomplete)
        {
            return incomplete;
        }

        db.Step(item, MasterStep.Activate, reason: null, envelope);
        var activated = new ItemActivated(command.Item, item.Version);
        db.Raise(activated);
        return activated;
    }

    internal static DomainError? Decide(Item item, ItemUnit baseUnit, IReadOnlyList<DuplicateSuspect> suspects)
    {
        var isLarge = item.SizeClass is SizeClass.Large or SizeClass.Oversize;
        if (isLarge && (baseUnit.LengthMm is null || baseUnit.WeightKg is null))
        {
            return new MeasuresMissing(item.Id, baseUnit.Code);
        }

        return suspects.Count > 0 ? new DuplicateItem(item.Id, suspects) : null;
    }
}
