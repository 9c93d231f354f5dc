using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Warehouses;

/// <summary>Plans a new site of a legal entity, as a draft; it opens once goods can come in and be kept.</summary>
[Needs("network.warehouses")]
[Refuses<InvalidField>, Refuses<WarehouseCodeTaken>, Refuses<LegalEntityNotFound>, Refuses<LegalEntityNotActive>]
[Refuses<CalendarNotFound>, Refuses<TimeZoneUnknown>, Refuses<OperatorMissing>, Refuses<PartnerNotFound>]
public sealed record CreateWarehouse(LegalEntityId LegalEntity, string Code, WarehouseSetup Setup)
    : ICommand<WarehouseCreated>;

public sealed record WarehouseCreated(
    WarehouseId Warehouse,
    LegalEntityId LegalEntity,
    string Code,
    WarehouseSetup Setup,
    WarehouseId? ClonedFrom,
    DateTimeOffset At) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Warehouse), Warehouse.Value);
}

internal sealed class CreateWarehouseHandler(PlatformDb db)
    : ICommandHandler<CreateWarehouse, WarehouseCreated>, IConstraintRefusals<CreateWarehouse>
{
    public async Task<Result<WarehouseCreated>> HandleAsync(
        CreateWarehouse command, Envelope envelope, CancellationToken ct)
    {
        if ((Field.Code("code", command.Code) ?? command.Setup.Check()) is { } invalid)
        {
            return invalid;
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

        var created = new WarehouseCreated(
            new WarehouseId(Guid.CreateVersion7(envelope.Now)), entity.Id, command.Code, command.Setup,
            ClonedFrom: null, envelope.Now);
        db.AddWarehouse(created, envelope);
        return created;
    }

    public DomainError? RefusalFor(CreateWarehouse command, string constraint) =>
        constraint == "warehouse_code_key" ? new WarehouseCodeTaken(command.Code) : null;
}

/// <summary>What a warehouse may be set up as.</summary>
internal static class WarehouseRules
{
    public static async Task<DomainError?> RefuseAsync(PlatformDb db, WarehouseSetup setup, CancellationToken ct)
    {
        if (!await db.CalendarExistsAsync(setup.Calendar, ct))
        {
            return new CalendarNotFound(setup.Calendar);
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(setup.TimeZone, out _))
        {
            return new TimeZoneUnknown(setup.TimeZone);
        }

        if (setup.Operator is not { } partner)
        {
            return setup.Role == WarehouseRole.ThirdParty ? new OperatorMissing(setup.Role) : null;
        }

        return await db.SharePartnerAsync(partner, ct) is null ? new PartnerNotFound(partner) : null;
    }
}
