using Platform.Domain.Access;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Payables;
using Platform.Domain.Payables.Posting;
using Platform.Domain.Purchasing;
using Platform.Domain.Putaway;
using Platform.Domain.Receiving;

namespace Platform.Api.Seeding.History;

/// <summary>One line that was bought.</summary>
internal sealed record BoughtLine(PurchaseOrderLineId Id, ItemId Item, string Unit, decimal Quantity, decimal Price);

/// <summary>An order that its supplier has.</summary>
internal sealed record Bought(PurchaseOrderId Order, string Number, int Version, Site Site, int Supplier, IReadOnlyList<BoughtLine> Lines);

/// <summary>What is to be bought.</summary>
internal sealed record Want(ItemId Item, string Unit, decimal Quantity, decimal Price);

/// <summary>What people do again and again, each step by who may take it.</summary>
internal sealed class Dealings(Stage stage)
{
    private const string OrderLines = "select id from purchase_order_line where order_id = $1 order by line";
    private const string ShownHash = "select shown_hash from approval_request where id = $1";
    private const string InvoiceVersion = "select version from supplier_invoice where id = $1";
    private const string ItemCode = "select code from item where id = $1";

    private const string OfferedTasks =
        """
        select t.id, t.version, b.code, t.quantity from warehouse_task t join bin b on b.id = t.to_bin_id
        where t.receipt_line_id = $1 and t.status = 'OFFERED' order by t.number
        """;

    /// <summary>Drafted, agreed to by a supervisor, and sent.</summary>
    public async Task<Bought> BuyAsync(Site site, int supplier, DateOnly on, IReadOnlyList<Want> wants, CancellationToken ct)
    {
        var (drafted, submitted) = await AskAsync(site, supplier, on, OrderKind.Standard, wants, ct);
        await AgreeAsync(submitted.Request, ct);
        var released = await stage.Cast.AsAsync(Role.Buyer, new ReleaseOrder(drafted.Order, submitted.Version + 1), ct);
        var ids = await stage.Books.AllAsync(OrderLines, row => new PurchaseOrderLineId(row.GetGuid(0)), ct, drafted.Order.Value);
        return new Bought(
            drafted.Order, drafted.Number, released.Version, site, supplier,
            [.. wants.Select((want, at) => new BoughtLine(ids[at], want.Item, want.Unit, want.Quantity, want.Price))]);
    }

    /// <summary>Drafted and submitted; others have to agree.</summary>
    public async Task<(OrderDrafted Drafted, OrderSubmitted Submitted)> AskAsync(
        Site site, int supplier, DateOnly on, OrderKind kind, IReadOnlyList<Want> wants, CancellationToken ct)
    {
        var drafted = await stage.Cast.AsAsync(
            Role.Buyer,
            new DraftOrder(
                site.Entity, site.Warehouse, stage.Assortment.Supplier(supplier), kind, Stage.CurrencyOf(supplier),
                [.. wants.Select(want => new OrderLine(want.Item, want.Unit, want.Quantity, want.Price, on, OverPercent: 5, UnderPercent: 5))],
                kind == OrderKind.Emergency ? "a customer's line stands still" : null),
            ct);
        return (drafted, await stage.Cast.AsAsync(Role.Buyer, new SubmitOrder(drafted.Order, Version: 1, "for a project of its own"), ct));
    }

    public async Task AgreeAsync(ApprovalRequestId request, CancellationToken ct) =>
        await stage.Cast.AsAsync(
            Role.WarehouseSupervisor, new ApproveRequest(request, await stage.Books.OneAsync<string>(ShownHash, ct, request.Value), Reason: null), ct);

    public async Task RejectAsync(ApprovalRequestId request, string why, CancellationToken ct) =>
        await stage.Cast.AsAsync(
            Role.WarehouseSupervisor, new RejectRequest(request, await stage.Books.OneAsync<string>(ShownHash, ct, request.Value), why), ct);

    public static ReceivedGoods Good(BoughtLine line, decimal quantity) =>
        new(line.Id, line.Unit, quantity, Weight: null, ReceivedCondition.Good, Lot: null, [], Evidence: null);

    public Task<GoodsReceived> ReceiveAsync(Bought bought, InboundShipmentId? shipment, IReadOnlyList<ReceivedGoods> goods, CancellationToken ct) =>
        stage.Cast.AsAsync(
            Role.WarehouseWorker,
            new PostReceipt(bought.Site.Warehouse, bought.Site.Dock, shipment, $"LS-{bought.Number}", HappenedAt: null, goods), ct);

    /// <summary>Directed by the rules, carried and scanned; goods priced by weight are weighed where they are put.</summary>
    public async Task PutAwayAsync(PostedReceiptLine line, decimal? weight, CancellationToken ct)
    {
        await stage.Cast.AsAsync(Role.WarehouseWorker, new DirectReceiptLine(line.ReceiptLine), ct);
        var code = await stage.Books.OneAsync<string>(ItemCode, ct, line.Item.Value);
        var tasks = await stage.Books.AllAsync(
            OfferedTasks, row => (Id: new WarehouseTaskId(row.GetGuid(0)), Version: row.GetInt32(1), Bin: row.GetString(2), Quantity: row.GetDecimal(3)), ct,
            line.ReceiptLine.Value);
        foreach (var task in tasks)
        {
            var claimed = await stage.Cast.AsAsync(Role.WarehouseWorker, new ClaimTask(task.Id, task.Version), ct);
            await stage.Cast.AsAsync(
                Role.WarehouseWorker,
                new ConfirmTask(task.Id, claimed.Version, code, task.Bin, task.Quantity, weight * task.Quantity / line.Quantity, OverrideReason: null), ct);
        }
    }

    public static InvoiceLineEntry Charged(PurchaseOrderLineId line, decimal quantity, decimal price) => new(
        InvoiceLineKind.Goods, line, ReceiptLine: null, Description: null, Unit: null, quantity, price,
        decimal.Round(quantity * price, 2, MidpointRounding.AwayFromZero), TaxCode: null, TaxRate: null, Tax: 0m);

    public Task<InvoiceMoved> EnterAsync(Site site, int supplier, string number, IReadOnlyList<InvoiceLineEntry> lines, CancellationToken ct)
    {
        var net = lines.Sum(line => line.Net);
        return stage.Cast.AsAsync(
            Role.Finance,
            new EnterInvoice(
                site.Entity, stage.Assortment.Supplier(supplier), number, stage.Clock.Today, DueOn: null, Stage.CurrencyOf(supplier), Rate: null, lines,
                new InvoiceTotals(net, Tax: 0m, net)),
            ct);
    }

    /// <summary>Agreed to by a supervisor, and in the books.</summary>
    public async Task<InvoiceMoved> BookAsync(SupplierInvoiceId invoice, int version, CancellationToken ct)
    {
        var submitted = await stage.Cast.AsAsync(Role.Finance, new SubmitInvoice(invoice, version), ct);
        await AgreeAsync(submitted.Request, ct);
        return await stage.Cast.AsAsync(Role.Finance, new PostInvoice(invoice, await stage.Books.OneAsync<int>(InvoiceVersion, ct, invoice.Value)), ct);
    }

    public Task<InvoiceMoved> PayAsync(InvoiceMoved posted, CancellationToken ct) =>
        stage.Cast.AsAsync(Role.Finance, new PayInvoice(posted.Invoice, posted.Version, stage.Clock.Today, $"SEPA {posted.Number}", Rate: null, []), ct);
}
