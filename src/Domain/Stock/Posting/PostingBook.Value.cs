using Platform.Domain.Catalog;
using Platform.Domain.Finance;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Stock.Valuation;

namespace Platform.Domain.Stock.Posting;

/// <summary>What a movement does to the value of stock: goods that become ours, or cease to be, carry money with them.</summary>
internal sealed partial class PostingBook
{
    private LineRefusal? Value(PlannedMovement movement, ItemFacts item, EarlierMovement? mirrored)
    {
        var line = movement.Line;
        var gives = line.From.Kind == PlaceKind.Bin && facts.Owners[OwnerOf(line)].IsValued;
        var takes = line.To.Kind == PlaceKind.Bin && facts.Owners[NewOwnerOf(line)].IsValued;
        if (gives == takes)
        {
            return null;
        }

        var row = facts.Pools[item.Id];
        var quantity = item.IsCatchWeight ? movement.Weight!.Value : movement.Quantity;
        if (Keep(row).Quantity + quantity >= Quantity.Limit)
        {
            return new ValueOutOfRange(movement.Number, item.Id);
        }

        var (value, refusal) = mirrored is not null ? Mirrored(movement, row, quantity, mirrored)
            : takes ? Arrive(movement, row, quantity)
            : Leave(movement, row, quantity);
        if (refusal is not null)
        {
            return refusal;
        }

        if (decimal.Abs(row.Pool.Value) >= Money.Limit || decimal.Abs(row.Pool.Quantity) >= Quantity.Limit)
        {
            return new ValueOutOfRange(movement.Number, item.Id);
        }

        movement.Value = value;
        return null;
    }

    /// <summary>Remembers the pool as it was before this document touched it.</summary>
    private CostPool Keep(PoolRow row)
    {
        if (_poolsKept.Add(row))
        {
            var (before, touched) = (row.Pool.Copy(), row.IsTouched);
            _undo.Push(() => (row.Pool, row.IsTouched) = (before, touched));
        }

        row.IsTouched = true;
        return row.Pool;
    }

    private (PlannedValue? Value, LineRefusal? Refusal) Arrive(PlannedMovement movement, PoolRow row, decimal quantity)
    {
        var line = movement.Line;
        var pool = row.Pool;
        var (kind, cost) = (ValueKind.Receipt, 0m);
        if (line.Returns is { } returns)
        {
            (kind, cost) = (ValueKind.Return, ReturnedCost(facts.Earlier[returns], movement.Quantity));
        }
        else
        {
            var needsCost = line.Type is MovementType.Receipt or MovementType.Opening or MovementType.Ownership
                && pool.Flow != CostingMethod.Standard;
            if (line.UnitCost is null && needsCost)
            {
                return (null, new UnitCostRequired(movement.Number, line.Item, line.Type));
            }

            var unitCost = line.UnitCost ?? pool.CurrentCost;
            if (unitCost is < 0m or >= UnitCost.Limit || decimal.Round(unitCost, UnitCost.Decimals) != unitCost)
            {
                return (null, new UnitCostImpossible(movement.Number, unitCost));
            }

            cost = Round(quantity * unitCost);
        }

        if (cost >= Money.Limit)
        {
            return (null, new ValueOutOfRange(movement.Number, line.Item));
        }

        var (valued, mark) = pool.Receive(quantity, cost);
        return (Entry(movement, row, kind, quantity, valued, mark, charged: null, [Part(line.Type, line, cost)]), null);
    }

    private (PlannedValue? Value, LineRefusal? Refusal) Leave(PlannedMovement movement, PoolRow row, decimal quantity)
    {
        var line = movement.Line;
        var valued = row.Pool.Issue(quantity);
        if (line is { Type: MovementType.SupplierReturn, UnitCost: { } credited })
        {
            if (credited is < 0m or >= UnitCost.Limit || Round(quantity * credited) >= Money.Limit)
            {
                return (null, new UnitCostImpossible(movement.Number, credited));
            }

            // The supplier credits another price than the goods cost us now.
            valued = valued with { Rest = -Round(quantity * credited) - valued.OnHand };
        }

        return (Entry(movement, row, ValueKind.Issue, -quantity, valued, mark: null, charged: null, [Part(line.Type, line, valued.Total)]), null);
    }

    private static (PlannedValue? Value, LineRefusal? Refusal) Mirrored(
        PlannedMovement movement, PoolRow row, decimal quantity, EarlierMovement mirrored)
    {
        var own = mirrored.Values.FirstOrDefault(value => value.Quantity != 0m);
        if (own is null)
        {
            return (null, null);
        }

        var parts = mirrored.Values
            .Select(value => value == own ? Part(mirrored.Line.Type, mirrored.Line, -value.Valued.Total) : Charged(value))
            .ToList();
        if (own.Quantity < 0m)
        {
            var (back, mark) = row.Pool.Receive(quantity, decimal.Max(-own.Valued.OnHand, 0m));
            var returned = back with { Rest = -own.Valued.Total - back.OnHand };
            return (Entry(movement, row, ValueKind.Return, quantity, returned, mark, charged: null, parts), null);
        }

        var total = mirrored.Values.Sum(value => value.Valued.Total);
        var gone = row.Pool.TakeBack(quantity, decimal.Max(total, 0m), own.Mark ?? ReceiptMark.Gone);
        var taken = gone with { Rest = -total - gone.OnHand };
        return (Entry(movement, row, ValueKind.TakeBack, -quantity, taken, mark: null, own.Id, parts), null);
    }

    /// <summary>The returned part of what the shipment cost, so that returning all of it gives all of it back.</summary>
    private decimal ReturnedCost(EarlierMovement shipped, decimal quantity)
    {
        var cost = shipped.Values.Sum(value => -value.Valued.OnHand);
        var before = shipped.Returned + _returned.GetValueOrDefault(shipped.Id);
        var all = shipped.Line.Quantity;
        return Round(cost * (before + quantity) / all) - Round(cost * before / all);
    }

    /// <summary>A movement changes the value of one pool at most, so its entry has its id: one index less, and nothing to look up.</summary>
    private static PlannedValue Entry(
        PlannedMovement movement, PoolRow row, ValueKind kind, decimal quantity, Valued valued, ReceiptMark? mark, long? charged,
        IReadOnlyList<JournalPart> parts) =>
        new(movement.Id, row, kind, quantity, valued, mark, charged)
        {
            Movement = movement.Id,
            Journal = StockJournal.Of(valued, parts, StockJournal.RestOf(row.Pool.Flow, kind)),
        };

    private static JournalPart Part(MovementType type, MovementLine line, decimal amount) => new(
        StockJournal.ContraOf(type, line), StockJournal.StockAccountOf(type), amount);

    private static JournalPart Charged(EarlierValue value) =>
        new(StockJournal.ContraOf(StockWords.Read<ValueKind>(value.Kind)), AccountRole.Inventory, -value.Valued.Total);

    private decimal Round(decimal amount) => Rounding.HalfUp(amount, facts.CurrencyDigits);
}
