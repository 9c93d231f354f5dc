using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>Marks off a part of a warehouse with its own temperature and hazard rules.</summary>
[Needs("network.layout"), WithinRows]
[Refuses<InvalidField>, Refuses<HazardsNotTogether>, Refuses<WarehouseNotFound>, Refuses<WarehouseIsRetired>]
[Refuses<ZoneCodeTaken>]
public sealed record CreateZone(WarehouseId Warehouse, string Code, ZoneSetup Setup) : ICommand<ZoneCreated>;

public sealed record ZoneCreated(ZoneId Zone, WarehouseId Warehouse, string Code, ZoneSetup Setup, DateTimeOffset At)
    : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Zone), Zone.Value);
}

internal sealed class CreateZoneHandler(PlatformDb db)
    : ICommandHandler<CreateZone, ZoneCreated>, IConstraintRefusals<CreateZone>
{
    public async Task<Result<ZoneCreated>> HandleAsync(CreateZone command, Envelope envelope, CancellationToken ct)
    {
        var warehouse = await db.ShareWarehouseAsync(command.Warehouse, ct);
        var isTaken = await db.IsZoneCodeTakenAsync(command.Warehouse, command.Code, ct);
        var id = new ZoneId(Guid.CreateVersion7(envelope.Now));
        var result = Decide(command, id, warehouse, isTaken, envelope.Now);
        if (result.Succeeded(out var created))
        {
            db.Add(Zone.Create(created));
            db.RegisterChange(
                new Changed(
                    RecordKind.Zone, id.Value, FieldGroup.Setup, BaseVersion: 0, Before: null, created, Reason: null),
                envelope);
            db.Raise(created);
        }

        return result;
    }

    public DomainError? RefusalFor(CreateZone command, string constraint) =>
        constraint == "zone_once" ? new ZoneCodeTaken(command.Warehouse, command.Code) : null;

    internal static Result<ZoneCreated> Decide(
        CreateZone command, ZoneId id, Warehouse? warehouse, bool codeIsTaken, DateTimeOffset now)
    {
        if ((Field.Code("code", command.Code) ?? command.Setup.Check()) is { } invalid)
        {
            return invalid;
        }

        if (HazardSegregation.Refuse(command.Setup.Hazards) is { } dangerous)
        {
            return dangerous;
        }

        if (warehouse is null)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        if (warehouse.Status == MasterStatus.Retired)
        {
            return new WarehouseIsRetired(warehouse.Id);
        }

        return codeIsTaken
            ? new ZoneCodeTaken(warehouse.Id, command.Code)
            : new ZoneCreated(id, warehouse.Id, command.Code, command.Setup, now);
    }
}
