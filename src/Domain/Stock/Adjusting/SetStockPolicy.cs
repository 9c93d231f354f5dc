using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Adjusting;

public sealed record StockPolicyNotValid(string Why) : InvalidInput
{
    public override string Message => Why;
}

/// <summary>Stock lies below the floor that is asked for.</summary>
public sealed record StockBelowFloor(ItemId Item, WarehouseId Warehouse, decimal Lowest, decimal Floor) : DomainError
{
    public override string Message => $"Item {Item} stands at {Lowest} in a bin of warehouse {Warehouse}, below {Floor}; bring it up first.";
}

/// <summary>
/// Sets how far an item may run below zero in a warehouse (INV-14), and what an adjustment may be worth without approval.
/// Without item or warehouse it holds for all of them; only a floor names both.
/// </summary>
[Needs("stock.policy")]
[Refuses<StockPolicyNotValid>, Refuses<StockBelowFloor>]
public sealed record SetStockPolicy(
    ItemId? Item, WarehouseId? Warehouse, decimal Floor, decimal AdjustWithoutApproval, bool NeedsEvidence) : ICommand<StockPolicySet>;

public sealed record StockPolicySet(
    StockPolicyId Policy, ItemId? Item, WarehouseId? Warehouse, decimal Floor, decimal AdjustWithoutApproval, bool NeedsEvidence) : IEvent
{
    public Subject Subject => new("StockPolicy", Policy.Value);
}

internal sealed class SetStockPolicyHandler(PlatformDb db) : ICommandHandler<SetStockPolicy, StockPolicySet>, IConstraintRefusals<SetStockPolicy>
{
    public async Task<Result<StockPolicySet>> HandleAsync(SetStockPolicy command, Envelope envelope, CancellationToken ct)
    {
        if (command.Floor is > 0m or <= -Quantity.Limit || command.AdjustWithoutApproval is < 0m or >= Money.Limit)
        {
            return new StockPolicyNotValid("A floor is zero or below, a limit of value zero or above.");
        }

        if (command.Floor < 0m && (command.Item is null || command.Warehouse is null))
        {
            return new StockPolicyNotValid("A floor is set for one item in one warehouse.");
        }

        if (command is { Item: { } item, Warehouse: { } warehouse })
        {
            var lowest = await db.LockLowestBalanceAsync(item, warehouse, ct);
            if (lowest < command.Floor)
            {
                return new StockBelowFloor(item, warehouse, lowest, command.Floor);
            }
        }

        var id = await db.SavePolicyAsync(command, StockPolicyId.From(Guid.CreateVersion7(envelope.Now)), envelope.Now, ct);
        var set = new StockPolicySet(
            id, command.Item, command.Warehouse, command.Floor, command.AdjustWithoutApproval, command.NeedsEvidence);
        db.Raise(set);
        return set;
    }

    public DomainError? RefusalFor(SetStockPolicy command, string constraint) =>
        constraint is "stock_policy_item_id_fkey" or "stock_policy_warehouse_id_fkey"
            ? new StockPolicyNotValid("There is no such item or warehouse.")
            : null;
}
