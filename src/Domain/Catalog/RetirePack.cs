using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>Ends a pack: nothing new is ordered or sold in it; what was posted in it keeps its meaning.</summary>
[Needs("catalog.write")]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<StaleVersion>, Refuses<PackNotFound>]
[Refuses<PackIsRetired>, Refuses<BaseUnitIsFixed>]
public sealed record RetirePack(ItemId Item, int Version, string Pack, string Reason)
    : ICommand<PackRetired>, IReasoned;

public sealed record PackRetired(ItemId Item, ItemUnitId Unit, string Pack, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Item), Item.Value);
}

internal sealed class RetirePackHandler(PlatformDb db) : ICommandHandler<RetirePack, PackRetired>
{
    public async Task<Result<PackRetired>> HandleAsync(RetirePack command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
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
        var pack = units.Find(unit => unit.Code == command.Pack);
        if (Decide(item, pack, command.Pack) is { } refusal)
        {
            return refusal;
        }

        db.RegisterChange(
            new Changed(
                RecordKind.ItemUnit, pack!.Id.Value, FieldGroup.Status, pack.Version,
                new StatusWas(MasterStatus.Active), new StatusWas(MasterStatus.Retired), command.Reason),
            envelope);
        pack.Retire(envelope.Now);
        item.Touch(envelope.Now);
        var retired = new PackRetired(item.Id, pack.Id, pack.Code, item.Version, command.Reason);
        db.Raise(retired);
        return retired;
    }

    internal static DomainError? Decide(Item item, ItemUnit? pack, string code)
    {
        if (pack is null)
        {
            return new PackNotFound(item.Id, code);
        }

        if (pack.Code == item.BaseUnit)
        {
            return new BaseUnitIsFixed(item.Id, pack.Code);
        }

        return pack.Status == RowStatus.Retired ? new PackIsRetired(item.Id, code) : null;
    }
}
