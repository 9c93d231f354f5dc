using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>
/// Replaces one field group of an item. From the role that owns the group it takes effect; from another it becomes a
/// request that waits for the owner.
/// </summary>
[Needs("catalog.write")]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<StaleVersion>, Refuses<ItemIsRetired>]
[Refuses<ItemHasStock>, Refuses<UnitUnknown>, Refuses<UnitIsNoWeight>]
public sealed record ChangeItem(ItemId Item, int Version, ItemChange Change, string? Reason)
    : ICommand<ItemChangeRecorded>, IReasoned;

/// <summary>A change of an item took effect, or waits for the owner of the fields: <paramref name="State"/> says which.</summary>
public sealed record ItemChangeRecorded(
    ItemId Item, MasterChangeId Change, FieldGroup Group, ChangeState State, int Version) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Item), Item.Value);
}

internal sealed class ChangeItemHandler(PlatformDb db, ItemUsages usages, ItemFollowers followers)
    : ICommandHandler<ChangeItem, ItemChangeRecorded>
{
    public async Task<Result<ItemChangeRecorded>> HandleAsync(
        ChangeItem command, Envelope envelope, CancellationToken ct)
    {
        if ((command.Change.Check() ?? Field.OptionalText("reason", command.Reason, most: 500)) is { } invalid)
        {
            return invalid;
        }

        if (AsksForStock(command.Change) || await db.ReclassifiesAsync(command.Item, command.Change, ct))
        {
            await db.PausePostingAsync(ct);
        }

        var item = await db.LockItemAsync(command.Item, ct);
        if (item is null)
        {
            return new ItemNotFound(command.Item);
        }

        if (item.Version != command.Version)
        {
            return new StaleVersion(nameof(Item), item.Id.Value, command.Version, item.Version);
        }

        var units = await db.FindUnitsAsync([(command.Change as ItemWeighing)?.CatchWeight?.Unit], ct);
        var usage = AsksForStock(command.Change) ? await usages.OfAsync(item.Id, ct) : ItemUsage.None;
        if (Decide(item, command.Change, usage, units) is { } refusal)
        {
            return refusal;
        }

        var group = command.Change.Group;
        var register = await db.RegisterOwnedChangeAsync(
            new Changed(
                RecordKind.Item, item.Id.Value, group, item.Version, item.Current(group), command.Change,
                command.Reason),
            envelope,
            ct);
        if (register.State == ChangeState.Applied)
        {
            item.Apply(command.Change, envelope.Now);
            await followers.AdoptAsync(item, command.Change, ct);
        }

        var recorded = new ItemChangeRecorded(item.Id, register.Id, group, register.State, item.Version);
        db.Raise(recorded);
        return recorded;
    }

    /// <summary>
    /// How units are told apart, weighed and valued may change only while there are none. With nothing on hand the pool
    /// is worth nothing (I-07), so a new costing method is value-neutral (CAT-18).
    /// </summary>
    internal static DomainError? Decide(
        Item item, ItemChange change, ItemUsage usage, IReadOnlyDictionary<string, UnitOfMeasure> units)
    {
        if (item.Status == MasterStatus.Retired)
        {
            return new ItemIsRetired(item.Id);
        }

        if (usage.HasStock && NeedsEmptyStock(item, change))
        {
            return new ItemHasStock(item.Id, change.Group);
        }

        return change is ItemWeighing weighing ? WeightUnit.Refuse(weighing, units) : null;
    }

    /// <summary>The groups of which some field may not change under stock.</summary>
    internal static bool AsksForStock(ItemChange change) => change is ItemTracking or ItemWeighing or ItemCosting;

    private static bool NeedsEmptyStock(Item item, ItemChange change) => change switch
    {
        ItemTracking tracking => tracking.Tracking != item.Tracking || tracking.SerialScope != item.SerialScope,
        ItemWeighing weighing =>
            weighing.CatchWeight is not null != item.IsCatchWeight || weighing.CatchWeight?.Unit != item.WeightUnit,
        ItemCosting costing => costing.Method != item.CostingMethod,
        _ => false,
    };
}
