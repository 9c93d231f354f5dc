using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>Stops new work in a warehouse; what runs is brought to its end.</summary>
[Needs("network.warehouses")]
[Refuses<InvalidField>, Refuses<WarehouseNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>]
public sealed record BlockWarehouse(WarehouseId Warehouse, int Version, string Reason) : ICommand<WarehouseBlocked>, IReasoned;

public sealed record WarehouseBlocked(WarehouseId Warehouse, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Warehouse), Warehouse.Value);
}

/// <summary>Opens a blocked warehouse again.</summary>
[Needs("network.warehouses")]
[Refuses<WarehouseNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>]
public sealed record UnblockWarehouse(WarehouseId Warehouse, int Version) : ICommand<WarehouseUnblocked>;

public sealed record WarehouseUnblocked(WarehouseId Warehouse, int Version) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Warehouse), Warehouse.Value);
}

/// <summary>Gives up a warehouse whose bins are all retired.</summary>
[Needs("network.warehouses")]
[Refuses<InvalidField>, Refuses<WarehouseNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>, Refuses<StillInUse>]
public sealed record RetireWarehouse(WarehouseId Warehouse, int Version, string Reason) : ICommand<WarehouseRetired>, IReasoned;

public sealed record WarehouseRetired(WarehouseId Warehouse, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Warehouse), Warehouse.Value);
}

internal sealed class BlockWarehouseHandler(PlatformDb db) : ICommandHandler<BlockWarehouse, WarehouseBlocked>
{
    public async Task<Result<WarehouseBlocked>> HandleAsync(BlockWarehouse command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var warehouse = await db.LockWarehouseAsync(command.Warehouse, ct);
        if (warehouse is null)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        if (MasterSteps.Refuse(warehouse, command.Version, MasterStep.Block) is { } refusal)
        {
            return refusal;
        }

        db.Step(warehouse, MasterStep.Block, command.Reason, envelope);
        var blocked = new WarehouseBlocked(command.Warehouse, warehouse.Version, command.Reason);
        db.Raise(blocked);
        return blocked;
    }
}

internal sealed class UnblockWarehouseHandler(PlatformDb db) : ICommandHandler<UnblockWarehouse, WarehouseUnblocked>
{
    public async Task<Result<WarehouseUnblocked>> HandleAsync(UnblockWarehouse command, Envelope envelope, CancellationToken ct)
    {
        var warehouse = await db.LockWarehouseAsync(command.Warehouse, ct);
        if (warehouse is null)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        if (MasterSteps.Refuse(warehouse, command.Version, MasterStep.Unblock) is { } refusal)
        {
            return refusal;
        }

        db.Step(warehouse, MasterStep.Unblock, reason: null, envelope);
        var unblocked = new WarehouseUnblocked(command.Warehouse, warehouse.Version);
        db.Raise(unblocked);
        return unblocked;
    }
}

internal sealed class RetireWarehouseHandler(PlatformDb db, RecordUses uses) : ICommandHandler<RetireWarehouse, WarehouseRetired>
{
    public async Task<Result<WarehouseRetired>> HandleAsync(RetireWarehouse command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var warehouse = await db.LockWarehouseAsync(command.Warehouse, ct);
        if (warehouse is null)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        if (MasterSteps.Refuse(warehouse, command.Version, MasterStep.Retire) is { } refusal)
        {
            return refusal;
        }

        var needed = await uses.FindAsync(RecordKind.Warehouse, command.Warehouse.Value, ct);
        if (needed.Count > 0)
        {
            return new StillInUse(RecordKind.Warehouse, command.Warehouse.Value, needed);
        }

        db.Step(warehouse, MasterStep.Retire, command.Reason, envelope);
        var retired = new WarehouseRetired(command.Warehouse, warehouse.Version, command.Reason);
        db.Raise(retired);
        return retired;
    }
}
