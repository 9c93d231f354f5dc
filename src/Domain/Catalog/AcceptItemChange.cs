using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>The owner of the fields agrees to a change of an item that another role asked for; it takes effect now.</summary>
[Needs("stewardship.decide")]
[Refuses<InvalidField>, Refuses<MasterChangeNotFound>, Refuses<ChangeAlreadyDecided>]
[Refuses<FieldGroupOwnedByAnother>, Refuses<OwnChangeRequest>, Refuses<ChangeOutdated>]
[Refuses<ItemIsRetired>, Refuses<ItemHasStock>, Refuses<UnitUnknown>, Refuses<UnitIsNoWeight>]
public sealed record AcceptItemChange(MasterChangeId Change, string? Reason) : ICommand<ItemChangeRecorded>, IReasoned;

internal sealed class AcceptItemChangeHandler(PlatformDb db, ItemUsages usages, ItemFollowers followers)
    : ICommandHandler<AcceptItemChange, ItemChangeRecorded>
{
    public async Task<Result<ItemChangeRecorded>> HandleAsync(
        AcceptItemChange command, Envelope envelope, CancellationToken ct)
    {
        if (Field.OptionalText("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var request = await db.LockMasterChangeAsync(command.Change, ct);
        if (request is null || request.RecordKind != RecordKind.Item)
        {
            return new MasterChangeNotFound(command.Change);
        }

        var owner = await db.FindFieldGroupOwnerAsync(request.RecordKind, request.FieldGroup, ct);
        if (ChangeDecision.Refuse(request, owner, envelope) is { } forbidden)
        {
            return forbidden;
        }

        var change = ItemChange.Read(request.FieldGroup, request.After);
        if (ChangeItemHandler.AsksForStock(change) || await db.ReclassifiesAsync(new ItemId(request.RecordId), change, ct))
        {
            await db.PausePostingAsync(ct);
        }

        var item = await db.LockItemAsync(new ItemId(request.RecordId), ct)
            ?? throw new InvalidOperationException($"Change {request.Id} names an item that does not exist.");
        if (ChangeRequests.IsOutdated(request, item.Current(request.FieldGroup)))
        {
            return new ChangeOutdated(request.Id, request.BaseVersion, item.Version);
        }

        var units = await db.FindUnitsAsync([(change as ItemWeighing)?.CatchWeight?.Unit], ct);
        var usage = ChangeItemHandler.AsksForStock(change) ? await usages.OfAsync(item.Id, ct) : ItemUsage.None;
        if (ChangeItemHandler.Decide(item, change, usage, units) is { } refusal)
        {
            return refusal;
        }

        item.Apply(change, envelope.Now);
        await followers.AdoptAsync(item, change, ct);
        request.Apply(ChangeState.Accepted, envelope, command.Reason);
        var recorded = new ItemChangeRecorded(item.Id, request.Id, request.FieldGroup, request.State, item.Version);
        db.Raise(recorded);
        return recorded;
    }
}
