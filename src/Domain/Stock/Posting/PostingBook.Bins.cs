using Platform.Domain.Kernel.Values;

namespace Platform.Domain.Stock.Posting;

/// <summary>What the bin that gives has, and what the bin that takes allows (I-03, I-14, NET-03).</summary>
internal sealed partial class PostingBook
{
    private LineRefusal? RefuseGiving(int number, MovementLine line, Amount amount)
    {
        if (Key(line, line.From, OwnerOf(line)) is not { } key)
        {
            return null;
        }

        var row = facts.Balances.GetValueOrDefault(key.Digest);
        var onHand = row?.OnHand ?? 0m;
        if (line.ExpectedOnHand is { } expected && expected != onHand)
        {
            return new ExpectedQuantityStale(number, key.Bin, key.Item, expected, onHand);
        }

        var held = 0m;
        if (line.Reservation is { } reservation)
        {
            held = row is null ? 0m : facts.Holds.GetValueOrDefault((reservation, row.Id))?.Quantity ?? 0m;
            if (held < amount.Quantity)
            {
                return new ReservationDoesNotHold(number, reservation, key.Bin, held, amount.Quantity);
            }
        }

        if (row is null)
        {
            return new InsufficientStock(number, key.Bin, key.Item, key.Lot, 0m, amount.Quantity);
        }

        var lowest = row.Allocated > 0m ? row.Allocated - decimal.Min(held, amount.Quantity) : row.Floor;
        if (onHand - amount.Quantity < lowest)
        {
            return row.Floor < 0m && row.Allocated == 0m
                ? new NegativeFloor(number, key.Bin, key.Item, row.Floor, onHand, amount.Quantity)
                : new InsufficientStock(number, key.Bin, key.Item, key.Lot, onHand - row.Allocated + held, amount.Quantity);
        }

        return RefuseWeightTaken(number, key, row, amount);
    }

    private InsufficientWeight? RefuseWeightTaken(int number, StockKey key, BalanceRow row, Amount amount)
    {
        if (!facts.Items[key.Item].IsCatchWeight)
        {
            return null;
        }

        // Pieces left over weigh something, and no weight is left without a piece.
        var (pieces, weight) = (row.OnHand - amount.Quantity, row.Weight - amount.Weight);
        return pieces > 0m ? weight > 0m ? null : Insufficient() : pieces == 0m && weight == 0m ? null : Insufficient();

        InsufficientWeight Insufficient() => new(number, key.Bin, key.Item, row.Weight, amount.Weight);
    }

    private LineRefusal? RefuseTaking(int number, MovementLine line, ItemFacts item, Amount amount)
    {
        if (Key(line, line.To, NewOwnerOf(line)) is not { } key)
        {
            return null;
        }

        var row = facts.Balances[key.Digest];
        if (row.OnHand + amount.Quantity >= Quantity.Limit || row.Weight + amount.Weight >= Quantity.Limit)
        {
            return new ValueOutOfRange(number, item.Id);
        }

        if (item.IsCatchWeight && row.OnHand + amount.Quantity == 0m)
        {
            return new CatchWeightImplausible(number, item.Id, amount.Weight, 0m, 0m);
        }

        if (line.From.Bin == line.To.Bin)
        {
            return null;
        }

        return RefuseMixing(number, line, item) ?? RefuseCapacity(number, line, item, amount);
    }

    private MixingViolation? RefuseMixing(int number, MovementLine line, ItemFacts item)
    {
        var bin = facts.Bins[line.To.Bin!.Value];
        string? rule = null;
        if (bin.DedicatedItem is { } dedicated && dedicated != item.Id)
        {
            rule = $"it is dedicated to item {dedicated}";
        }
        else if (item.HazardClass != "NONE" && !bin.ZoneHazards.Contains(item.HazardClass, StringComparer.Ordinal))
        {
            rule = $"its zone takes no goods of hazard class {item.HazardClass}";
        }
        else if (item.Temperature != bin.ZoneTemperature)
        {
            rule = $"its zone is {bin.ZoneTemperature} and the item needs {item.Temperature}";
        }
        else if (facts.Contents.TryGetValue(bin.Id, out var contents))
        {
            if (bin.Mixing is "ONE_ITEM" or "ONE_LOT" && contents.Quantities.Any(held => held.Value != 0m && held.Key.Item != item.Id))
            {
                rule = "it holds another item, and takes one only";
            }
            else if (bin.Mixing == "ONE_LOT" && contents.Quantities.Any(held => held.Value != 0m && held.Key.Lot != line.Lot))
            {
                rule = "it holds another lot, and takes one only";
            }
        }

        return rule is null ? null : new MixingViolation(number, bin.Id, item.Id, rule);
    }

    private LineRefusal? RefuseCapacity(int number, MovementLine line, ItemFacts item, Amount amount)
    {
        var bin = facts.Bins[line.To.Bin!.Value];
        if (!facts.Contents.TryGetValue(bin.Id, out var contents))
        {
            return null;
        }

        if (bin.CapacityUnits is { } units)
        {
            var would = contents.Quantities.Values.Sum() + amount.Quantity;
            if (would > units)
            {
                return new CapacityExceeded(number, bin.Id, "units", units, would);
            }
        }

        if (bin.CapacityHandlingUnits is { } handlingUnits && line.HandlingUnit is { } unit
            && !contents.HandlingUnits.Contains(unit) && contents.HandlingUnits.Count >= handlingUnits)
        {
            return new CapacityExceeded(number, bin.Id, "handling units", handlingUnits, contents.HandlingUnits.Count + 1);
        }

        return RefuseMeasure(number, bin, item, "kg", bin.CapacityWeightKg, item.UnitWeightKg, contents.WeightKg, amount.Quantity)
            ?? RefuseMeasure(number, bin, item, "m³", bin.CapacityVolumeM3, item.UnitVolumeM3, contents.VolumeM3, amount.Quantity);
    }

    private static LineRefusal? RefuseMeasure(
        int number, BinFacts bin, ItemFacts item, string of, decimal? capacity, decimal? perUnit, decimal held, decimal quantity)
    {
        if (capacity is not { } most)
        {
            return null;
        }

        if (perUnit is not { } each)
        {
            return new DimensionsMissing(number, item.Id, bin.Id, of);
        }

        var would = held + (each * quantity);
        return would > most ? new CapacityExceeded(number, bin.Id, of, most, would) : null;
    }

    /// <summary>Keeps the contents of a bin with a rule in step, so that the next line sees them.</summary>
    private void Fill(StockKey key, decimal quantity)
    {
        if (!facts.Contents.TryGetValue(key.Bin, out var contents))
        {
            return;
        }

        var item = facts.Items[key.Item];
        var slot = (key.Item, key.Lot);
        var (before, weight, volume) = (contents.Quantities.GetValueOrDefault(slot), contents.WeightKg, contents.VolumeM3);
        var isNewUnit = quantity > 0m && key.HandlingUnit is { } unit && contents.HandlingUnits.Add(unit);
        _undo.Push(() =>
        {
            contents.Quantities[slot] = before;
            (contents.WeightKg, contents.VolumeM3) = (weight, volume);
            if (isNewUnit)
            {
                contents.HandlingUnits.Remove(key.HandlingUnit!.Value);
            }
        });
        contents.Quantities[slot] = before + quantity;
        contents.WeightKg += quantity * (item.UnitWeightKg ?? 0m);
        contents.VolumeM3 += quantity * (item.UnitVolumeM3 ?? 0m);
    }

    /// <summary>A pick carries what the reservation holds to the new bin; a shipment uses it up.</summary>
    private void CarryHold(PlannedMovement movement)
    {
        var line = movement.Line;
        if (line.Reservation is not { } reservation || Key(line, line.From, OwnerOf(line)) is not { } from)
        {
            return;
        }

        Hold(reservation, facts.Balances[from.Digest], -movement.Quantity);
        if (Key(line, line.To, NewOwnerOf(line)) is { } to)
        {
            Hold(reservation, facts.Balances[to.Digest], movement.Quantity);
        }
    }

    private void Hold(ReservationId reservation, BalanceRow row, decimal quantity)
    {
        if (!facts.Holds.TryGetValue((reservation, row.Id), out var hold))
        {
            hold = new HoldRow(reservation, row.Id, 0m);
            facts.Holds.Add((reservation, row.Id), hold);
        }

        var (held, allocated) = (hold.Quantity, row.Allocated);
        _undo.Push(() => (hold.Quantity, row.Allocated) = (held, allocated));
        hold.Quantity += quantity;
        row.Allocated += quantity;
    }
}
