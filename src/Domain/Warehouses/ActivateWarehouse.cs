using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>Opens a planned warehouse, once goods can come in and, unless it only passes them on, be kept.</summary>
[Needs("network.warehouses")]
[Refuses<WarehouseNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>, Refuses<WarehouseIncomplete>]
public sealed record ActivateWarehouse(WarehouseId Warehouse, int Version) : ICommand<WarehouseActivated>;

public sealed record WarehouseActivated(WarehouseId Warehouse, int Version) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Warehouse), Warehouse.Value);
}

internal sealed class ActivateWarehouseHandler(PlatformDb db) : ICommandHandler<ActivateWarehouse, WarehouseActivated>
{
    public async Task<Result<WarehouseActivated>> HandleAsync(
        ActivateWarehouse command, Envelope envelope, CancellationToken ct)
    {
        var warehouse = await db.LockWarehouseAsync(command.Warehouse, ct);
        if (warehouse is null)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        if (MasterSteps.Refuse(warehouse, command.Version, MasterStep.Activate) is { } refusal)
        {
            return refusal;
        }

        if (Decide(warehouse, await db.FindBinRolesAsync(warehouse.Id, ct)) is { } incomplete)
        {
            return incomplete;
        }

        db.Step(warehouse, MasterStep.Activate, reason: null, envelope);
        var activated = new WarehouseActivated(warehouse.Id, warehouse.Version);
        db.Raise(activated);
        return activated;
    }

    internal static WarehouseIncomplete? Decide(Warehouse warehouse, IReadOnlyCollection<BinRole> roles)
    {
        if (!roles.Contains(BinRole.Dock) && !roles.Contains(BinRole.Receiving))
        {
            return new WarehouseIncomplete(warehouse.Id, "dock or receiving bin");
        }

        if (!roles.Contains(BinRole.Staging))
        {
            return new WarehouseIncomplete(warehouse.Id, "staging bin");
        }

        var keepsGoods = warehouse.Role != WarehouseRole.CrossDock;
        return keepsGoods && !roles.Contains(BinRole.Reserve) && !roles.Contains(BinRole.ForwardPick)
            ? new WarehouseIncomplete(warehouse.Id, "reserve or forward pick bin")
            : null;
    }
}
