using Npgsql;
using Platform.Api.Access;
using Platform.Api.Live.Feed;
using Platform.Api.Live.Rules;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Reserving;
using Platform.Domain.Stock.Tracing;

namespace Platform.Api.Live.Subscriptions;

/// <summary>
/// Which balances an event has changed; their amounts are read when they are told, in one statement for all, so that
/// what is told is never older than its position.
/// </summary>
internal sealed class BalanceMessages(Guid? item, Guid? warehouse, Places places, NpgsqlDataSource source) : LiveMessages
{
    public override async ValueTask<IReadOnlyList<LiveMessage>> OfAsync(
        LiveEvent one, Principal listener, CancellationToken ct)
    {
        var messages = new List<LiveMessage>();
        foreach (var balance in await ChangedByAsync(one, ct))
        {
            if ((item is null || balance.Item == item) && (warehouse is null || balance.Warehouse == warehouse)
                && (await places.OfWarehouseAsync(balance.Warehouse, ct)).Meets(listener.Rows))
            {
                messages.Add(new LiveMessage(balance, balance));
            }
        }

        return messages;
    }

    public override async ValueTask<IReadOnlyList<object>> FinishAsync(
        IReadOnlyList<LiveMessage> messages, long position, CancellationToken ct)
    {
        var balances = messages.Select(message => (BalanceKey)message.Value).Distinct().ToList();
        await using var command = source.CreateCommand(
            """
            select k.item_id, k.warehouse_id, coalesce(sum(b.on_hand), 0),
                   coalesce(sum(b.on_hand) filter (where b.condition = 'USABLE'), 0),
                   coalesce(sum(b.allocated), 0), coalesce(max(p.promised), 0)
            from unnest($1::uuid[], $2::uuid[]) with ordinality as k (item_id, warehouse_id, ordinal)
            left join stock_balance b on b.item_id = k.item_id and b.warehouse_id = k.warehouse_id
            left join stock_position p on p.item_id = k.item_id and p.warehouse_id = k.warehouse_id
            group by k.item_id, k.warehouse_id, k.ordinal
            order by k.ordinal
            """);
        command.Parameters.AddWithValue(balances.Select(balance => balance.Item).ToArray());
        command.Parameters.AddWithValue(balances.Select(balance => balance.Warehouse).ToArray());
        var told = new List<object>(balances.Count);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            told.Add(new BalanceChange(
                PositionText.Write(position), rows.GetGuid(0), rows.GetGuid(1), rows.GetDecimal(2), rows.GetDecimal(3),
                rows.GetDecimal(4), rows.GetDecimal(5)));
        }

        return told;
    }

    private async ValueTask<IReadOnlyCollection<BalanceKey>> ChangedByAsync(LiveEvent one, CancellationToken ct) => one.Happened switch
    {
        StockPosted posted when posted.MovementCount > posted.Movements.Count =>
            await places.BalancesOfAsync(posted.Posting.Value, ct),
        StockPosted posted => await places.BalancesOfAsync(posted.Movements, ct),
        StockReserved reserved => [new BalanceKey(reserved.Item.Value, reserved.Warehouse.Value)],
        StockAllocated allocated => [new BalanceKey(allocated.Item.Value, allocated.Warehouse.Value)],
        ReservationEnded ended => await places.BalancesOfReservationsAsync([ended.Reservation], ct),
        LotRecalled recalled => await places.BalancesOfReservationsAsync(recalled.ReservationsReleased, ct),
        _ => [],
    };
}
