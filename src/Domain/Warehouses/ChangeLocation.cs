using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>
/// Replaces one field group of a warehouse, zone or bin. From the role that owns the group it takes effect; from another
/// it becomes a request that waits for the owner.
/// </summary>
[Needs("network.layout")]
[Refuses<InvalidField>, Refuses<WarehouseNotFound>, Refuses<ZoneNotFound>, Refuses<BinNotFound>]
[Refuses<StaleVersion>, Refuses<LocationIsRetired>, Refuses<CalendarNotFound>, Refuses<TimeZoneUnknown>]
[Refuses<OperatorMissing>, Refuses<PartnerNotFound>, Refuses<HazardsNotTogether>, Refuses<ZoneHoldsStock>]
[Refuses<BinIsRetired>, Refuses<GroupHoldsNothing>, Refuses<BinHoldsAnotherItem>, Refuses<GroupHasBins>]
[Refuses<BinHoldsStock>, Refuses<ItemNotFound>, Refuses<ItemNotUsable>]
public sealed record ChangeLocation(
    [property: IdOf(nameof(Warehouse), nameof(Zone), nameof(Bin))] Guid Location, int Version, LocationChange Change, string? Reason)
    : ICommand<LocationChangeRecorded>, IReasoned;

/// <summary>A change of a place took effect, or waits for the owner of the fields: <paramref name="State"/> says which.</summary>
public sealed record LocationChangeRecorded(
    RecordKind Record, Guid Location, MasterChangeId Change, FieldGroup Group, ChangeState State, int Version) : IEvent
{
    public Subject Subject => new(Record.ToString(), Location);
}

internal sealed class ChangeLocationHandler(PlatformDb db, LocationRules rules)
    : ICommandHandler<ChangeLocation, LocationChangeRecorded>
{
    public async Task<Result<LocationChangeRecorded>> HandleAsync(
        ChangeLocation command, Envelope envelope, CancellationToken ct)
    {
        if ((command.Change.Check() ?? Field.OptionalText("reason", command.Reason, most: 500)) is { } invalid)
        {
            return invalid;
        }

        var kind = command.Change.Kind;
        if (kind != RecordKind.Warehouse)
        {
            await db.PausePostingAsync(ct);
        }

        var found = await db.LockLocationAsync(kind, command.Location, ct);
        if (!found.Succeeded(out var rows))
        {
            return found.Error!;
        }

        var place = rows.Place;
        if (place.Version != command.Version)
        {
            return new StaleVersion(kind.ToString(), command.Location, command.Version, place.Version);
        }

        if (await rules.RefuseAsync(place, command.Change, ct) is { } refusal)
        {
            return refusal;
        }

        var group = command.Change.Group;
        var register = await db.RegisterOwnedChangeAsync(
            new Changed(
                kind, command.Location, group, place.Version, place.Current(group), command.Change, command.Reason),
            envelope,
            ct);
        if (register.State == ChangeState.Applied)
        {
            place.Apply(command.Change, envelope.Now);
        }

        var recorded = new LocationChangeRecorded(
            kind, command.Location, register.Id, group, register.State, place.Version);
        db.Raise(recorded);
        return recorded;
    }
}

/// <summary>What a place may become, given what stands and lies in it.</summary>
internal sealed class LocationRules(PlatformDb db, BinOccupancies occupancies)
{
    public Task<DomainError?> RefuseAsync(ILocation place, LocationChange change, CancellationToken ct) => place switch
    {
        Warehouse warehouse => RefuseAsync(warehouse, (WarehouseSetup)change, ct),
        Zone zone => RefuseAsync(zone, (ZoneSetup)change, ct),
        Bin bin => RefuseAsync(bin, change, ct),
        _ => throw new InvalidOperationException($"{place.GetType().Name} is no place."),
    };

    internal static DomainError? Decide(Zone zone, ZoneSetup setup, bool holdsStock)
    {
        if (zone.Status == PlaceStatus.Retired)
        {
            return new LocationIsRetired(RecordKind.Zone, zone.Id.Value);
        }

        if (HazardSegregation.Refuse(setup.Hazards) is { } dangerous)
        {
            return dangerous;
        }

        if (holdsStock && setup.Temperature != zone.Temperature)
        {
            return new ZoneHoldsStock(zone.Id, "temperature");
        }

        return holdsStock && zone.HazardClasses.Except(setup.Hazards).Any()
            ? new ZoneHoldsStock(zone.Id, "hazards")
            : null;
    }

    private async Task<DomainError?> RefuseAsync(Warehouse warehouse, WarehouseSetup setup, CancellationToken ct) =>
        warehouse.Status == MasterStatus.Retired
            ? new LocationIsRetired(RecordKind.Warehouse, warehouse.Id.Value)
            : await WarehouseRules.RefuseAsync(db, setup, ct);

    private async Task<DomainError?> RefuseAsync(Zone zone, ZoneSetup setup, CancellationToken ct) =>
        Decide(zone, setup, await occupancies.HoldsStockAsync(zone.Id, ct));

    private async Task<DomainError?> RefuseAsync(Bin bin, LocationChange change, CancellationToken ct)
    {
        if (change is BinSlotting { DedicatedItem: { } dedicated })
        {
            var item = await db.ShareItemAsync(dedicated, ct);
            if (item is null)
            {
                return new ItemNotFound(dedicated);
            }

            if (item.Refuse(ItemUse.Move) is { } notUsable)
            {
                return notUsable;
            }
        }

        var holds = await occupancies.ItemsInAsync(bin.Id, ct);
        return BinRules.Refuse(bin, change, holds, await db.CountChildrenAsync(bin.Id, ct));
    }
}
