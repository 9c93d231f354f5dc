using Platform.Domain.Access;
using Platform.Domain.Payables;
using Platform.Domain.Payables.Credits;
using Platform.Domain.Payables.LandedCosts;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Receiving;

namespace Platform.Api.Seeding.History;

/// <summary>Invoices that agree and that do not, credits and freight.</summary>
internal sealed class MoneyStories(Stage stage, Dealings dealings)
{
    private const string InvoiceLine = "select id from supplier_invoice_line where invoice_id = $1 order by line limit 1";
    private const string OpenHold = "select id from invoice_hold where invoice_id = $1 and resolved_at is null order by placed_at limit 1";
    private const string InvoiceVersion = "select version from supplier_invoice where id = $1";
    private const string ShipmentVersion = "select version from inbound_shipment where id = $1";

    private Site Site => stage.Sites[^1];

    /// <summary>Ordered, received, charged and paid, every figure the same.</summary>
    public async Task PayWhatMatchesAsync(CancellationToken ct)
    {
        var (bought, _) = await TakeInAsync(2, 120m, 120m, ct);
        await dealings.PayAsync(await BookAsync(await ChargeAsync(bought, 120m, 1m, ct), ct), ct);
    }

    /// <summary>Four percent more than was agreed, which somebody accepts.</summary>
    public async Task PayAnotherPriceAsync(CancellationToken ct)
    {
        var (bought, _) = await TakeInAsync(4, 200m, 200m, ct);
        var entered = await ChargeAsync(bought, 200m, 1.04m, ct);
        var hold = await stage.Books.OneAsync<Guid>(OpenHold, ct, entered.Invoice.Value);
        var resolved = await stage.Cast.AsAsync(
            Role.WarehouseSupervisor,
            new ResolveHold(entered.Invoice, entered.Version, new InvoiceHoldId(hold), InvoiceHoldResolution.PayAsInvoiced, "the new price list holds since Monday"), ct);
        await dealings.BookAsync(entered.Invoice, resolved.Version, ct);
    }

    /// <summary>Freight is shared over what came: one voucher is booked, another waits for somebody to agree.</summary>
    public async Task ShareFreightAsync(CancellationToken ct)
    {
        var (_, first) = await TakeInAsync(6, 80m, 80m, ct);
        var (_, second) = await TakeInAsync(2, 60m, 60m, ct);
        await dealings.AgreeAsync((await VoucherAsync(first, 48m, ct)).Request, ct);
        await VoucherAsync(second, 35m, ct);
    }

    /// <summary>A supplier's credit note for part of a line is booked; a chargeback waits.</summary>
    public async Task CreditAsync(CancellationToken ct)
    {
        var (bought, _) = await TakeInAsync(8, 90m, 90m, ct);
        var posted = await BookAsync(await ChargeAsync(bought, 90m, 1m, ct), ct);
        var line = new SupplierInvoiceLineId(await stage.Books.OneAsync<Guid>(InvoiceLine, ct, posted.Invoice.Value));
        var price = bought.Lines[0].Price;
        await dealings.AgreeAsync((await CreditAsync(bought, CreditKind.CreditNote, line, 10m, price, ct)).Request, ct);
        await CreditAsync(bought, CreditKind.Chargeback, line, 5m, price, ct);
    }

    /// <summary>Eight of a hundred are missing; the invoice asks for a hundred and waits until somebody has looked into it.</summary>
    public async Task ReceiveShortAsync(CancellationToken ct)
    {
        var wants = Wants(3, 100m);
        var bought = await dealings.BuyAsync(Site, 3, stage.Clock.Today.AddDays(3), wants, ct);
        var announced = await stage.Cast.AsAsync(
            Role.Buyer,
            new AnnounceShipment(
                stage.Assortment.Supplier(3), Site.Warehouse, $"ASN-{bought.Number}", "Logis 3PL", Tracking: null, stage.Clock.GetUtcNow().AddHours(2),
                [new AnnouncedLine(bought.Lines[0].Id, bought.Lines[0].Unit, 100m, LotCode: null, ExpiresOn: null, Carton: null)]),
            ct);
        await stage.Cast.AsAsync(Role.WarehouseWorker, new ArriveShipment(announced.Shipment, Version: 1, ArrivedAt: null), ct);
        var received = await dealings.ReceiveAsync(bought, announced.Shipment, [Dealings.Good(bought.Lines[0], 88m)], ct);
        await stage.Cast.AsAsync(
            Role.WarehouseWorker, new FinishShipment(announced.Shipment, await stage.Books.OneAsync<int>(ShipmentVersion, ct, announced.Shipment.Value)), ct);
        await dealings.PutAwayAsync(received.Lines[0], weight: null, ct);
        await ChargeAsync(bought, 100m, 1m, ct);
        stage.Truth.Tell(new Truth(TruthKind.ReceiptOff, received.Number!, stage.Clock.Today, 12, "UNITS")
        {
            Cause = TruthCause.ShortShipped, Supplier = SupplierCode.Of(3), Site = Site.Code,
        });
    }

    /// <summary>Sixty of a hundred came, the rest is expected; the invoice asks for all.</summary>
    public async Task ReceiveInPartAsync(CancellationToken ct)
    {
        var (bought, _) = await TakeInAsync(5, 100m, 60m, ct);
        await ChargeAsync(bought, 100m, 1m, ct);
    }

    /// <summary>Nine percent more than was agreed; nobody has decided yet.</summary>
    public async Task AskAnotherPriceAsync(CancellationToken ct)
    {
        var (bought, _) = await TakeInAsync(7, 150m, 150m, ct);
        await ChargeAsync(bought, 150m, 1.09m, ct);
    }

    /// <summary>An invoice that agrees waits for somebody to agree, another one to be submitted.</summary>
    public async Task AskForApprovalsAsync(CancellationToken ct)
    {
        foreach (var (supplier, quantity) in new[] { (9, 70m), (10, 40m) })
        {
            var (bought, _) = await TakeInAsync(supplier, quantity, quantity, ct);
            var entered = await ChargeAsync(bought, quantity, 1m, ct);
            if (supplier == 9)
            {
                await stage.Cast.AsAsync(Role.Finance, new SubmitInvoice(entered.Invoice, entered.Version), ct);
            }
        }
    }

    private IReadOnlyList<Want> Wants(int supplier, decimal quantity)
    {
        var article = stage.Assortment.Of(supplier).Last();
        return [new Want(article.Item, article.Unit, quantity, article.Price)];
    }

    private async Task<(Bought Bought, GoodsReceived Received)> TakeInAsync(int supplier, decimal ordered, decimal came, CancellationToken ct)
    {
        var bought = await dealings.BuyAsync(Site, supplier, stage.Clock.Today.AddDays(4), Wants(supplier, ordered), ct);
        var received = await dealings.ReceiveAsync(bought, shipment: null, [Dealings.Good(bought.Lines[0], came)], ct);
        await dealings.PutAwayAsync(received.Lines[0], weight: null, ct);
        return (bought, received);
    }

    private Task<InvoiceMoved> ChargeAsync(Bought bought, decimal quantity, decimal factor, CancellationToken ct) => dealings.EnterAsync(
        bought.Site, bought.Supplier, $"{SupplierCode.Of(bought.Supplier)}-{bought.Number}",
        [Dealings.Charged(bought.Lines[0].Id, quantity, decimal.Round(bought.Lines[0].Price * factor, 4))], ct);

    private async Task<InvoiceMoved> BookAsync(InvoiceMoved entered, CancellationToken ct) =>
        await dealings.BookAsync(entered.Invoice, await stage.Books.OneAsync<int>(InvoiceVersion, ct, entered.Invoice.Value), ct);

    private async Task<Domain.Approvals.ApprovalFiled> VoucherAsync(GoodsReceived received, decimal freight, CancellationToken ct)
    {
        var drafted = await stage.Cast.AsAsync(
            Role.Finance,
            new DraftVoucher(
                Site.Entity, "USD", Rate: null, [new VoucherCharge(ChargeKind.Freight, ShareBasis.Quantity, freight, InvoiceLine: null)],
                [.. received.Lines.Select(line => new VoucherReceipt(line.ReceiptLine, ManualShare: null))], "the forwarder's bill"),
            ct);
        return await stage.Cast.AsAsync(Role.Finance, new SubmitVoucher(drafted.Voucher, drafted.Version), ct);
    }

    private async Task<Domain.Approvals.ApprovalFiled> CreditAsync(
        Bought bought, CreditKind kind, SupplierInvoiceLineId line, decimal quantity, decimal price, CancellationToken ct)
    {
        var net = decimal.Round(quantity * price, 2, MidpointRounding.AwayFromZero);
        var drafted = await stage.Cast.AsAsync(
            Role.Finance,
            new DraftCredit(
                kind, bought.Site.Entity, stage.Assortment.Supplier(bought.Supplier), kind == CreditKind.CreditNote ? $"CN-{bought.Number}" : null,
                stage.Clock.Today, Stage.CurrencyOf(bought.Supplier), Rate: null,
                [new CreditLineEntry(CreditLineKind.Invoice, line, Movement: null, quantity, "worn threads", net, Tax: 0m)], "worn threads",
                "https://photos.example/threads", Case: null),
            ct);
        return await stage.Cast.AsAsync(Role.Finance, new SubmitCredit(drafted.Credit, drafted.Version), ct);
    }
}
