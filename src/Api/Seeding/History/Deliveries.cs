using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Platform.Domain.Access;
using Platform.Domain.Catalog;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Api.Seeding.History;

/// <summary>A warehouse's dock, and its racks in the order in which they are filled.</summary>
internal sealed record Yard(WarehouseId Warehouse, BinId Dock, IReadOnlyList<BinId> Racks);

/// <summary>
/// Takes in what suppliers bring: mostly what was ordered, sometimes less, sometimes something broken; what is good is put away.
/// </summary>
internal sealed class Deliveries(
    IReadOnlyDictionary<string, Yard> yards, Assortment assortment, Cast cast, NpgsqlDataSource source,
    IReadOnlyDictionary<int, SupplierCharacter> characters, Random chance)
{
    public async Task ReceiveAsync(OnItsWay order, CancellationToken ct)
    {
        var yard = yards[order.Site];
        var lines = await LinesAsync(order.Order, ct);
        var character = characters[order.SupplierNumber];
        var goods = order.Lines.SelectMany((line, at) => Arrived(lines[at], line, character)).ToList();
        await cast.AsAsync(
            Role.WarehouseWorker,
            new PostReceipt(yard.Warehouse, yard.Dock, Shipment: null, DeliveryNote: $"LS-{lines[0]:N}"[..12], HappenedAt: null, goods.ConvertAll(one => one.Goods)),
            ct);
        await PutAwayAsync(order, yard, [.. goods.Where(one => one.Goods.Condition == ReceivedCondition.Good)], ct);
    }

    private IEnumerable<(ItemId Item, ReceivedGoods Goods)> Arrived(PurchaseOrderLineId id, OrderLine line, SupplierCharacter character)
    {
        var came = chance.NextDouble() < character.ShortShare ? Math.Ceiling(line.Quantity * (0.75m + (0.2m * (decimal)chance.NextDouble()))) : line.Quantity;
        var broken = chance.NextDouble() < character.DamagedShare ? Math.Ceiling(came * 0.05m) : 0m;
        if (broken > 0)
        {
            var photo = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id.ToString())));
            yield return (line.Item, new ReceivedGoods(
                id, line.Unit, broken, null, ReceivedCondition.Damaged, null, [], new DamageEvidence($"https://photos.example/{photo}", photo)));
        }

        if (came > broken)
        {
            yield return (line.Item, new ReceivedGoods(id, line.Unit, came - broken, null, ReceivedCondition.Good, null, [], null));
        }
    }

    private async Task PutAwayAsync(OnItsWay order, Yard yard, IReadOnlyList<(ItemId Item, ReceivedGoods Goods)> goods, CancellationToken ct)
    {
        if (goods.Count == 0)
        {
            return;
        }

        await cast.AsAsync(
            Role.InventoryController,
            new PostMovements(new PostingRequest
            {
                LegalEntity = order.Entity,
                Document = new StockDocument("PUTAWAY", Number: null, order.Order.Value),
                Lines =
                [
                    .. goods.Select(one => new MovementLine
                    {
                        Type = MovementType.Move,
                        Item = one.Item,
                        From = Place.In(yard.Dock, StockCondition.Usable),
                        To = Place.In(yard.Racks[assortment.RankOf(one.Item) % yard.Racks.Count], StockCondition.Usable),
                        Quantity = one.Goods.Quantity,
                    }),
                ],
            }),
            ct);
    }

    private async Task<IReadOnlyList<PurchaseOrderLineId>> LinesAsync(PurchaseOrderId order, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select id from purchase_order_line where order_id = $1 order by line");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = order.Value });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var lines = new List<PurchaseOrderLineId>();
        while (await rows.ReadAsync(ct))
        {
            lines.Add(new PurchaseOrderLineId(rows.GetGuid(0)));
        }

        return lines;
    }
}
