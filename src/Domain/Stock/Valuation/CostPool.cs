using Platform.Domain.Catalog;
using Platform.Domain.Kernel.Values;

namespace Platform.Domain.Stock.Valuation;

/// <summary>
/// The stock of one item of one legal entity, as money. Cost always flows in posting order; an effective date moves reports, never cost. Quantity 0 has value 0, and value never has the sign opposite to the
/// quantity. Amounts are in whole coins of the entity's currency; the quantity is the weight where an item is priced by weight.
/// </summary>
public sealed partial class CostPool
{
    private readonly List<CostLayer> _layers;

    public CostPool(CostingMethod flow, int currencyDigits, CostPoolState state, IEnumerable<CostLayer> openLayers)
    {
        Flow = flow;
        CurrencyDigits = currencyDigits;
        State = state;
        _layers = [.. openLayers.OrderBy(layer => layer.Sequence)];
    }

    public CostingMethod Flow { get; }

    public int CurrencyDigits { get; }

    public CostPoolState State { get; private set; }

    /// <summary>The open layers of a first-in-first-out pool, oldest first; those that were emptied are gone.</summary>
    public IReadOnlyList<CostLayer> Layers => _layers;

    public decimal Quantity => State.Quantity;

    public decimal Value => State.Value;

    /// <summary>What one unit costs now: of what is here, or else of what was here last.</summary>
    public decimal CurrentCost => Flow == CostingMethod.Standard
        ? State.StandardCost
        : Quantity > 0m ? Bounded(Value / Quantity) : State.LastCost;

    public static CostPool Empty(CostingMethod flow, int currencyDigits) =>
        new(flow, currencyDigits, CostPoolState.Empty, []);

    public CostPool Copy() => new(Flow, CurrencyDigits, State, _layers);

    /// <summary>The same pool, empty, under another flow: what was received before is gone.</summary>
    public CostPool Turned(CostingMethod flow) => Quantity == 0m
        ? new CostPool(flow, CurrencyDigits, State.Emptied(0m, 0m, State.LastCost), [])
        : throw new InvalidOperationException("Only an empty pool takes up another flow.");

    /// <summary>Goods come in, at <paramref name="cost"/> for all of them.</summary>
    public (Valued Valued, ReceiptMark Mark) Receive(decimal quantity, decimal cost)
    {
        RequirePositive(quantity);
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        return Flow switch
        {
            CostingMethod.Standard => (AtStandard(Quantity + quantity, cost), ReceiptMark.Gone),
            CostingMethod.MovingAverage or CostingMethod.Fifo => Quantity < 0m
                ? FillShortage(quantity, cost)
                : AddReceipt(quantity, quantity, cost),
        };
    }

    /// <summary>Goods go out at what the flow says they cost; the value is negative.</summary>
    public Valued Issue(decimal quantity)
    {
        RequirePositive(quantity);
        return Flow switch
        {
            CostingMethod.Standard => IssueAtStandard(quantity),
            CostingMethod.MovingAverage => IssueAverage(quantity),
            CostingMethod.Fifo => IssueOldest(quantity),
        };
    }

    /// <summary>A receipt is taken back: its goods go out at their own cost, not at the cost of the others.</summary>
    public Valued TakeBack(decimal quantity, decimal cost, ReceiptMark mark)
    {
        RequirePositive(quantity);
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        return Flow switch
        {
            CostingMethod.Standard => AtStandard(Quantity - quantity, -cost),
            CostingMethod.MovingAverage => TakeBackFromAverage(quantity, cost),
            CostingMethod.Fifo => TakeBackLayer(quantity, cost, mark),
        };
    }

    /// <summary>A receipt turns out to have cost more, or less: what is still here takes its share, the rest has left.</summary>
    public Valued Charge(ReceiptMark mark, decimal amount) => Flow switch
    {
        CostingMethod.Standard => new Valued(0m, amount),
        CostingMethod.MovingAverage => ChargeAverage(mark, amount),
        CostingMethod.Fifo => ChargeLayer(mark, amount),
    };

    /// <summary>What lies here is worth another amount per unit from now on. The caller has seen that something lies here.</summary>
    public Valued Revalue(decimal unitCost)
    {
        RequirePositive(Quantity);
        ArgumentOutOfRangeException.ThrowIfNegative(unitCost);
        if (Flow == CostingMethod.Standard)
        {
            throw new InvalidOperationException("A pool at standard is worth its standard: change that instead.");
        }

        var value = Round(Quantity * unitCost);
        var change = value - Value;
        SpreadOverLayers(value);
        State = State with { Value = value };
        return new Valued(change, 0m);
    }

    /// <summary>The standard itself changes; what lies here follows it.</summary>
    public Valued ChangeStandard(decimal unitCost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unitCost);
        State = State with { StandardCost = unitCost };
        return Flow == CostingMethod.Standard ? IssueAtStandard(0m) : new Valued(0m, 0m);
    }

    private static void RequirePositive(decimal quantity) => ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);

    private static decimal Bounded(decimal cost) =>
        decimal.Min(Rounding.HalfUp(cost, UnitCost.Decimals), UnitCost.Limit);

    private decimal Round(decimal amount) => Rounding.HalfUp(amount, CurrencyDigits);

    private Valued AtStandard(decimal quantity, decimal amount)
    {
        var value = Round(quantity * State.StandardCost);
        var change = value - Value;
        State = State with { Quantity = quantity, Value = value };
        return new Valued(change, amount - change);
    }

    private Valued IssueAtStandard(decimal quantity)
    {
        var value = Round((Quantity - quantity) * State.StandardCost);
        var change = value - Value;
        State = State with { Quantity = Quantity - quantity, Value = value };
        return new Valued(change, 0m);
    }
}
