using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>Asks for goods that no policy would bring: a requisition, to be decided as every other need (PRC-08).</summary>
/// <param name="Item">What is needed.</param>
/// <param name="Warehouse">Where.</param>
/// <param name="Quantity">How much, in base units.</param>
/// <param name="NeededOn">When.</param>
/// <param name="Project">The project or customer's order that it is meant for.</param>
/// <param name="Reason">Why.</param>
[Needs("planning.request")]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<ItemNotUsable>, Refuses<WarehouseNotFound>]
public sealed record RequestReplenishment(
    ItemId Item, WarehouseId Warehouse, decimal Quantity, DateOnly NeededOn, string? Project, string Reason)
    : ICommand<ReplenishmentRequested>, IReasoned;

public sealed record ReplenishmentRequested(
    ReorderProposalId ReorderProposal, string Number, ItemId Item, WarehouseId Warehouse, decimal Quantity, DateOnly NeededOn, string? Project,
    string Reason) : IEvent
{
    public Subject Subject => new(nameof(Planning.ReorderProposal), ReorderProposal.Value);
}

internal sealed class RequestReplenishmentHandler(PlatformDb db, ReorderPlanning planning)
    : ICommandHandler<RequestReplenishment, ReplenishmentRequested>
{
    public async Task<Result<ReplenishmentRequested>> HandleAsync(RequestReplenishment command, Envelope envelope, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        var invalid = Field.Positive("quantity", command.Quantity, most: 1_000_000_000m, decimals: 6)
            ?? (command.NeededOn < today ? Field.Invalid("neededOn", "must not lie in the past", command.NeededOn.ToString("O")) : null)
            ?? Field.OptionalText("project", command.Project, most: 100)
            ?? Field.Text("reason", command.Reason, most: 500);
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.Set<Item>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == command.Item, ct) is not { } item)
        {
            return new ItemNotFound(command.Item);
        }

        if (item.Refuse(ItemUse.Order) is { } notUsable)
        {
            return notUsable;
        }

        if (await db.ShareWarehouseAsync(command.Warehouse, ct) is null)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        var id = new ReorderProposalId(Guid.CreateVersion7(envelope.Now));
        var number = await db.InsertRequisitionAsync(id, command, envelope, ct);
        await planning.JudgeWaysAsync(today, id, ct);
        var requested = new ReplenishmentRequested(
            id, number, command.Item, command.Warehouse, command.Quantity, command.NeededOn, command.Project, command.Reason);
        db.Raise(requested);
        return requested;
    }
}
