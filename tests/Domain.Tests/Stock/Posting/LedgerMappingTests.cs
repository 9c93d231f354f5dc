using Microsoft.EntityFrameworkCore;
using Platform.Domain.Finance;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Stock.Reserving;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stock.Posting;

public sealed class LedgerMappingTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task Every_row_of_the_ledger_reads_through_the_model_as_it_was_written()
    {
        var item = await world.ItemAsync(new ItemTraits { Costing = "FIFO" });
        var posted = await world.PostedAsync(world.Receipt(item, world.Reserve, 10m, 2m));
        var reserved = (await world.RunAsync(new ReserveStock(item, world.Warehouse, 4m, new Demand("Order", Guid.CreateVersion7()), null))).Value;
        await world.RunAsync(new AllocateStock(reserved.Reservation, [new AllocationLine(world.Reserve, null, null, null, 3m)]));

        var movement = await world.LookAsync(db => db.Set<StockMovement>().SingleAsync(row => row.ItemId == item));
        (movement.Id, movement.Type, movement.ToCondition).ShouldBe((posted.Movements[0].Movement, MovementType.Receipt, StockCondition.Usable));
        (await world.LookAsync(db => db.Set<StockPosting>().SingleAsync(row => row.Id == posted.Posting))).DocumentKind.ShouldBe("Test");
        var balance = await world.LookAsync(db => db.Set<StockBalance>().SingleAsync(row => row.ItemId == item));
        (balance.OnHand, balance.Allocated).ShouldBe((10m, 3m));
        balance.Key.ShouldBe(new StockKey(world.Reserve, item, null, null, null, world.Own, StockCondition.Usable).Digest);
        var value = await world.LookAsync(db => db.Set<ItemValue>().SingleAsync(row => row.ItemId == item));
        (value.Value, value.Decay).ShouldBe((20m, 1_000_000_000_000m));
        (await world.LookAsync(db => db.Set<ItemValueLayer>().SingleAsync(row => row.PoolId == value.Id))).Remaining.ShouldBe(10m);
        var entry = await world.LookAsync(db => db.Set<ValueEntry>().SingleAsync(row => row.PoolId == value.Id));
        (await world.LookAsync(db => db.Set<JournalLine>().SingleAsync(row => row.JournalId == entry.Id))).Amount.ShouldBe(20m);
        (await world.LookAsync(db => db.Set<Reservation>().SingleAsync(row => row.Id == reserved.Reservation))).Status.ShouldBe(ReservationStatus.Allocated);
        (await world.LookAsync(db => db.Set<Allocation>().SingleAsync(row => row.ReservationId == reserved.Reservation))).BalanceId.ShouldBe(balance.Id);
        (await world.LookAsync(db => db.Set<StockPosition>().SingleAsync(row => row.ItemId == item))).Promised.ShouldBe(1m);
        (await world.LookAsync(db => db.Set<Account>().CountAsync(row => row.LegalEntityId == world.Entity))).ShouldBe(Enum.GetValues<AccountRole>().Length);
        (await world.LookAsync(db => db.Set<AccountingPeriod>().CountAsync())).ShouldBe(0);
        (await world.LookAsync(db => db.Set<StockPolicy>().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_written_is_changed_by_nobody()
    {
        // I-05, R-08: the application lacks the right, and even the owner is stopped.
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 1m, 1m));
        foreach (var table in new[] { "stock_movement", "stock_posting", "value_entry", "journal_line" })
        {
            await using var application = world.Application.CreateCommand($"delete from {table}");
            (await Should.ThrowAsync<Npgsql.PostgresException>(application.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");
            (await Should.ThrowAsync<Npgsql.PostgresException>(world.ExecuteAsync($"update {table} set recorded_at = now()"))).SqlState.ShouldBe("23001");
            (await Should.ThrowAsync<Npgsql.PostgresException>(world.ExecuteAsync($"truncate {table}"))).SqlState.ShouldBe("23001");
        }
    }

    [Fact]
    public async Task The_invariants_find_what_somebody_tampered_with()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 5m, 1m));
        await world.ExecuteAsync($"update stock_balance set on_hand = 4 where item_id = '{item}'");
        await world.ExecuteAsync($"update cost_pool set value = 6 where item_id = '{item}'");
        (await world.BrokenInvariantsAsync()).Select(violation => violation.Invariant.Id)
            .ShouldBe(["I-02", "I-07", "I-07b", "I-08"]);
        await world.ExecuteAsync($"update stock_balance set on_hand = 5 where item_id = '{item}'");
        await world.ExecuteAsync($"update cost_pool set value = 5 where item_id = '{item}'");
        await world.ShouldHoldAsync();
    }
}
