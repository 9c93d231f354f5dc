using Platform.Domain.Access;
using Platform.Domain.Partners;
using Platform.Domain.Quality;
using Platform.Domain.Quality.Disposing;
using Platform.Domain.Quality.Holding;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Api.Seeding.History;

/// <summary>Goods with lots, serial numbers, shelf lives and weights, what is inspected of them, and what is held back.</summary>
internal sealed class QualityStories(Stage stage, Dealings dealings)
{
    private const string InspectionOf = "select id from inspection where source_id = $1 and status <> 'CANCELLED'";

    private const string ColdDock = "select id from bin where warehouse_id = $1 and code = 'C-DOCK'";

    private const string WhereItLies =
        "select b.bin_id, b.on_hand from stock_balance b where b.item_id = $1 and b.warehouse_id = $2 and b.on_hand > 0 and b.condition = 'USABLE' order by b.on_hand desc limit 1";

    private Site Site => stage.Sites[^1];

    /// <summary>Yoghurt by lot and date, drills by number, cheese by weight, solvent that is inspected first; some of it is sold.</summary>
    public async Task TradeTrackedGoodsAsync(CancellationToken ct)
    {
        var today = stage.Clock.Today;
        foreach (var site in new[] { stage.Sites[0], Site })
        {
            var yoghurt = await TakeInAsync(site, "YOGH-001", 80m, 0.6m, Lot("Y", today, 58), [], weight: null, ct);
            await dealings.PutAwayAsync(yoghurt.Lines[0], weight: null, ct);
            await SellAsync(site, yoghurt.Lines[0], 32m, weight: null, ct);
            var cheese = await TakeInAsync(site, "CHEE-001", 10m, 31m, Lot("C", today, 55), [], weight: 50.4m, ct);
            await dealings.PutAwayAsync(cheese.Lines[0], 50.4m, ct);
            await SellAsync(site, cheese.Lines[0], 2m, 10.1m, ct);
            await TakeInAsync(site, "JUIC-001", 60m, 1.1m, Lot("J", today, 200), [], weight: null, ct);
            var drills = await TakeInAsync(site, "DRIL-001", 3m, 49m, lot: null, [$"{site.Code}-D1", $"{site.Code}-D2", $"{site.Code}-D3"], weight: null, ct);
            foreach (var drill in drills.Lines)
            {
                await dealings.PutAwayAsync(drill, weight: null, ct);
            }

            var solvent = await TakeInAsync(site, "SOLV-001", 40m, 7m, Undated("S", today), [], weight: null, ct);
            await InspectAsync(solvent.Lines[0], accepted: 40m, failed: 0m, ct);
            await dealings.PutAwayAsync(solvent.Lines[0], weight: null, ct);
        }
    }

    /// <summary>A whole lot is not tight; that it goes back waits for those who must agree.</summary>
    public async Task RejectALotAsync(CancellationToken ct)
    {
        var solvent = await TakeInAsync(Site, "SOLV-002", 30m, 7.5m, Undated("S2", stage.Clock.Today), [], weight: null, ct);
        var line = solvent.Lines[0];
        var inspection = await InspectAsync(line, accepted: 0m, failed: 3m, ct);
        await stage.Cast.AsAsync(
            Role.Quality,
            new ProposeDisposition(
                Site.Entity, DispositionKind.ReturnToSupplier,
                new StockSpot(Site.Dock, line.Item, StockCondition.Quarantined, line.Lot, Serial: null, HandlingUnit: null, Owner: null), 30m, Weight: null,
                inspection, Source: null, stage.Assortment.Supplier(1), "three of three canisters leak", "https://photos.example/leak"),
            ct);
    }

    /// <summary>Nobody has looked at it yet, and by now somebody should have.</summary>
    public async Task LeaveWaitingAsync(CancellationToken ct) =>
        await TakeInAsync(Site, "SOLV-003", 20m, 8m, Undated("S3", stage.Clock.Today), [], weight: null, ct);

    public async Task HoldAndReleaseAsync(CancellationToken ct)
    {
        var placed = await stage.Cast.AsAsync(
            Role.Quality, new PlaceHold(HoldKind.Quality, Everywhere("CHEE-001"), "a customer says it smells", "complaint 17"), ct);
        await stage.Cast.AsAsync(Role.InventoryController, new ReleaseHold(placed.Hold, Version: 1, "tested, nothing found"), ct);
    }

    public async Task HoldBackAsync(CancellationToken ct) =>
        await stage.Cast.AsAsync(
            Role.Quality, new PlaceHold(HoldKind.Quality, Everywhere("JUIC-001"), "the caps leak", "complaint 21"), ct);

    private HoldScope Everywhere(string code) => new(Site.Entity, Site.Warehouse, Bin: null, stage.Demo.Items[code], Lot: null, Serial: null);

    private static ReceivedLot Lot(string prefix, DateOnly today, int days) =>
        new($"{prefix}{today:yyMMdd}", SupplierLot: null, today.AddDays(-2), today.AddDays(days), CountryOfOrigin: null);

    private static ReceivedLot Undated(string prefix, DateOnly today) =>
        new($"{prefix}{today:yyMMdd}", SupplierLot: null, ManufacturedOn: null, ExpiresOn: null, CountryOfOrigin: null);

    private async Task<GoodsReceived> TakeInAsync(
        Site site, string code, decimal quantity, decimal price, ReceivedLot? lot, IReadOnlyList<string> serials, decimal? weight, CancellationToken ct)
    {
        var bought = await dealings.BuyAsync(site, 1, stage.Clock.Today.AddDays(1), [new Want(stage.Demo.Items[code], "EA", quantity, price)], ct);
        // What must stay cold comes in where it is cold.
        var dock = code is ['Y' or 'C', ..] ? new BinId(await stage.Books.OneAsync<Guid>(ColdDock, ct, site.Warehouse.Value)) : site.Dock;
        var goods = new ReceivedGoods(bought.Lines[0].Id, "EA", quantity, weight, ReceivedCondition.Good, lot, serials, Evidence: null);
        return await stage.Cast.AsAsync(Role.WarehouseWorker, new PostReceipt(site.Warehouse, dock, Shipment: null, $"LS-{bought.Number}", HappenedAt: null, [goods]), ct);
    }

    private async Task<InspectionId> InspectAsync(PostedReceiptLine line, decimal accepted, decimal failed, CancellationToken ct)
    {
        var inspection = new InspectionId(await stage.Books.OneAsync<Guid>(InspectionOf, ct, line.ReceiptLine.Value));
        var started = await stage.Cast.AsAsync(Role.Quality, new StartInspection(inspection, Version: 1), ct);
        var recorded = await stage.Cast.AsAsync(
            Role.Quality, new RecordResults(inspection, started.Version, [new FoundResult("TIGHT", 3m, failed, Measured: null, Note: null, Evidence: null)]), ct);
        await stage.Cast.AsAsync(
            Role.Quality, new DecideInspection(inspection, recorded.Version, accepted > 0m ? [new PartVerdict(1, accepted)] : [], "three canisters were opened"), ct);
        return inspection;
    }

    private async Task SellAsync(Site site, PostedReceiptLine line, decimal quantity, decimal? weight, CancellationToken ct)
    {
        var bins = await stage.Books.AllAsync(WhereItLies, row => new BinId(row.GetGuid(0)), ct, line.Item.Value, site.Warehouse.Value);
        await stage.Cast.AsAsync(
            Role.InventoryController,
            new PostMovements(new PostingRequest
            {
                LegalEntity = site.Entity,
                Document = new StockDocument("SHIPMENT", $"SH-{site.Code}-{line.ReceiptLine.Value:N}"[..30], Id: null),
                Lines =
                [
                    new MovementLine
                    {
                        Type = MovementType.Ship,
                        Item = line.Item,
                        From = Place.In(bins[0], StockCondition.Usable),
                        To = Place.Customer,
                        Quantity = quantity,
                        Weight = weight,
                        Lot = line.Lot,
                        Partner = PartnerId.From(stage.Demo.Customers["CUS-01"].Value),
                    },
                ],
            }),
            ct);
    }
}
