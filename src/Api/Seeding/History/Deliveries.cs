using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Access;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;

namespace Platform.Api.Seeding.History;

/// <summary>What came of one line.</summary>
internal sealed record Came(LineOnItsWay Line, decimal Good, decimal Broken)
{
    public decimal All => Good + Broken;
}

/// <summary>
/// Takes in what suppliers bring: mostly what was ordered, sometimes less, sometimes something broken; what is good is put away. What
/// is missing comes later, or is no longer wanted.
/// </summary>
internal sealed class Deliveries(Stage stage, Orders orders, Invoices invoices, Differences differences)
{
    private const string ShipmentVersion = "select version from inbound_shipment where id = $1";
    private const double RestComesShare = 0.6;
    private const int RestComesAfterDays = 9;

    public int Count { get; private set; }

    public async Task ReceiveAsync(OnItsWay order, DateOnly day, CancellationToken ct)
    {
        var chance = Chances.Of(stage.Plan.Seed, 2, order.Lines[0].Article.Rank, order.Site.Number, order.Comes.On.DayNumber, order.IsRest ? 1 : 0);
        var came = order.Lines.Select(line => Draw(line, order, chance)).ToList();
        if (order.Shipment is { } announced)
        {
            await stage.Cast.AsAsync(Role.WarehouseWorker, new ArriveShipment(announced, Version: 1, ArrivedAt: null), ct);
        }

        var received = await stage.Cast.AsAsync(
            Role.WarehouseWorker,
            new PostReceipt(
                order.Site.Warehouse, order.Site.Dock, order.Shipment, DeliveryNote: $"LS-{order.Number}", HappenedAt: null, [.. came.SelectMany(Goods)]),
            ct);
        if (order.Shipment is { } shipment)
        {
            var version = await stage.Books.OneAsync<int>(ShipmentVersion, ct, shipment.Value);
            await stage.Cast.AsAsync(Role.WarehouseWorker, new FinishShipment(shipment, version), ct);
        }

        await PutAwayAsync(order, came, ct);
        invoices.Await(order, came);
        Tell(order, came, received.Number!, day);
        if (came.Any(one => one.Broken > 0m) || (order.Shipment is not null && came.Any(one => one.All < one.Line.Quantity)))
        {
            differences.Found(order, came, received.Receipt!.Value, day);
        }

        AwaitRest(order, came, day, chance);
        Count++;
    }

    private static Came Draw(LineOnItsWay line, OnItsWay order, Random chance)
    {
        var isShort = chance.Happens(order.Supplier.ShortShare) && !order.IsRest;
        var came = isShort ? Math.Ceiling(line.Quantity * (0.7m + (0.2m * (decimal)chance.NextDouble()))) : line.Quantity;
        var broken = chance.Happens(order.Supplier.DamagedShare) ? Math.Ceiling(came * 0.05m) : 0m;
        return new Came(line, came - broken, broken);
    }

    private static IEnumerable<ReceivedGoods> Goods(Came came)
    {
        if (came.Broken > 0m)
        {
            var photo = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{came.Line.Article.Code} {came.Broken}")));
            yield return new ReceivedGoods(
                came.Line.Id, came.Line.Article.Unit, came.Broken, Weight: null, ReceivedCondition.Damaged, Lot: null, [],
                new DamageEvidence($"https://photos.example/{photo}", photo));
        }

        if (came.Good > 0m)
        {
            yield return new ReceivedGoods(came.Line.Id, came.Line.Article.Unit, came.Good, Weight: null, ReceivedCondition.Good, Lot: null, [], Evidence: null);
        }
    }

    private async Task PutAwayAsync(OnItsWay order, IReadOnlyList<Came> came, CancellationToken ct)
    {
        var good = came.Where(one => one.Good > 0m).ToList();
        if (good.Count == 0)
        {
            return;
        }

        await stage.Cast.AsAsync(
            Role.InventoryController,
            new PostMovements(new PostingRequest
            {
                LegalEntity = order.Site.Entity,
                Document = new StockDocument("PUTAWAY", Number: null, order.Order.Value),
                Lines =
                [
                    .. good.Select(one => new MovementLine
                    {
                        Type = MovementType.Move,
                        Item = one.Line.Article.Item,
                        From = Place.In(order.Site.Dock, StockCondition.Usable),
                        To = Place.In(Rack(order.Site, one.Line.Article), StockCondition.Usable),
                        Quantity = one.Good,
                    }),
                ],
            }),
            ct);
        foreach (var one in good)
        {
            stage.Shelves.Put(order.Site.Code, one.Line.Article.Item, Rack(order.Site, one.Line.Article), one.Good);
        }
    }

    private static Domain.Warehouses.BinId Rack(Site site, Article article) => site.Racks[article.Rank % site.Racks.Count];

    private void Tell(OnItsWay order, IReadOnlyList<Came> came, string receipt, DateOnly day)
    {
        var supplier = SupplierCode.Of(order.Supplier.Number);
        if (!order.IsRest && day > order.PromisedOn)
        {
            stage.Truth.Tell(new Truth(TruthKind.OrderLate, order.Number, order.PromisedOn, day.DayNumber - order.PromisedOn.DayNumber, "DAYS")
            {
                Cause = order.Comes.Cause, Supplier = supplier, Site = order.Site.Code,
            });
        }

        foreach (var one in came)
        {
            foreach (var (off, cause) in new[] { (one.Line.Quantity - one.All, TruthCause.ShortShipped), (one.Broken, TruthCause.BrokenInTransit) })
            {
                if (off > 0m)
                {
                    stage.Truth.Tell(new Truth(TruthKind.ReceiptOff, receipt, day, (double)off, "UNITS")
                    {
                        Cause = cause, Supplier = supplier, Site = order.Site.Code, Item = one.Line.Article.Code,
                    });
                }
            }
        }
    }

    private void AwaitRest(OnItsWay order, IReadOnlyList<Came> came, DateOnly day, Random chance)
    {
        var missing = came.Where(one => one.All < one.Line.Quantity).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        if (chance.Happens(RestComesShare))
        {
            orders.Expect(order with
            {
                Lines = [.. missing.Select(one => one.Line with { Quantity = one.Line.Quantity - one.All })],
                Comes = new Arrival(day.AddDays(RestComesAfterDays), order.Comes.Cause),
                Shipment = null,
                IsRest = true,
            });
        }
        else
        {
            differences.GiveUp(order, day);
        }
    }
}
