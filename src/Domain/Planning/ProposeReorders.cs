using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>
/// Looks at every item that is to be replenished (at one site, or everywhere) and proposes what is to be ordered, with the arithmetic
/// beside it and every way in which the need could be met. A need that stands already is revised, never proposed again; one that is
/// gone is withdrawn.
/// </summary>
/// <param name="Warehouse">One site, or all.</param>
/// <param name="Items">These items on whatever weekday; none for all that are looked at today.</param>
[Needs("planning.run")]
[Refuses<InvalidField>, Refuses<WarehouseNotFound>]
public sealed record ProposeReorders(WarehouseId? Warehouse, IReadOnlyList<ItemId> Items) : ICommand<ReordersProposed>;

public sealed record ReordersProposed(
    ReplenishmentRunId ReplenishmentRun, WarehouseId? Warehouse, DateOnly Day, int ItemSites, int Proposed, int Revised, int Withdrawn) : IEvent
{
    public Subject Subject => new(nameof(Planning.ReplenishmentRun), ReplenishmentRun.Value);
}

internal sealed class ProposeReordersHandler(PlatformDb db, ReorderPlanning planning) : ICommandHandler<ProposeReorders, ReordersProposed>
{
    private const int MostItems = 10_000;

    public async Task<Result<ReordersProposed>> HandleAsync(ProposeReorders command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Whole("items", command.Items.Count, least: 0, most: MostItems) is { } invalid)
        {
            return invalid;
        }

        if (command.Warehouse is { } warehouse && await db.ShareWarehouseAsync(warehouse, ct) is null)
        {
            return new WarehouseNotFound(warehouse);
        }

        return await planning.RunAsync(command.Warehouse, command.Items, envelope, ct);
    }
}
