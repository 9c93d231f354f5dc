using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>Gives up a zone whose bins are all retired.</summary>
[Needs("network.layout"), WithinRows]
[Refuses<InvalidField>, Refuses<ZoneNotFound>, Refuses<StaleVersion>, Refuses<ZoneIsRetired>, Refuses<StillInUse>]
public sealed record RetireZone(ZoneId Zone, int Version, string Reason) : ICommand<ZoneRetired>, IReasoned;

public sealed record ZoneRetired(ZoneId Zone, WarehouseId Warehouse, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Zone), Zone.Value);
}

internal sealed class RetireZoneHandler(PlatformDb db, RecordUses uses) : ICommandHandler<RetireZone, ZoneRetired>
{
    public async Task<Result<ZoneRetired>> HandleAsync(RetireZone command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var zone = await db.LockZoneAsync(command.Zone, ct);
        if (zone is null)
        {
            return new ZoneNotFound(command.Zone);
        }

        if (Decide(zone, command.Version) is { } refusal)
        {
            return refusal;
        }

        var needed = await uses.FindAsync(RecordKind.Zone, zone.Id.Value, ct);
        if (needed.Count > 0)
        {
            return new StillInUse(RecordKind.Zone, zone.Id.Value, needed);
        }

        db.RegisterChange(
            new Changed(
                RecordKind.Zone, zone.Id.Value, FieldGroup.Status, zone.Version, new StatusWas(MasterStatus.Active),
                new StatusWas(MasterStatus.Retired), command.Reason),
            envelope);
        zone.Retire(envelope.Now);
        var retired = new ZoneRetired(zone.Id, zone.WarehouseId, zone.Version, command.Reason);
        db.Raise(retired);
        return retired;
    }

    internal static DomainError? Decide(Zone zone, int version)
    {
        if (zone.Version != version)
        {
            return new StaleVersion(nameof(Zone), zone.Id.Value, version, zone.Version);
        }

        return zone.Status == PlaceStatus.Retired ? new ZoneIsRetired(zone.Id) : null;
    }
}
