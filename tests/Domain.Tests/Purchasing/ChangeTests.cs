using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Purchasing;

/// <summary>PRC-10: what becomes of an order that is changed after part of it came.</summary>
public sealed class ChangeTests(RecordingWorld world) : IClassFixture<RecordingWorld>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => world.ShouldHoldWithoutReceiptsAsync();

    [Fact]
    public async Task A_new_price_holds_for_the_rest_and_what_came_stays_as_it_was_bought()
    {
        // given: of 100 at 2 and of 50 at 2, 40 of the first came
        var (order, items) = await BegunAsync();

        // when: the first becomes 120 at 3, the second is no longer wanted, a third is
        var third = await world.ItemAsync(new ItemTraits());
        var changed = (await ChangeAsync(order, [Buying.Line(items[0], 120m, 3m), Buying.Line(third, 7m, 1m)])).Value;

        // then: nothing more comes until somebody agreed; what came is charged all the same
        (changed.From, changed.To, changed.Total).ShouldBe((OrderStatus.PartiallyReceived, OrderStatus.Draft, (40m * 2m) + (80m * 3m) + 7m));
        var lines = await LinesAsync(order);
        lines.Select(line => (line.Line, line.BaseQuantity, line.UnitPrice, line.Amount, line.Received, line.Status)).ShouldBe(
        [
            (1, 40m, 2m, 80m, 40m, OrderLineStatus.Received),
            (2, 50m, 2m, 0m, 0m, OrderLineStatus.Closed),
            (3, 7m, 1m, 7m, 0m, OrderLineStatus.Open),
            (4, 80m, 3m, 240m, 0m, OrderLineStatus.Open),
        ]);
        (await RecordAsync(lines[3], LineDeed.Receive, 1m)).Error.ShouldBe(new OrderNotOpenTo(order, lines[3].Id, LineDeed.Receive, OrderStatus.Draft));
        (await RecordAsync(lines[0], LineDeed.Invoice, 40m)).Error.ShouldBeNull();
        (await world.RunAsync(new CancelOrder(order, changed.Version, "all of it"), Buying.Buyer)).Error.ShouldBe(new GoodsCame(order, 1, 40m, 0m));

        // and once others agreed, it goes on where it was
        await AgreedAsync(order, changed.Version);
        (await StatusAsync(order)).ShouldBe(OrderStatus.PartiallyReceived);
        (await RecordAsync(lines[2], LineDeed.Receive, 7m)).Error.ShouldBeNull();
        (await RecordAsync(lines[3], LineDeed.Receive, 80m)).Error.ShouldBeNull();
        (await StatusAsync(order)).ShouldBe(OrderStatus.Received);
    }

    [Fact]
    public async Task Less_than_came_another_item_and_a_new_price_for_nothing_are_refused_and_leave_no_trace()
    {
        var (order, items) = await BegunAsync();
        var before = await world.TracesAsync();

        (await ChangeAsync(order, [Buying.Line(items[0], 39m, 2m), Buying.Line(items[1], 50m, 2m)])).Error.ShouldBe(new GoodsCame(order, 1, 40m, 39m));
        (await ChangeAsync(order, [Buying.Line(items[1], 50m, 2m)])).Error.ShouldBe(new GoodsCame(order, 1, 40m, 0m));
        (await ChangeAsync(order, [Buying.Line(items[0], 40m, 3m)])).Error.ShouldBe(new RestNotSeparable(order, 1));
        (await ChangeAsync(order, [Buying.Line(items[0], 100m, 2m), Buying.Line(items[1], 50m, 2m) with { ExpectedOn = new DateOnly(2020, 1, 1) }]))
            .Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("lines.1.expectedOn");
        (await world.TracesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_change_to_what_came_is_received_when_it_goes_out_again_and_keeps_the_suppliers_word_of_other_lines()
    {
        var (order, items) = await BegunAsync();
        var version = await VersionAsync(order);
        (await world.RunAsync(new AcknowledgeOrder(order, version, "A-1", [new ConfirmedLine(2, 50m, new DateOnly(2026, 4, 1))]), Buying.Buyer)).Error.ShouldBeNull();

        var changed = (await ChangeAsync(order, [Buying.Line(items[0], 40m, 2m), Buying.Line(items[1], 50m, 2m)])).Value;

        (await LinesAsync(order)).Select(line => (line.BaseQuantity, line.Status, line.ConfirmedQuantity)).ShouldBe(
            [(40m, OrderLineStatus.Received, null), (50m, OrderLineStatus.Open, 50m)]);
        await AgreedAsync(order, changed.Version);
        (await RecordAsync((await LinesAsync(order))[1], LineDeed.Receive, 50m)).Error.ShouldBeNull();
        (await StatusAsync(order)).ShouldBe(OrderStatus.Received);
    }

    /// <summary>Of 100 of one item and 50 of another, 40 of the first came.</summary>
    private async Task<(PurchaseOrderId Order, List<ItemId> Items)> BegunAsync()
    {
        var items = new List<ItemId> { await world.ItemAsync(new ItemTraits()), await world.ItemAsync(new ItemTraits()) };
        var (order, _) = await world.ReleasedAsync(Buying.Line(items[0], 100m, 2m), Buying.Line(items[1], 50m, 2m));
        (await RecordAsync((await LinesAsync(order))[0], LineDeed.Receive, 40m)).Error.ShouldBeNull();
        return (order, items);
    }

    private async Task<Result<OrderMoved>> ChangeAsync(PurchaseOrderId order, IReadOnlyList<OrderLine> lines) =>
        await world.RunAsync(new ChangeOrder(order, await VersionAsync(order), lines, "needs changed"), Buying.Buyer);

    private async Task AgreedAsync(PurchaseOrderId order, int version)
    {
        var submitted = await world.SubmittedAsync(order, version);
        (await world.ApproveAsync(submitted.Request)).Error.ShouldBeNull();
        (await world.RunAsync(new ReleaseOrder(order, version + 2), Buying.Buyer)).Error.ShouldBeNull();
    }

    private Task<Result<LinesRecorded>> RecordAsync(PurchaseOrderLine line, LineDeed deed, decimal quantity) =>
        world.RunAsync(new RecordLines([new LineRecord(line.Id, deed, quantity, UpTo: null)]));

    private Task<List<PurchaseOrderLine>> LinesAsync(PurchaseOrderId order) =>
        world.LookAsync(db => db.Set<PurchaseOrderLine>().Where(line => line.OrderId == order).OrderBy(line => line.Line).ToListAsync());

    private async Task<OrderStatus> StatusAsync(PurchaseOrderId order) =>
        (await world.LookAsync(db => db.Set<PurchaseOrder>().SingleAsync(one => one.Id == order))).Status;

    private Task<int> VersionAsync(PurchaseOrderId order) => world.ScalarAsync<int>($"select version from purchase_order where id = '{order}'");
}
