using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>The owner of the fields agrees to a change of a place that another role asked for; it takes effect now.</summary>
[Needs("stewardship.decide")]
[Refuses<InvalidField>, Refuses<MasterChangeNotFound>, Refuses<ChangeAlreadyDecided>]
[Refuses<FieldGroupOwnedByAnother>, Refuses<OwnChangeRequest>, Refuses<ChangeOutdated>]
[Refuses<WarehouseNotFound>, Refuses<ZoneNotFound>, Refuses<BinNotFound>]
[Refuses<LocationIsRetired>, Refuses<CalendarNotFound>, Refuses<TimeZoneUnknown>]
[Refuses<OperatorMissing>, Refuses<PartnerNotFound>, Refuses<HazardsNotTogether>, Refuses<ZoneHoldsStock>]
[Refuses<BinIsRetired>, Refuses<GroupHoldsNothing>, Refuses<BinHoldsAnotherItem>, Refuses<GroupHasBins>]
[Refuses<BinHoldsStock>, Refuses<ItemNotFound>, Refuses<ItemNotUsable>]
public sealed record AcceptLocationChange(MasterChangeId Change, string? Reason)
    : ICommand<LocationChangeRecorded>, IReasoned;

internal sealed class AcceptLocationChangeHandler(PlatformDb db, LocationRules rules)
    : ICommandHandler<AcceptLocationChange, LocationChangeRecorded>
{
    public async Task<Result<LocationChangeRecorded>> HandleAsync(
        AcceptLocationChange command, Envelope envelope, CancellationToken ct)
    {
        if (Field.OptionalText("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var request = await db.LockMasterChangeAsync(command.Change, ct);
        if (request?.RecordKind is not (RecordKind.Warehouse or RecordKind.Zone or RecordKind.Bin))
        {
            return new MasterChangeNotFound(command.Change);
        }

        var owner = await db.FindFieldGroupOwnerAsync(request.RecordKind, request.FieldGroup, ct);
        if (ChangeDecision.Refuse(request, owner, envelope) is { } forbidden)
        {
            return forbidden;
        }

        if (request.RecordKind != RecordKind.Warehouse)
        {
            await db.PausePostingAsync(ct);
        }

        var found = await db.LockLocationAsync(request.RecordKind, request.RecordId, ct);
        if (!found.Succeeded(out var rows))
        {
            return found.Error!;
        }

        var place = rows.Place;
        if (ChangeRequests.IsOutdated(request, place.Current(request.FieldGroup)))
        {
            return new ChangeOutdated(request.Id, request.BaseVersion, place.Version);
        }

        var change = LocationChange.Read(request.RecordKind, request.FieldGroup, request.After);
        if (await rules.RefuseAsync(place, change, ct) is { } refusal)
        {
            return refusal;
        }

        place.Apply(change, envelope.Now);
        request.Apply(ChangeState.Accepted, envelope, command.Reason);
        var recorded = new LocationChangeRecorded(
            request.RecordKind, request.RecordId, request.Id, request.FieldGroup, request.State, place.Version);
        db.Raise(recorded);
        return recorded;
    }
}
