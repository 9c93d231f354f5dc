using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality;

/// <summary>Units that are looked for in a warehouse: they may have been carried to another bin since they were named.</summary>
internal sealed record GoodsWanted(
    WarehouseId Warehouse, ItemId Item, OwnerId Owner, LotId? Lot, SerialId? Serial, StockCondition Condition, BinId FirstIn)
{
    public static GoodsWanted Of(Inspection inspection, InspectionPart part, StockCondition condition) => new(
        inspection.WarehouseId, inspection.ItemId, inspection.OwnerId, part.LotId, part.SerialId, condition, inspection.BinId);
}

/// <summary>Some of what lies under one key of stock.</summary>
internal sealed record Piece(
    BinId Bin, ItemId Item, OwnerId Owner, LotId? Lot, SerialId? Serial, HandlingUnitId? HandlingUnit, StockCondition Condition,
    decimal Quantity, decimal? Weight)
{
    public static Piece Of(StockBalance row, decimal quantity) => new(
        row.BinId, row.ItemId, row.OwnerId, row.LotId, row.SerialId, row.HandlingUnitId, row.Condition, quantity,
        row.Weight == 0m ? null : row.Weight);

    public MovementLine ToCondition(StockCondition to) => Line(MovementType.Condition, Place.In(Bin, to));

    public MovementLine Line(MovementType type, Place to) => new()
    {
        Type = type,
        Item = Item,
        From = Place.In(Bin, Condition),
        To = to,
        Quantity = Quantity,
        Weight = Weight,
        Lot = Lot,
        Serial = Serial,
        HandlingUnit = HandlingUnit,
        Owner = Owner,
    };
}

/// <summary>What was found of the wanted goods; taken from the front, so that nothing is taken twice.</summary>
internal sealed class FoundGoods(IEnumerable<Piece> pieces)
{
    private readonly LinkedList<Piece> _left = new(pieces);

    public decimal Found => _left.Sum(piece => piece.Quantity);

    /// <summary>Null when there is not so much of it; then nothing is taken.</summary>
    public IReadOnlyList<Piece>? Take(decimal quantity)
    {
        if (Found < quantity)
        {
            return null;
        }

        var taken = new List<Piece>();
        for (var missing = quantity; missing > 0m;)
        {
            var first = _left.First!.Value;
            _left.RemoveFirst();
            if (first.Quantity <= missing)
            {
                taken.Add(first);
                missing -= first.Quantity;
                continue;
            }

            // What is priced by weight is split by the average; the last piece takes what is left of it.
            decimal? weight = first.Weight is { } whole ? decimal.Round(whole * missing / first.Quantity, 6) : null;
            taken.Add(first with { Quantity = missing, Weight = weight });
            _left.AddFirst(first with { Quantity = first.Quantity - missing, Weight = first.Weight - weight });
            missing = 0m;
        }

        return taken;
    }
}

internal static class GoodsTables
{
    public static async Task<FoundGoods> FindGoodsAsync(this PlatformDb db, GoodsWanted wanted, CancellationToken ct)
    {
        var rows = await db.Set<StockBalance>()
            .AsNoTracking()
            .Where(row => row.WarehouseId == wanted.Warehouse && row.ItemId == wanted.Item && row.OwnerId == wanted.Owner
                && row.LotId == wanted.Lot && row.SerialId == wanted.Serial && row.Condition == wanted.Condition && row.OnHand > 0m)
            .OrderByDescending(row => row.BinId == wanted.FirstIn)
            .ThenBy(row => row.Id)
            .ToListAsync(ct);
        return new FoundGoods(rows.Select(row => Piece.Of(row, row.OnHand)));
    }
}
