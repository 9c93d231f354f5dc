using Platform.Domain.Access;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Warehouses;

namespace Platform.Api.Seeding.History;

/// <summary>What goes wrong where goods come in.</summary>
internal sealed class DockStories(Stage stage, Dealings dealings)
{
    private const string BinByCode = "select id from bin where warehouse_id = $1 and code = 'STAGE-1'";

    private Site Site => stage.Sites[^1];

    /// <summary>Three deliveries nobody seems to have ordered: one was found out to be ours, one goes back, one waits.</summary>
    public async Task FindGoodsWithoutReferenceAsync(CancellationToken ct)
    {
        var article = stage.Assortment.Of(1).Last();
        var ours = await HoldAsync("Thirty pieces, the note is torn off", article, 30m, ct);
        var theirs = await HoldAsync("A pallet for the neighbours", article, 12m, ct);
        await HoldAsync("Six cartons without any paper", article, 6m, ct);
        var bought = await dealings.BuyAsync(Site, 1, stage.Clock.Today.AddDays(2), [new Want(article.Item, article.Unit, 30m, article.Price)], ct);
        await stage.Cast.AsAsync(Role.WarehouseSupervisor, new MatchHeldGoods(ours, Version: 1, bought.Lines[0].Id, "the buyer found the order"), ct);
        await stage.Cast.AsAsync(Role.WarehouseSupervisor, new ReturnHeldGoods(theirs, Version: 1, "not ours"), ct);
    }

    /// <summary>
    /// Goods go from the dock straight to where orders leave, and nobody scans them there. Of one of the moves fewer are carried than was
    /// written down, and the book does not know.
    /// </summary>
    public async Task SkipTheScanAsync(CancellationToken ct)
    {
        var staging = new BinId(await stage.Books.OneAsync<Guid>(BinByCode, ct, Site.Warehouse.Value));
        foreach (var (supplier, quantity, missing) in new[] { (6, 24m, 0m), (9, 30m, 4m), (10, 18m, 0m) })
        {
            var article = stage.Assortment.Of(supplier).Last();
            var bought = await dealings.BuyAsync(Site, supplier, stage.Clock.Today.AddDays(1), [new Want(article.Item, article.Unit, quantity, article.Price)], ct);
            await dealings.ReceiveAsync(bought, shipment: null, [Dealings.Good(bought.Lines[0], quantity)], ct);
            await stage.Cast.AsAsync(
                Role.WarehouseWorker,
                new MoveStock(
                    Site.Entity, new StockSpot(Site.Dock, article.Item, StockCondition.Usable, Lot: null, Serial: null, HandlingUnit: null, Owner: null),
                    staging, quantity, Unit: null, Weight: null, ExpectedOnHand: null),
                ct);
            if (missing > 0m)
            {
                stage.Truth.Tell(new Truth(TruthKind.BookOff, $"{Site.Code}/STAGE-1/{article.Code}", stage.Clock.Today, (double)missing, "UNITS")
                {
                    Cause = TruthCause.UnconfirmedCrossDock, Site = Site.Code, Item = article.Code,
                });
            }
        }
    }

    /// <summary>Tasks that are offered to whoever comes next.</summary>
    public async Task LeaveOnTheDockAsync(CancellationToken ct)
    {
        foreach (var supplier in new[] { 4, 7, 8 })
        {
            var article = stage.Assortment.Of(supplier).Last();
            var bought = await dealings.BuyAsync(Site, supplier, stage.Clock.Today.AddDays(1), [new Want(article.Item, article.Unit, 36m, article.Price)], ct);
            var received = await dealings.ReceiveAsync(bought, shipment: null, [Dealings.Good(bought.Lines[0], 36m)], ct);
            await stage.Cast.AsAsync(Role.WarehouseWorker, new Domain.Putaway.DirectReceiptLine(received.Lines[0].ReceiptLine), ct);
        }
    }

    private async Task<HeldGoodsId> HoldAsync(string what, Article article, decimal quantity, CancellationToken ct) =>
        (await stage.Cast.AsAsync(
            Role.WarehouseWorker,
            new HoldGoods(
                Site.Warehouse, Site.Dock, HoldReason.NoReference, Supplier: null, article.Item, Shipment: null, what, DeliveryNote: null, HappenedAt: null,
                new HeldLabel(article.Unit, quantity, Weight: null, ReceivedCondition.Good, Lot: null, [], Evidence: null)),
            ct)).HeldGoods;
}
