using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>
/// Redescribes a pack of an item. Its factor stays once movements exist; then only a new pack holds another quantity.
/// </summary>
[Needs("catalog.write")]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<StaleVersion>, Refuses<ItemIsRetired>]
[Refuses<PackNotFound>, Refuses<PackIsRetired>, Refuses<BaseUnitIsFixed>, Refuses<FactorIsFixed>]
[Refuses<PackHoldsPartOfUnit>]
public sealed record ChangePack(ItemId Item, int Version, PackDefinition Pack, string? Reason)
    : ICommand<PackChangeRecorded>, IReasoned;

internal sealed class ChangePackHandler(PlatformDb db, ItemUsages usages)
    : ICommandHandler<ChangePack, PackChangeRecorded>
{
    public async Task<Result<PackChangeRecorded>> HandleAsync(
        ChangePack command, Envelope envelope, CancellationToken ct)
    {
        if ((command.Pack.Check() ?? Field.OptionalText("reason", command.Reason, most: 500)) is { } invalid)
        {
            return invalid;
        }

        await db.PausePostingAsync(ct);
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
        if (units.Find(unit => unit.Code == command.Pack.Code) is not { } pack)
        {
            return new PackNotFound(item.Id, command.Pack.Code);
        }

        var baseUnit = units.Single(unit => unit.Code == item.BaseUnit);
        var usage = await usages.OfAsync(item.Id, ct);
        if (PackRules.Refuse(item, baseUnit, pack, command.Pack, usage) is { } refusal)
        {
            return refusal;
        }

        var register = await db.RegisterOwnedChangeAsync(
            new Changed(
                RecordKind.ItemUnit, pack.Id.Value, FieldGroup.Packs, pack.Version,
                new PackOf(item.Id, pack.Definition()), new PackOf(item.Id, command.Pack), command.Reason),
            envelope,
            ct);
        if (register.State == ChangeState.Applied)
        {
            pack.Apply(command.Pack, envelope.Now);
            item.Touch(envelope.Now);
        }

        var recorded = new PackChangeRecorded(
            item.Id, pack.Id, pack.Code, register.Id, register.State, item.Version);
        db.Raise(recorded);
        return recorded;
    }
}
