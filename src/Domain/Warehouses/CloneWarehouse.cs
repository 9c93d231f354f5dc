using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Warehouses;

/// <summary>
/// Plans a new warehouse like an existing one: its zones and bins are cloned, empty and unblocked, with no item of their
/// own (NET-09).
/// </summary>
[Needs("network.warehouses")]
[Refuses<InvalidField>, Refuses<WarehouseNotFound>, Refuses<WarehouseCodeTaken>, Refuses<LegalEntityNotFound>]
[Refuses<LegalEntityNotActive>, Refuses<CalendarNotFound>, Refuses<TimeZoneUnknown>, Refuses<OperatorMissing>]
[Refuses<PartnerNotFound>, Refuses<TemplateTooLarge>]
public sealed record CloneWarehouse(WarehouseId Template, LegalEntityId LegalEntity, string Code, WarehouseSetup Setup)
    : ICommand<WarehouseCloned>;

public sealed record WarehouseCloned(WarehouseId Warehouse, WarehouseId? Template, int Zones, int Bins) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Warehouse), Warehouse.Value);
}

internal sealed class CloneWarehouseHandler(PlatformDb db)
    : ICommandHandler<CloneWarehouse, WarehouseCloned>, IConstraintRefusals<CloneWarehouse>
{
    /// <summary>A clone of so many bins still fits the time of a request.</summary>
    private const int MostBins = 5000;

    public async Task<Result<WarehouseCloned>> HandleAsync(
        CloneWarehouse command, Envelope envelope, CancellationToken ct)
    {
        if ((Field.Code("code", command.Code) ?? command.Setup.Check()) is { } invalid)
        {
            return invalid;
        }

        if (await db.ShareWarehouseAsync(command.Template, ct) is null)
        {
            return new WarehouseNotFound(command.Template);
        }

        if (await db.IsWarehouseCodeTakenAsync(command.Code, ct))
        {
            return new WarehouseCodeTaken(command.Code);
        }

        var entity = await db.ShareLegalEntityAsync(command.LegalEntity, ct);
        if (entity is null)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (entity.RefuseNew() is { } closed)
        {
            return closed;
        }

        if (await WarehouseRules.RefuseAsync(db, command.Setup, ct) is { } refusal)
        {
            return refusal;
        }

        var bins = await db.CountBinsAsync(command.Template, ct);
        if (bins > MostBins)
        {
            return new TemplateTooLarge(command.Template, bins, MostBins);
        }

        return await CloneAsync(command, envelope, ct);
    }

    public DomainError? RefusalFor(CloneWarehouse command, string constraint) =>
        constraint == "warehouse_code_key" ? new WarehouseCodeTaken(command.Code) : null;

    private async Task<WarehouseCloned> CloneAsync(CloneWarehouse command, Envelope envelope, CancellationToken ct)
    {
        var created = new WarehouseCreated(
            new WarehouseId(Guid.CreateVersion7(envelope.Now)), command.LegalEntity, command.Code, command.Setup,
            command.Template, envelope.Now);
        db.AddWarehouse(created, envelope);
        var zones = await db.FindZonesAsync(command.Template, ct);
        var bins = await db.FindBinsAsync(command.Template, ct);
        var zoneIds = zones.ToDictionary(zone => zone.Id, _ => new ZoneId(Guid.CreateVersion7(envelope.Now)));
        var binIds = bins.ToDictionary(bin => bin.Id, _ => new BinId(Guid.CreateVersion7(envelope.Now)));
        foreach (var zone in zones)
        {
            db.Add(Zone.Create(new ZoneCreated(
                zoneIds[zone.Id], created.Warehouse, zone.Code, zone.Setup(), envelope.Now)));
        }

        // A bin of a retired zone is retired itself, and a parent in use is a group in use, so every id is found.
        foreach (var bin in bins)
        {
            db.Add(Bin.Create(new BinCreated(
                binIds[bin.Id], created.LegalEntity, created.Warehouse, zoneIds[bin.ZoneId], bin.Code,
                bin.ParentId is { } parent ? binIds[parent] : null, bin.Setup(), envelope.Now)));
        }

        var cloned = new WarehouseCloned(created.Warehouse, command.Template, zones.Count, bins.Count);
        db.Raise(cloned);
        return cloned;
    }
}
