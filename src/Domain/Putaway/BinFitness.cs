using System.Globalization;
using Platform.Domain.Catalog;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Putaway;

/// <summary>A bin with what lies in it and what is on its way there.</summary>
internal sealed record CandidateBin(
    Bin Bin, Zone Zone, IReadOnlyList<BinContent> Contents)
{
    public decimal Units => Contents.Sum(one => one.Quantity);

    public decimal UnitsOf(ItemId item) => Contents.Where(one => one.Item == item).Sum(one => one.Quantity);
}

/// <summary>So many of an item and lot in a bin, lying there or on their way.</summary>
internal sealed record BinContent(ItemId Item, LotId? Lot, decimal Quantity, decimal? UnitWeightKg, decimal? UnitVolumeM3);

/// <summary>What is to be put away, with what bins ask of it.</summary>
internal sealed record FittingGoods(Item Item, LotId? Lot, StockCondition Condition, decimal? UnitWeightKg, decimal? UnitVolumeM3, int Decimals);

/// <summary>How many units a bin takes; none, and why.</summary>
internal sealed record Room(decimal Units, string? Refusal)
{
    public static Room None(string why) => new(0m, why);
}

/// <summary>Whether a bin takes goods, by the same rules as the ledger's, so that nobody is sent where the posting is refused. Pure.</summary>
internal static class BinFitness
{
    public static Room RoomFor(CandidateBin candidate, FittingGoods goods, decimal? upTo)
    {
        var bin = candidate.Bin;
        if (bin.IsBlockedIn)
        {
            return Room.None($"blocked: {bin.BlockReason}");
        }

        return Segregates(candidate, goods) is { } rule ? Room.None(rule) : Space(candidate, goods, upTo);
    }

    private static string? Segregates(CandidateBin candidate, FittingGoods goods)
    {
        var (bin, item) = (candidate.Bin, goods.Item);
        if (bin.DedicatedItemId is { } dedicated && dedicated != item.Id)
        {
            return "dedicated to another item";
        }

        if (item.HazardClass != HazardClass.None && !candidate.Zone.HazardClasses.Contains(item.HazardClass))
        {
            return $"its zone takes no {item.HazardClass}";
        }

        if (item.Temperature != candidate.Zone.Temperature)
        {
            return $"its zone is {candidate.Zone.Temperature}, the item needs {item.Temperature}";
        }

        if (bin.Mixing is BinMixing.OneItem or BinMixing.OneLot && candidate.Contents.Any(one => one.Item != item.Id))
        {
            return "it holds another item, and takes one only";
        }

        return bin.Mixing == BinMixing.OneLot && candidate.Contents.Any(one => one.Lot != goods.Lot)
            ? "it holds another lot, and takes one only"
            : null;
    }

    private static Room Space(CandidateBin candidate, FittingGoods goods, decimal? upTo)
    {
        var bin = candidate.Bin;
        var (room, why) = (decimal.MaxValue, string.Empty);
        Narrow(bin.CapacityUnits - candidate.Units, $"holds {bin.CapacityUnits:0.######} units");
        Narrow(upTo - candidate.UnitsOf(goods.Item.Id), $"the rule fills it up to {upTo:0.######} of the item");
        if (bin.CapacityWeightKg is { } kg)
        {
            if (goods.UnitWeightKg is not > 0m)
            {
                return Room.None("its weight is limited, and nobody knows what the item weighs");
            }

            Narrow((kg - candidate.Contents.Sum(one => one.Quantity * (one.UnitWeightKg ?? 0m))) / goods.UnitWeightKg, $"holds {kg:0.######} kg");
        }

        if (bin.CapacityVolumeM3 is { } volume)
        {
            if (goods.UnitVolumeM3 is not > 0m)
            {
                return Room.None("its volume is limited, and nobody knows how large the item is");
            }

            Narrow((volume - candidate.Contents.Sum(one => one.Quantity * (one.UnitVolumeM3 ?? 0m))) / goods.UnitVolumeM3, $"holds {volume:0.######} m³");
        }

        if (room == decimal.MaxValue)
        {
            return new Room(room, Refusal: null);
        }

        // Down to what can be counted: half a piece is not put away.
        var scale = (decimal)Math.Pow(10, goods.Decimals);
        var whole = room <= 0m ? 0m : decimal.Floor(room * scale) / scale;
        return whole > 0m ? new Room(whole, Refusal: null) : Room.None($"full: {why}");

        void Narrow(decimal? space, FormattableString because)
        {
            if (space < room)
            {
                (room, why) = (space.Value, because.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
