using Microsoft.EntityFrameworkCore;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Payables;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Payables.Posting;
using Platform.Domain.Policies;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;
using Platform.Tests.Domain.Purchasing;
using Platform.Tests.Domain.Receiving;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Payables;

/// <summary>Invoices for tests, made as people make them: entered and booked by one, agreed to by another.</summary>
internal static class Bills
{
    private static readonly string[] Everything =
    [
        "payables.enter", "payables.resolve", "payables.approve", "payables.post", "payables.pay", "payables.credit",
        "payables.landed_cost", "payables.govern", "approvals.request", "approvals.decide", "approver.supervisor", "finance.close", "finance.reopen",
    ];

    public static Caller Clerk { get; } = Callers.Of(ActorKind.Human, "Clara Clerk", Everything);

    public static Caller Controller { get; } = Callers.Of(ActorKind.Human, "Conny Controller", Everything);

    private static int _numbers;

    /// <summary>An order that was received, at this price, in these parts.</summary>
    public static async Task<Bought> BoughtAsync(this StockWorld world, ItemId item, decimal ordered, decimal price, params IReadOnlyList<decimal> came)
    {
        var line = Buying.Line(item, ordered, price) with { OverPercent = 0m, UnderPercent = 0m };
        var (order, lines) = await world.OnItsWayAsync(line);
        var bought = new Bought((await world.OrderAsync(order)).SupplierId, order, lines[0], item);
        foreach (var part in came)
        {
            await world.ComesAsync(bought, part);
        }

        return bought;
    }

    public static async Task<PostedReceiptLine> ComesAsync(this StockWorld world, Bought bought, decimal quantity)
    {
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        return (await world.ReceiveAsync(Docks.Good(bought.Line, quantity))).Value.Lines[0];
    }

    public static InvoiceLineEntry Goods(this Bought bought, decimal quantity, decimal price) => new(
        InvoiceLineKind.Goods, bought.Line, ReceiptLine: null, Description: null, Unit: null, quantity, price, quantity * price, TaxCode: null,
        TaxRate: null, Tax: 0m);

    public static EnterInvoice Invoice(this StockWorld world, SupplierId supplier, params IReadOnlyList<InvoiceLineEntry> lines) => new(
        world.Entity, supplier, $"R {Interlocked.Increment(ref _numbers):0000}", DateOnly.FromDateTime(world.Clock.GetUtcNow().Date), DueOn: null,
        "EUR", Rate: null, lines, new InvoiceTotals(lines.Sum(line => line.Net), lines.Sum(line => line.Tax), lines.Sum(line => line.Net + line.Tax)));

    public static Task<Result<InvoiceMoved>> EnterAsync(this StockWorld world, Bought bought, decimal quantity, decimal price) =>
        world.RunAsync(world.Invoice(bought.Supplier, bought.Goods(quantity, price)), Clerk);

    public static async Task<InvoiceMoved> EnteredAsync(this StockWorld world, Bought bought, decimal quantity, decimal price) =>
        (await world.EnterAsync(bought, quantity, price)).Value;

    /// <summary>Submitted by the clerk, agreed to by the controller.</summary>
    public static async Task<SupplierInvoice> ApprovedAsync(this StockWorld world, SupplierInvoiceId invoice)
    {
        var submitted = (await world.RunAsync(new SubmitInvoice(invoice, (await world.InvoiceAsync(invoice)).Version), Clerk)).Value;
        (await world.AgreeAsync(submitted.Request)).Error.ShouldBeNull();
        return await world.InvoiceAsync(invoice);
    }

    public static async Task<SupplierInvoice> PostedAsync(this StockWorld world, SupplierInvoiceId invoice)
    {
        var approved = await world.ApprovedAsync(invoice);
        (await world.RunAsync(new PostInvoice(invoice, approved.Version), Clerk)).Error.ShouldBeNull();
        return await world.InvoiceAsync(invoice);
    }

    public static async Task<Result<ApprovalMoved>> AgreeAsync(this StockWorld world, ApprovalRequestId request)
    {
        var hash = await world.ScalarAsync<string>($"select shown_hash from approval_request where id = '{request}'");
        return await world.RunAsync(new ApproveRequest(request, hash, null), Controller);
    }

    public static Task<SupplierInvoice> InvoiceAsync(this StockWorld world, SupplierInvoiceId id) =>
        world.LookAsync(db => db.Set<SupplierInvoice>().SingleAsync(invoice => invoice.Id == id));

    public static Task<List<SupplierInvoiceLine>> InvoiceLinesAsync(this StockWorld world, SupplierInvoiceId id) =>
        world.LookAsync(db => db.Set<SupplierInvoiceLine>().Where(line => line.InvoiceId == id).OrderBy(line => line.Line).ToListAsync());

    public static Task<List<InvoiceHold>> HoldsAsync(this StockWorld world, SupplierInvoiceId id) =>
        world.LookAsync(db => db.Set<InvoiceHold>().Where(hold => hold.InvoiceId == id && hold.Resolution == null).OrderBy(hold => hold.Reason).ToListAsync());

    public static Task<List<ReceiptLineInvoicing>> InvoicingAsync(this StockWorld world, Bought bought) =>
        world.LookAsync(db => db.Set<ReceiptLineInvoicing>().Where(row => row.OrderLineId == bought.Line).OrderBy(row => row.MovementId).ToListAsync());

    public static async Task<Result<InvoiceMoved>> ResolveAsync(
        this StockWorld world, SupplierInvoiceId invoice, InvoiceHoldReason reason, InvoiceHoldResolution resolution, Caller by)
    {
        var hold = (await world.HoldsAsync(invoice)).Single(one => one.Reason == reason);
        return await world.RunAsync(new ResolveHold(invoice, (await world.InvoiceAsync(invoice)).Version, hold.Id, resolution, "looked at"), by);
    }

    public static async Task<ExceptionCaseId> ShortAsync(this StockWorld world, Bought bought) => (await world.RunAsync(
        new RaiseCase(
            new CaseReport("SHORT_RECEIPT", "Less came", null, ServiceImpact.None, null, null, world.Entity, world.Warehouse, bought.Supplier, null, bought.Item),
            nameof(PurchaseOrderLine), bought.Line.Value, []),
        Callers.Supervisor)).Value.Case;

    public static async Task PublishAsync(this StockWorld world, params IReadOnlyList<MatchRule> rules)
    {
        var drafted = (await world.RunAsync(new DraftMatchPolicy(new MatchRules("EUR", rules), "for a test"), Clerk)).Value;
        (await world.RunAsync(new SimulatePolicy(drafted.Policy, 1))).Error.ShouldBeNull();
        (await world.RunAsync(new PublishPolicy(drafted.Policy, 2, null))).Error.ShouldBeNull();
    }

    public static MatchRule Rule(string name, decimal? percent, decimal? amount) =>
        new(name, null, null, null, MatchMode.ThreeWay, percent, amount, null, null, AcceptUpTo: null, QualityBlocks: null);

    /// <summary>The accounts that matter here, debits positive, since a moment before.</summary>
    public static async Task<Books> BooksAsync(this StockWorld world) => new(
        await world.AccountAsync("GOODS_RECEIVED_NOT_INVOICED"), await world.AccountAsync("INVENTORY_INTERIM"), await world.AccountAsync("INVENTORY"),
        await world.AccountAsync("ACCOUNTS_PAYABLE"), await world.AccountAsync("COST_OF_GOODS_SOLD"));
}

internal sealed record Bought(SupplierId Supplier, PurchaseOrderId Order, PurchaseOrderLineId Line, ItemId Item);

internal sealed record Books(decimal Grni, decimal Interim, decimal Inventory, decimal Payables, decimal CostOfGoodsSold)
{
    public Books Since(Books before) => new(
        Grni - before.Grni, Interim - before.Interim, Inventory - before.Inventory, Payables - before.Payables,
        CostOfGoodsSold - before.CostOfGoodsSold);
}
