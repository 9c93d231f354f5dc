using Platform.Domain.Kernel.Values;

namespace Platform.Domain.Stock.Valuation;

/// <summary>First in, first out: layers in posting order; the last unit of a layer takes what is left of its value.</summary>
public sealed partial class CostPool
{
    private Valued IssueOldest(decimal quantity)
    {
        var lastCost = _layers.Count > 0 ? Bounded(_layers[^1].Value / _layers[^1].Remaining) : State.LastCost;
        if (quantity >= Quantity)
        {
            _layers.Clear();
            return IssueBeyond(quantity, lastCost);
        }

        var value = TakeOldest(quantity);
        State = State with { Quantity = Quantity - quantity, Value = Value - value, LastCost = lastCost };
        return new Valued(-value, 0m);
    }

    private decimal TakeOldest(decimal quantity)
    {
        var taken = 0m;
        var emptied = 0;
        for (var i = 0; quantity > 0m; i++)
        {
            var layer = _layers[i];
            if (quantity >= layer.Remaining)
            {
                quantity -= layer.Remaining;
                taken += layer.Value;
                emptied++;
                continue;
            }

            var part = Round(layer.Value * quantity / layer.Remaining);
            _layers[i] = layer with { Remaining = layer.Remaining - quantity, Value = layer.Value - part };
            taken += part;
            break;
        }

        _layers.RemoveRange(0, emptied);
        return taken;
    }

    private Valued TakeBackLayer(decimal quantity, decimal cost, ReceiptMark mark)
    {
        if (quantity >= Quantity)
        {
            var gone = IssueOldest(quantity);
            return new Valued(gone.OnHand, -cost - gone.OnHand);
        }

        var own = _layers.FindIndex(layer => layer.Sequence == mark.Layer);
        var value = 0m;
        if (own >= 0)
        {
            var layer = _layers[own];
            var part = decimal.Min(layer.Remaining, quantity);
            value = part == layer.Remaining ? layer.Value : Round(layer.Value * part / layer.Remaining);
            quantity -= part;
            ReplaceLayer(own, layer with { Remaining = layer.Remaining - part, Value = layer.Value - value });
            State = State with { Quantity = Quantity - part, Value = Value - value };
        }

        // Its goods were issued in others' place, so others' goods go in theirs.
        if (quantity > 0m)
        {
            value -= IssueOldest(quantity).OnHand;
        }

        return new Valued(-value, value - cost);
    }

    private Valued ChargeLayer(ReceiptMark mark, decimal amount)
    {
        var own = _layers.FindIndex(layer => layer.Sequence == mark.Layer);
        if (own < 0)
        {
            return new Valued(0m, amount);
        }

        var layer = _layers[own];
        var valued = Keep(Round(amount * layer.Remaining / layer.Original), amount, layer.Value);
        _layers[own] = layer with { Value = layer.Value + valued.OnHand };
        return valued;
    }

    private void ReplaceLayer(int index, CostLayer layer)
    {
        if (layer.Remaining == 0m)
        {
            _layers.RemoveAt(index);
        }
        else
        {
            _layers[index] = layer;
        }
    }

    private void SpreadOverLayers(decimal value)
    {
        if (_layers.Count == 0)
        {
            return;
        }

        var shares = Rounding.Share(value, [.. _layers.Select(layer => layer.Remaining)], CurrencyDigits);
        for (var i = 0; i < shares.Length; i++)
        {
            _layers[i] = _layers[i] with { Value = shares[i] };
        }
    }
}
