using Npgsql;
using Platform.Domain.Stock;

namespace Platform.Api.Live.Rules;

/// <summary>What is counted together: an item in a warehouse.</summary>
public readonly record struct BalanceKey(Guid Item, Guid Warehouse);

/// <summary>Which balances something has touched.</summary>
public sealed partial class Places
{
    public async ValueTask<bool> TouchesAsync(PostedMovement movement, Guid warehouse, CancellationToken ct) =>
        (await BalancesOfAsync([movement], ct)).Any(balance => balance.Warehouse == warehouse);

    public async ValueTask<IReadOnlyCollection<BalanceKey>> BalancesOfAsync(
        IReadOnlyList<PostedMovement> movements, CancellationToken ct)
    {
        var balances = new HashSet<BalanceKey>();
        foreach (var movement in movements)
        {
            foreach (var bin in new[] { movement.From.Bin, movement.To.Bin })
            {
                if (bin is { } id)
                {
                    balances.UnionWith(
                        (await OfBinAsync(id.Value, ct)).Warehouses.Select(warehouse => new BalanceKey(movement.Item.Value, warehouse)));
                }
            }
        }

        return balances;
    }

    /// <summary>Of a posting that is too large to name all its movements in its event.</summary>
    public ValueTask<IReadOnlyCollection<BalanceKey>> BalancesOfAsync(Guid posting, CancellationToken ct) => ReadAsync(
        """
        select distinct m.item_id, b.warehouse_id
        from stock_movement m join bin b on b.id = m.from_bin_id or b.id = m.to_bin_id
        where m.posting_id = any($1)
        """,
        [posting],
        ct);

    public ValueTask<IReadOnlyCollection<BalanceKey>> BalancesOfReservationsAsync(
        IReadOnlyList<ReservationId> reservations, CancellationToken ct) => reservations.Count == 0
        ? new([])
        : ReadAsync(
            "select distinct item_id, warehouse_id from reservation where id = any($1)",
            [.. reservations.Select(reservation => reservation.Value)],
            ct);

    private async ValueTask<IReadOnlyCollection<BalanceKey>> ReadAsync(string sql, Guid[] ids, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        var balances = new List<BalanceKey>();
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            balances.Add(new BalanceKey(rows.GetGuid(0), rows.GetGuid(1)));
        }

        return balances;
    }
}
