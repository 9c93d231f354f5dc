using Platform.Domain.Catalog;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Reserving;
using Platform.Domain.Stock.Tracing;
using Platform.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Tests.Domain.Stock.Posting;

/// <summary>CAT-08 to CAT-11, INV-10, INV-11: lots, serials, expiry, catch weight, lineage and recall.</summary>
public sealed class TrackingTests(StockWorld world) : IClassFixture<StockWorld>
{
    private static readonly DateOnly Past = new(2026, 3, 1);

    private static readonly DateOnly Future = new(2026, 12, 31);

    [Fact]
    public async Task A_tracked_item_moves_only_with_its_lot_or_serial()
    {
        var plain = await world.ItemAsync(new ItemTraits());
        var lotted = await world.ItemAsync(new ItemTraits { Tracking = "LOT" });
        var serialised = await world.ItemAsync(new ItemTraits { Tracking = "SERIAL" });
        var lot = await world.LotAsync(lotted, Future);
        var serial = await world.SerialAsync(serialised);

        (await world.PostAsync(world.Receipt(lotted, world.Dock, 1m, 1m))).Error.ShouldBe(new LotRequired(1, lotted));
        (await world.PostAsync(world.Receipt(serialised, world.Dock, 1m, 1m))).Error.ShouldBe(new SerialRequired(1, serialised));
        (await world.PostAsync(world.Receipt(plain, world.Dock, 1m, 1m) with { Lot = lot })).Error.ShouldBe(new NotTracked(1, plain));
        (await world.PostAsync(world.Receipt(serialised, world.Dock, 2m, 1m) with { Serial = serial })).Error
            .ShouldBe(new SerialQuantityIsOne(1, serial, 2m));
        var otherLot = await world.LotAsync(await world.ItemAsync(new ItemTraits { Tracking = "LOT" }), Future);
        (await world.PostAsync(world.Receipt(lotted, world.Dock, 1m, 1m) with { Lot = otherLot })).Error
            .ShouldBe(new LotUnknown(1, lotted, otherLot));
        (await world.PostAsync(world.Receipt(lotted, world.Dock, 1m, 1m) with { Lot = lot })).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_serial_is_on_hand_once_and_may_come_back_after_it_left()
    {
        var item = await world.ItemAsync(new ItemTraits { Tracking = "SERIAL" });
        var serial = await world.SerialAsync(item);
        var receipt = world.Receipt(item, world.Staging, 1m, 10m) with { Serial = serial };
        await world.PostedAsync(receipt);
        (await world.PostAsync(receipt with { To = Place.In(world.Reserve, StockCondition.Usable) })).Error
            .ShouldBe(new SerialAlreadyOnHand(1, serial));
        (await world.PostAsync(receipt, receipt)).Error.ShouldBeOfType<SeveralLinesRefused>();
        await world.PostedAsync(world.Move(item, world.Staging, world.Reserve, 1m) with { Serial = serial });
        await world.PostedAsync(world.Shipment(item, world.Reserve, 1m) with { Serial = serial });
        await world.PostedAsync(receipt);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task An_expired_or_blocked_lot_is_never_picked_or_shipped_but_may_be_written_off()
    {
        // I-13, CAT-10
        var item = await world.ItemAsync(new ItemTraits { Tracking = "LOT" });
        var expired = await world.LotAsync(item, Past);
        var blocked = await world.LotAsync(item, Future);
        await world.PostedAsync(
            world.Receipt(item, world.Staging, 5m, 1m) with { Lot = expired }, world.Receipt(item, world.Staging, 5m, 1m) with { Lot = blocked });
        await world.RunAsync(new BlockLot(blocked, 1, "complaint"));

        (await world.PostAsync(world.Shipment(item, world.Staging, 1m) with { Lot = expired })).Error.ShouldBe(new LotExpired(1, expired, Past));
        (await world.PostAsync(world.Shipment(item, world.Staging, 1m) with { Lot = blocked })).Error.ShouldBe(new LotIsBlocked(1, blocked, "complaint"));
        (await world.PostAsync(world.Line(
            MovementType.Adjust, item, Place.In(world.Staging, StockCondition.Usable), Place.Scrap, 5m) with { Lot = expired })).Error.ShouldBeNull();
    }

    [Fact]
    public async Task Pieces_priced_by_weight_move_with_their_weight_and_carry_its_value()
    {
        // CAT-11: about 10 kg a piece, 20 % either way.
        var item = await world.ItemAsync(new ItemTraits { IsCatchWeight = true });
        (await world.PostAsync(world.Receipt(item, world.Staging, 2m, 3m))).Error.ShouldBe(new CatchWeightRequired(1, item));
        (await world.PostAsync(world.Receipt(item, world.Staging, 2m, 3m) with { Weight = 30m })).Error
            .ShouldBe(new CatchWeightImplausible(1, item, 30m, 16m, 24m));
        await world.PostedAsync(world.Receipt(item, world.Staging, 2m, 3m) with { Weight = 21m });
        (await world.PoolAsync(item)).ShouldBe((21m, 63m));

        (await world.PostAsync(world.Shipment(item, world.Staging, 2m) with { Weight = 20m })).Error
            .ShouldBe(new InsufficientWeight(1, world.Staging, item, 21m, 20m)); // no weight stays without a piece
        var one = await world.PostedAsync(world.Shipment(item, world.Staging, 1m) with { Weight = 9.5m });
        one.Movements[0].Value.ShouldBe(-28.50m);
        await world.PostedAsync(
            world.Line(MovementType.WeightAdjust, item, Place.In(world.Staging, StockCondition.Usable), Place.Adjustment, 0m) with { Weight = 0.5m });
        (await world.PoolAsync(item)).ShouldBe((11m, 33m));
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_recall_finds_every_end_and_stops_everything_on_hand_at_once()
    {
        // INV-10, INV-11
        var item = await world.ItemAsync(new ItemTraits { Tracking = "LOT" });
        var lot = await world.LotAsync(item, Future);
        var (supplier, first, second) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 100m, 1m) with { Lot = lot, Partner = supplier });
        await world.PostedAsync(
            world.Line(MovementType.TransferShip, item, Place.In(world.Reserve, StockCondition.Usable), Place.In(world.Transit, StockCondition.Usable), 30m) with { Lot = lot });
        await world.PostedAsync(
            world.Line(MovementType.TransferReceive, item, Place.In(world.Transit, StockCondition.Usable), Place.In(world.OtherReserve, StockCondition.Usable), 20m) with { Lot = lot });
        var shipped = await world.PostedAsync(world.Shipment(item, world.OtherReserve, 15m) with { Lot = lot, Partner = first });
        var mistaken = await world.PostedAsync(world.Shipment(item, world.Reserve, 4m) with { Lot = lot, Partner = second });
        await world.RunAsync(new ReverseMovement(world.Entity, mistaken.Movements[0].Movement, "wrong customer"));
        await world.PostedAsync(
            world.Line(MovementType.CustomerReturn, item, Place.Customer, Place.In(world.Returns, StockCondition.ReturnReview), 5m)
                with { Lot = lot, Returns = shipped.Movements[0].Movement });
        var reserved = (await world.RunAsync(new ReserveStock(item, world.Warehouse, 10m, new Demand("Order", Guid.CreateVersion7()), null))).Value;
        await world.RunAsync(new AllocateStock(reserved.Reservation, [new AllocationLine(world.Reserve, lot, null, null, 10m)]));

        var recalled = (await world.RunAsync(new RecallLot(lot, "glass"))).Value;

        recalled.Quarantined.ShouldBe(90m); // 70 in reserve, 10 on the road, 5 in the other warehouse, 5 came back
        recalled.ReservationsReleased.ShouldBe([reserved.Reservation]);
        var trace = await world.Services.GetRequiredService<StockTraces>().OfLotAsync(lot, Platform.Domain.Kernel.RowScope.Everything, CancellationToken.None);
        trace.ShouldNotBeNull();
        trace.Suppliers.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            end => end.Partner.ShouldBe(supplier), end => end.Quantity.ShouldBe(100m));
        trace.Customers.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            end => end.Partner.ShouldBe(first), end => end.Quantity.ShouldBe(10m));
        trace.Holdings.ShouldAllBe(holding => holding.Condition == StockCondition.Quarantined);
        trace.Holdings.Sum(holding => holding.Quantity).ShouldBe(90m);
        (await world.PostAsync(world.Shipment(item, world.OtherReserve, 1m) with { Lot = lot })).Error.ShouldNotBeNull();
        await world.ShouldHoldAsync();
    }
}
