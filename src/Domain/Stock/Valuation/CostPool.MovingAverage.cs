using Platform.Domain.Catalog;

namespace Platform.Domain.Stock.Valuation;

/// <summary>Moving average, and what it shares with first-in-first-out: receipts, and stock below zero.</summary>
public sealed partial class CostPool
{
    private (Valued Valued, ReceiptMark Mark) AddReceipt(decimal received, decimal staying, decimal cost)
    {
        var layer = State.LastLayer;
        if (Flow == CostingMethod.Fifo)
        {
            layer++;
            _layers.Add(new CostLayer(layer, received, staying, cost));
        }

        // A receipt that first filled a shortage is marked as larger than the part that stayed, so that a late cost
        // on all of it leaves the filled part out.
        var decay = received == staying ? State.Decay : State.Decay.AsIfWholeWere(received, staying);
        var mark = new ReceiptMark(State.Generation, decay, layer);
        State = State with { Quantity = Quantity + staying, Value = Value + cost, LastLayer = layer };
        return (new Valued(cost, 0m), mark);
    }

    /// <summary>
    /// Stock was issued before it came, at the last known cost. The receipt fills the shortage at what was booked for it;
    /// the difference to its real cost is the rest. What stays has the receipt's cost.
    /// </summary>
    private (Valued Valued, ReceiptMark Mark) FillShortage(decimal quantity, decimal cost)
    {
        var before = Value;
        var left = Quantity + quantity;
        if (left <= 0m)
        {
            var value = left == 0m ? 0m : Round(Value * left / Quantity);
            State = State.Emptied(left, value, Bounded(cost / quantity));
            return (new Valued(value - before, cost - (value - before)), ReceiptMark.Gone);
        }

        var staying = Round(cost * left / quantity);
        State = State.Emptied(0m, 0m, Bounded(cost / quantity));
        var (_, mark) = AddReceipt(quantity, left, staying);
        return (new Valued(staying - before, cost - (staying - before)), mark);
    }

    private Valued IssueAverage(decimal quantity)
    {
        if (quantity >= Quantity)
        {
            return IssueBeyond(quantity, CurrentCost);
        }

        var left = Quantity - quantity;
        var value = Round(Value * quantity / Quantity);
        State = State with { Quantity = left, Value = Value - value, Decay = State.Decay.After(left, Quantity) };
        return new Valued(-value, 0m);
    }

    /// <summary>Takes all there is, and what is missing at <paramref name="lastCost"/>, where policy lets stock run below zero.</summary>
    private Valued IssueBeyond(decimal quantity, decimal lastCost)
    {
        var left = Quantity - quantity;
        var owed = Quantity > 0m ? Round(left * lastCost) : Value + Round(-quantity * lastCost);
        var change = owed - Value;
        State = State.Emptied(left, owed, lastCost);
        return new Valued(change, 0m);
    }

    private Valued TakeBackFromAverage(decimal quantity, decimal cost)
    {
        if (quantity >= Quantity)
        {
            var gone = IssueBeyond(quantity, CurrentCost);
            return new Valued(gone.OnHand, -cost - gone.OnHand);
        }

        // The others keep exactly what they cost, so nothing of them decays; only what the pool cannot give is a rest.
        var value = decimal.Min(cost, Value);
        State = State with { Quantity = Quantity - quantity, Value = Value - value };
        return new Valued(-value, -(cost - value));
    }

    private Valued ChargeAverage(ReceiptMark mark, decimal amount)
    {
        if (mark.Generation != State.Generation || Quantity <= 0m)
        {
            return new Valued(0m, amount);
        }

        return Keep(Round(State.Decay.ShareSince(mark.Decay, amount)), amount, Value);
    }

    /// <summary>A credit may not take more than is here: value never turns against its quantity.</summary>
    private Valued Keep(decimal share, decimal amount, decimal here)
    {
        var kept = decimal.Max(share, -here);
        State = State with { Value = Value + kept };
        return new Valued(kept, amount - kept);
    }
}
