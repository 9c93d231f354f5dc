using Platform.Domain.Kernel;
using Platform.Domain.Stock;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Kernel;

/// <summary>Commands that come at the same time share transactions, and nobody can tell from their answer.</summary>
public sealed class FoldingTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task Who_comes_while_others_run_shares_a_transaction_and_is_answered_for_himself()
    {
        // given: 40 units of which 64 are asked for
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Staging, 40m, 1m));
        var transactions = await CountAsync("count(distinct xid)");

        // when
        var hammered = await Hammer.FireAsync(64, at => world.RunAsync(
            new PostMovements(world.Request(world.Shipment(item, world.Staging, 1m))), Callers.Supervisor.WithKey($"{item}-{at}")));

        // then
        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(40);
        hammered.Codes.Count(code => code == "INSUFFICIENT_STOCK").ShouldBe(24);
        (await world.OnHandAsync(item, world.Staging)).ShouldBe(0m);
        (await CountAsync("count(*)", $"and body like '%{item}%'")).ShouldBe(65, "each has an audit row of its own, refused or not");
        (await CountAsync("count(distinct xid)") - transactions).ShouldBeLessThan(40, "a row that everybody wants is not paid for by each");
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Who_may_not_is_refused_though_others_in_the_same_moment_may()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Staging, 100m, 1m));
        var nobody = new Caller(Callers.Supervisor.Actor, new HashSet<string>(), Guid.CreateVersion7(), null);

        var hammered = await Hammer.FireAsync(32, at => world.RunAsync(
            new PostMovements(world.Request(world.Shipment(item, world.Staging, 1m))), at % 2 == 0 ? nobody : Callers.Supervisor));

        hammered.Succeeded.ShouldBe(16);
        hammered.Codes.ShouldAllBe(code => code == "NOT_PERMITTED");
        (await world.OnHandAsync(item, world.Staging)).ShouldBe(84m);
    }

    [Fact]
    public async Task A_row_that_somebody_else_holds_keeps_nobody_else_waiting()
    {
        // given: a stranger's transaction on one item's balance
        var (held, free) = (await world.ItemAsync(new ItemTraits()), await world.ItemAsync(new ItemTraits()));
        await world.PostedAsync(world.Receipt(held, world.Staging, 10m, 1m), world.Receipt(free, world.Staging, 10m, 1m));
        await using var stranger = await world.Owner.OpenConnectionAsync();
        await using var transaction = await stranger.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand($"select 1 from stock_balance where item_id = '{held}' for update", stranger, transaction))
        {
            await hold.ExecuteNonQueryAsync();
        }

        // when: more of them wait than there are lanes
        var waiting = Enumerable.Range(0, 16).Select(_ => world.PostAsync(world.Shipment(held, world.Staging, 1m))).ToList();
        var passed = await world.PostAsync(world.Shipment(free, world.Staging, 1m));

        // then
        passed.Error.ShouldBeNull();
        waiting.ShouldAllBe(one => !one.IsCompleted);
        await transaction.RollbackAsync();
        (await Task.WhenAll(waiting)).Count(result => result.Error is null).ShouldBe(10);
    }

    private Task<long> CountAsync(string what, string where = "") =>
        world.ScalarAsync<long>($"select {what} from audit where action = 'PostMovements' {where}");
}
