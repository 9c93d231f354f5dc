using Platform.Api.Access;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Stock.Costing;
using Platform.Domain.Stock.Importing;
using Platform.Domain.Stock.Reserving;
using Platform.Domain.Stock.Tracing;

namespace Platform.Api.Live.Rules;

/// <summary>
/// A posting is heard of in each warehouse it touches, and each hears of its own movements; values are for those who
/// may see values.
/// </summary>
internal sealed class StockEvents : IEventRules
{
    private const string Read = "stock.read";

    private const string ReadValue = "stock.value.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.Narrowed<StockPosted>(Read, ReachAsync, NarrowAsync),
        Rule.InEntity<MovementsImported>(Read, happened => happened.LegalEntity),
        Rule.InEntity<ItemRevalued>(ReadValue, happened => happened.LegalEntity),
        Rule.InEntity<LateCostCharged>(ReadValue, happened => happened.LegalEntity),
        Rule.InWarehouse<StockReserved>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<StockAllocated>(Read, happened => happened.Warehouse),
        Rule.At<ReservationEnded>(
            Read, (happened, places, ct) => places.OfReservationAsync(happened.Reservation.Value, ct)),
        Rule.At<StockPolicySet>(
            Read,
            (happened, places, ct) => happened.Warehouse is { } warehouse
                ? places.OfWarehouseAsync(warehouse.Value, ct)
                : new(EventReach.Shared)),
        Rule.At<CostingRuleSet>(
            ReadValue,
            static (happened, _, _) => new(new EventReach(happened.LegalEntity?.Value, Warehouses: [], Supplier: null))),
        // That a lot is recalled concerns everybody who may hold some of it; what was done about it, its own warehouse.
        Rule.Narrowed<LotRecalled>(
            Read,
            static (happened, places, ct) => places.OfLotAsync(happened.Lot.Value, ct),
            static (happened, listener, _, _) => new(listener.Rows.IsEverything
                ? happened
                : happened with { ReservationsReleased = [], Postings = [] })),
    ];

    private static async ValueTask<EventReach> ReachAsync(StockPosted happened, Places places, CancellationToken ct)
    {
        var balances = happened.MovementCount > happened.Movements.Count
            ? await places.BalancesOfAsync(happened.Posting.Value, ct)
            : await places.BalancesOfAsync(happened.Movements, ct);
        return new EventReach(
            happened.LegalEntity.Value, balances.Select(balance => balance.Warehouse).ToHashSet(), Supplier: null);
    }

    private static async ValueTask<StockPosted> NarrowAsync(
        StockPosted happened, Principal listener, Places places, CancellationToken ct)
    {
        if (listener.Rows.Warehouses is { } theirs)
        {
            var seen = new List<PostedMovement>();
            foreach (var movement in happened.Movements)
            {
                if ((await places.BalancesOfAsync([movement], ct)).Any(balance => theirs.Contains(balance.Warehouse)))
                {
                    seen.Add(movement);
                }
            }

            // The count of a posting that spans warehouses would tell how much moved in the others.
            happened = happened with { Movements = seen, MovementCount = seen.Count };
        }

        return listener.Holds(ReadValue)
            ? happened
            : happened with { Movements = [.. happened.Movements.Select(movement => movement with { Value = null })] };
    }
}
