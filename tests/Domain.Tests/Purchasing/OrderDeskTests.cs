using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Purchasing;

/// <summary>Stands for whoever receives goods or pays for them.</summary>
[Needs("purchasing.test")]
public sealed record RecordLines(IReadOnlyList<LineRecord> Records) : ICommand<LinesRecorded>;

public sealed record LinesRecorded(IReadOnlyList<OrderLineTerms> Lines);

internal sealed class RecordLinesHandler(OrderDesk desk) : ICommandHandler<RecordLines, LinesRecorded>
{
    public async Task<Result<LinesRecorded>> HandleAsync(RecordLines command, Envelope envelope, CancellationToken ct)
    {
        var recorded = await desk.RecordAsync(command.Records, envelope, ct);
        return recorded.Succeeded(out var lines) ? new LinesRecorded(lines) : recorded.Error!;
    }
}

public sealed class RecordingWorld : StockWorld
{
    protected override IReadOnlyList<Assembly> HandlerAssemblies => [typeof(PlatformDb).Assembly, typeof(RecordLinesHandler).Assembly];

    /// <summary>All rules but the one that receipts stand behind what was received: here nobody writes receipts.</summary>
    public async Task ShouldHoldWithoutReceiptsAsync() =>
        (await BrokenInvariantsAsync()).Select(broken => broken.Invariant.Id).Except(["I-11r"]).ShouldBeEmpty();
}

/// <summary>PRC-10, I-11: what came, went back and was charged, and the state of lines and orders that follows.</summary>
public sealed class OrderDeskTests(RecordingWorld world) : IClassFixture<RecordingWorld>
{
    [Fact]
    public async Task An_order_follows_its_lines_from_the_first_piece_to_the_last_invoice()
    {
        // given: 100 with 5 % either way, and 10
        var (order, lines) = await OrderAsync(100m, 10m);

        // when, then
        (await StepAsync(order, Of(lines[0], LineDeed.Receive, 40m))).ShouldBe((OrderStatus.PartiallyReceived, "PartiallyReceived Open"));
        (await StepAsync(order, Of(lines[0], LineDeed.Receive, 55m))).ShouldBe((OrderStatus.PartiallyReceived, "Received Open")); // 95 of 100 is enough
        (await StepAsync(order, Of(lines[1], LineDeed.Receive, 10m), Of(lines[0], LineDeed.Receive, 10m)))
            .ShouldBe((OrderStatus.Received, "Received Received")); // 105 is tolerated
        (await StepAsync(order, Of(lines[1], LineDeed.ReturnForReplacement, 4m))).ShouldBe((OrderStatus.PartiallyReceived, "Received PartiallyReceived"));
        (await TermsAsync(lines[1])).Open.ShouldBe(4m);
        (await StepAsync(order, Of(lines[1], LineDeed.Receive, 4m))).ShouldBe((OrderStatus.Received, "Received Received"));
        (await StepAsync(order, Of(lines[0], LineDeed.ReturnForCredit, 5m))).Status.ShouldBe(OrderStatus.Received);
        (await StepAsync(order, Of(lines[0], LineDeed.Invoice, 105m))).Status.ShouldBe(OrderStatus.Received);
        (await TermsAsync(lines[0])).Uninvoiced.ShouldBe(-5m);
        (await StepAsync(order, Of(lines[0], LineDeed.Credit, 5m))).Status.ShouldBe(OrderStatus.Received);
        (await StepAsync(order, Of(lines[1], LineDeed.Invoice, 10m))).ShouldBe((OrderStatus.Closed, "Closed Closed"));

        // and nothing comes on a closed order, while what came can still go back
        (await RecordAsync(Of(lines[1], LineDeed.Receive, 1m))).Error.ShouldBe(new OrderNotOpenTo(order, lines[1], LineDeed.Receive, OrderStatus.Closed));
        (await RecordAsync(Of(lines[1], LineDeed.ReturnForCredit, 1m))).Error.ShouldBeNull();
        (await world.ScalarAsync<long>($"select count(*) from event where type = 'OrderLineRecorded' and aggregate_id = '{order}'")).ShouldBe(11);
        await world.ShouldHoldWithoutReceiptsAsync();
    }

    [Theory]
    [InlineData(false, OrderStatus.Released)]
    [InlineData(true, OrderStatus.Acknowledged)]
    public async Task What_had_not_come_after_all_leads_back_to_where_the_order_was(bool acknowledged, OrderStatus status)
    {
        var (order, lines) = await OrderAsync(10m);
        if (acknowledged)
        {
            (await world.RunAsync(new AcknowledgeOrder(order, 4, "AB", [new(1, 10, new(2026, 4, 1))]), Buying.Buyer)).Error.ShouldBeNull();
        }

        (await StepAsync(order, Of(lines[0], LineDeed.Receive, 10m))).Status.ShouldBe(OrderStatus.Received);
        (await StepAsync(order, Of(lines[0], LineDeed.UndoReceipt, 6m))).ShouldBe((OrderStatus.PartiallyReceived, "PartiallyReceived"));
        (await StepAsync(order, Of(lines[0], LineDeed.UndoReceipt, 4m))).ShouldBe((status, "Open"));
        (await world.RunAsync(new CancelOrder(order, await VersionAsync(order), "never came"), Buying.Buyer)).Error.ShouldBeNull();
        await world.ShouldHoldWithoutReceiptsAsync();
    }

    [Fact]
    public async Task Nobody_records_more_than_was_allowed_and_a_refusal_leaves_no_trace()
    {
        var (order, lines) = await OrderAsync(100m);
        var line = lines[0];
        (await RecordAsync(Of(line, LineDeed.Receive, 100m))).Error.ShouldBeNull();
        var before = await world.TracesAsync();

        (await RecordAsync(Of(line, LineDeed.Receive, 6m))).Error.ShouldBe(new BeyondTheLine(line, LineDeed.Receive, 105m, 106m));
        (await RecordAsync(Of(line, LineDeed.Receive, 3m), Of(line, LineDeed.Receive, 3m))).Error.ShouldBeOfType<BeyondTheLine>();
        (await RecordAsync(Of(line, LineDeed.Receive, 4m) with { UpTo = 102m })).Error.ShouldBe(new BeyondTheLine(line, LineDeed.Receive, 102m, 104m));
        (await RecordAsync(Of(line, LineDeed.UndoReceipt, 101m))).Error.ShouldBe(new BeyondTheLine(line, LineDeed.UndoReceipt, 100m, 101m));
        (await RecordAsync(Of(line, LineDeed.Invoice, 101m) with { UpTo = 100m })).Error.ShouldBe(new BeyondTheLine(line, LineDeed.Invoice, 100m, 101m));
        (await RecordAsync(Of(line, LineDeed.Credit, 1m))).Error.ShouldBe(new BeyondTheLine(line, LineDeed.Credit, 0m, 1m));
        var unknown = new PurchaseOrderLineId(Guid.CreateVersion7());
        (await RecordAsync(Of(line, LineDeed.Receive, 1m), Of(unknown, LineDeed.Receive, 1m))).Error.ShouldBe(new OrderLineNotFound(unknown));
        var draft = await world.DraftedAsync(Buying.Line(await world.ItemAsync(new ItemTraits()), 1, 1));
        var ofDraft = await LineIdsAsync(draft.Order);
        (await RecordAsync(Of(ofDraft[0], LineDeed.Receive, 1m))).Error
            .ShouldBe(new OrderNotOpenTo(draft.Order, ofDraft[0], LineDeed.Receive, OrderStatus.Draft));
        (await TermsAsync(line)).Received.ShouldBe(100m);
        (await VersionAsync(order)).ShouldBe(5);
        before.ShouldNotBeEmpty();

        // what somebody agreed to beyond the tolerance is kept as agreed to
        (await RecordAsync(Of(line, LineDeed.Receive, 20m) with { UpTo = 120m })).Error.ShouldBeNull();
        (await TermsAsync(line)).Most.ShouldBe(120m);
        await world.ShouldHoldWithoutReceiptsAsync();
    }

    [Fact]
    public async Task Of_sixteen_who_receive_ten_at_once_on_a_hundred_ten_find_room()
    {
        var (order, lines) = await OrderAsync(100m, 1m);

        var hammered = await Hammer.FireAsync(Hammer.Width, at => RecordAsync(Of(lines[0], LineDeed.Receive, 10m)));

        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(10);
        hammered.Codes.Distinct().ShouldBe(["BEYOND_THE_LINE"]);
        var terms = await TermsAsync(lines[0]);
        (terms.Received, terms.Open, terms.OrderStatus).ShouldBe((100m, 0m, OrderStatus.PartiallyReceived));
        (await VersionAsync(order)).ShouldBe(14);
        await world.ShouldHoldWithoutReceiptsAsync();
    }

    private static LineRecord Of(PurchaseOrderLineId line, LineDeed deed, decimal quantity) => new(line, deed, quantity, UpTo: null);

    private Task<Result<LinesRecorded>> RecordAsync(params IReadOnlyList<LineRecord> records) => world.RunAsync(new RecordLines(records));

    private async Task<(PurchaseOrderId Order, List<PurchaseOrderLineId> Lines)> OrderAsync(params IReadOnlyList<decimal> quantities)
    {
        var asked = new List<OrderLine>();
        foreach (var quantity in quantities)
        {
            asked.Add(Buying.Line(await world.ItemAsync(new ItemTraits()), quantity, 2m));
        }

        var (order, _) = await world.ReleasedAsync(asked);
        return (order, await LineIdsAsync(order));
    }

    private async Task<(OrderStatus Status, string Lines)> StepAsync(PurchaseOrderId order, params IReadOnlyList<LineRecord> records)
    {
        (await RecordAsync(records)).Error.ShouldBeNull();
        var lines = await world.LookAsync(db =>
            db.Set<PurchaseOrderLine>().Where(line => line.OrderId == order).OrderBy(line => line.Line).ToListAsync());
        var stored = await world.LookAsync(db => db.Set<PurchaseOrder>().SingleAsync(one => one.Id == order));
        return (stored.Status, string.Join(' ', lines.Select(line => line.Status)));
    }

    private Task<List<PurchaseOrderLineId>> LineIdsAsync(PurchaseOrderId order) => world.LookAsync(db =>
        db.Set<PurchaseOrderLine>().Where(line => line.OrderId == order).OrderBy(line => line.Line).Select(line => line.Id).ToListAsync());

    private Task<int> VersionAsync(PurchaseOrderId order) => world.ScalarAsync<int>($"select version from purchase_order where id = '{order}'");

    private async Task<OrderLineTerms> TermsAsync(PurchaseOrderLineId line) =>
        (await world.LookAsync(db => new OrderDesk(db).ReadAsync([line], CancellationToken.None)))[line];
}
