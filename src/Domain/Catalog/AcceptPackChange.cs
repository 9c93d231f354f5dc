using System.Text.Json;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>The owner of packs agrees to a pack that another role asked for; it takes effect now.</summary>
[Needs("stewardship.decide")]
[Refuses<InvalidField>, Refuses<MasterChangeNotFound>, Refuses<ChangeAlreadyDecided>]
[Refuses<FieldGroupOwnedByAnother>, Refuses<OwnChangeRequest>, Refuses<ChangeOutdated>]
[Refuses<ItemIsRetired>, Refuses<PackIsRetired>, Refuses<BaseUnitIsFixed>, Refuses<FactorIsFixed>]
[Refuses<PackHoldsPartOfUnit>]
public sealed record AcceptPackChange(MasterChangeId Change, string? Reason) : ICommand<PackChangeRecorded>, IReasoned;

internal sealed class AcceptPackChangeHandler(PlatformDb db, ItemUsages usages)
    : ICommandHandler<AcceptPackChange, PackChangeRecorded>
{
    public async Task<Result<PackChangeRecorded>> HandleAsync(
        AcceptPackChange command, Envelope envelope, CancellationToken ct)
    {
        if (Field.OptionalText("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var request = await db.LockMasterChangeAsync(command.Change, ct);
        if (request is null || request.RecordKind != RecordKind.ItemUnit)
        {
            return new MasterChangeNotFound(command.Change);
        }

        var owner = await db.FindFieldGroupOwnerAsync(request.RecordKind, request.FieldGroup, ct);
        if (ChangeDecision.Refuse(request, owner, envelope) is { } forbidden)
        {
            return forbidden;
        }

        var wanted = JsonSerializer.Deserialize<PackOf>(request.After, KernelJson.Options)!;
        await db.PausePostingAsync(ct);
        var item = await db.LockItemAsync(wanted.Item, ct)
            ?? throw new InvalidOperationException($"Change {request.Id} names an item that does not exist.");
        var units = await db.LockItemUnitsAsync(item.Id, ct);
        var pack = units.Find(unit => unit.Code == wanted.Pack.Code);

        // Outdated also when somebody defined a pack of this code since: the request knew of none.
        if (ChangeRequests.IsOutdated(request, pack is null ? null : new PackOf(item.Id, pack.Definition())))
        {
            return new ChangeOutdated(request.Id, request.BaseVersion, pack?.Version ?? 0);
        }

        var baseUnit = units.Single(unit => unit.Code == item.BaseUnit);
        var usage = await usages.OfAsync(item.Id, ct);
        if (PackRules.Refuse(item, baseUnit, pack, wanted.Pack, usage) is { } refusal)
        {
            return refusal;
        }

        Apply(item, pack, wanted.Pack, request, envelope);
        request.Apply(ChangeState.Accepted, envelope, command.Reason);
        var recorded = new PackChangeRecorded(
            item.Id, new ItemUnitId(request.RecordId), wanted.Pack.Code, request.Id, request.State, item.Version);
        db.Raise(recorded);
        return recorded;
    }

    private void Apply(Item item, ItemUnit? pack, PackDefinition wanted, MasterChange request, Envelope envelope)
    {
        if (pack is null)
        {
            db.Add(ItemUnit.Create(new ItemUnitId(request.RecordId), item.Id, wanted, envelope.Now));
        }
        else
        {
            pack.Apply(wanted, envelope.Now);
        }

        item.Touch(envelope.Now);
    }
}
