using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>
/// Adds a pack to an item. From the role that owns packs it takes effect; from another it becomes a request.
/// </summary>
[Needs("catalog.write")]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<StaleVersion>, Refuses<ItemIsRetired>]
[Refuses<PackExists>, Refuses<PackIsRetired>, Refuses<BaseUnitIsFixed>, Refuses<FactorIsFixed>]
[Refuses<PackHoldsPartOfUnit>]
public sealed record DefinePack(ItemId Item, int Version, PackDefinition Pack) : ICommand<PackChangeRecorded>;

/// <summary>A pack was defined or changed, or waits for the owner of packs: <paramref name="State"/> says which.</summary>
public sealed record PackChangeRecorded(
    ItemId Item, ItemUnitId Unit, string Pack, MasterChangeId Change, ChangeState State, int Version) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Item), Item.Value);
}

/// <summary>What the register keeps of a pack: the definition, and whose pack it is.</summary>
internal sealed record PackOf(ItemId Item, PackDefinition Pack);

internal sealed class DefinePackHandler(PlatformDb db) : ICommandHandler<DefinePack, PackChangeRecorded>
{
    public async Task<Result<PackChangeRecorded>> HandleAsync(
        DefinePack command, Envelope envelope, CancellationToken ct)
    {
        if (command.Pack.Check() is { } invalid)
        {
            return invalid;
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

        var units = await db.LockItemUnitsAsync(item.Id, ct);
        if (units.Find(unit => unit.Code == command.Pack.Code) is { } existing)
        {
            return new PackExists(item.Id, existing.Code);
        }

        var baseUnit = units.Single(unit => unit.Code == item.BaseUnit);

        // A new pack has no history, whatever the item has.
        if (PackRules.Refuse(item, baseUnit, existing: null, command.Pack, ItemUsage.None) is { } refusal)
        {
            return refusal;
        }

        var id = new ItemUnitId(Guid.CreateVersion7(envelope.Now));
        var register = await db.RegisterOwnedChangeAsync(
            new Changed(
                RecordKind.ItemUnit, id.Value, FieldGroup.Packs, BaseVersion: 0, Before: null,
                new PackOf(item.Id, command.Pack), Reason: null),
            envelope,
            ct);
        if (register.State == ChangeState.Applied)
        {
            db.Add(ItemUnit.Create(id, item.Id, command.Pack, envelope.Now));
            item.Touch(envelope.Now);
        }

        var recorded = new PackChangeRecorded(
            item.Id, id, command.Pack.Code, register.Id, register.State, item.Version);
        db.Raise(recorded);
        return recorded;
    }
}
