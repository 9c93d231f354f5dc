using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Warehouses;

/// <summary>A place or an item that changes while goods come to it: one of the two sees the other, and nobody deadlocks.</summary>
public sealed class StockAndPlacesRaceTests(StockWorld world) : IClassFixture<StockWorld>
{
    private const int Rounds = 12;

    [Fact]
    public async Task A_bin_is_retired_empty_or_not_at_all_NET_01()
    {
        var item = await world.ItemAsync(new ItemTraits());
        for (var round = 0; round < Rounds; round++)
        {
            var bin = await world.BinAsync(new BinTraits { CapacityUnits = round % 2 == 0 ? 1000m : null });

            var (posted, retired) = await RaceAsync(
                () => world.PostAsync(world.Receipt(item, bin, 1m, 1m)), () => world.RunAsync(new RetireBin(bin, Version: 1, "race")));

            ((await world.OnHandAsync(item, bin)) > 0).ShouldBe(posted > 0);
            (retired && posted > 0).ShouldBeFalse($"{posted} postings went into a retired bin");
            (retired || posted > 0).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task An_items_tracking_changes_before_its_stock_comes_or_not_at_all_CAT_08()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var item = await world.ItemAsync(new ItemTraits());

            var (posted, changed) = await RaceAsync(
                () => world.PostAsync(world.Receipt(item, world.Reserve, 1m, 1m)),
                () => world.RunAsync(
                    new ChangeItem(item, Version: 1, new ItemTracking(Tracking.Lot, null, null), null), MasterData.Steward));

            (changed && posted > 0).ShouldBeFalse($"{posted} untracked receipts of a tracked item");
            (changed || posted > 0).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task An_item_without_stock_is_costed_otherwise_from_then_on_and_old_receipts_are_gone_CAT_18()
    {
        // given: moving average, used up
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 10m, 5m));
        (await ChangeAsync(item, CostingMethod.Fifo)).Error.ShouldBe(new ItemHasStock(item, Platform.Domain.Stewardship.FieldGroup.Costing));
        await world.PostedAsync(world.Shipment(item, world.Reserve, 10m));

        // when
        (await ChangeAsync(item, CostingMethod.Fifo)).Error.ShouldBeNull();
        await world.PostedAsync(world.Receipt(item, world.Reserve, 10m, 1m));
        await world.PostedAsync(world.Receipt(item, world.Reserve, 10m, 3m));
        await world.PostedAsync(world.Shipment(item, world.Reserve, 10m));

        // then: the first in went first, and every rule of the ledger holds
        (await world.PoolAsync(item)).ShouldBe((10m, 30m));
        (await world.ScalarAsync<string>($"select flow from cost_pool where item_id = '{item}'")).ShouldBe("FIFO");
        await world.ShouldHoldAsync();
    }

    private async Task<Result<ItemChangeRecorded>> ChangeAsync(ItemId item, CostingMethod method)
    {
        var version = await world.ScalarAsync<int>($"select version from item where id = '{item}'");
        return await world.RunAsync(new ChangeItem(item, version, new ItemCosting(method), null), MasterData.Steward);
    }

    /// <summary>Seven who bring goods and one who changes the place, at the same instant.</summary>
    private static async Task<(int Posted, bool Changed)> RaceAsync<TEvent>(
        Func<Task<Result<StockPosted>>> post, Func<Task<Result<TEvent>>> change)
        where TEvent : notnull
    {
        var changed = false;
        var hammered = await Hammer.FireAsync(8, async caller =>
        {
            if (caller != 3)
            {
                return await post();
            }

            var result = await change();
            changed = result.Error is null;
            return result.Error is null ? new CodeOfChange() : result.Error;
        });

        hammered.Faults.ShouldBeEmpty();
        return (hammered.Succeeded, changed);
    }

    /// <summary>Stands for the change among the postings' answers.</summary>
    private sealed record CodeOfChange : DomainError
    {
        public override string Message => "The change went through.";
    }
}
