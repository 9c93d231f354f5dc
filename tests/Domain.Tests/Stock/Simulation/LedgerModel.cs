using Platform.Domain.Stock;

namespace Platform.Tests.Domain.Stock.Simulation;

/// <summary>What the ledger should do, said again in the plainest way: dictionaries, one pool per item, nothing shared with it.</summary>
internal sealed class LedgerModel(int bins, int items)
{
    private readonly decimal[,] _onHand = new decimal[items, bins];
    private readonly (decimal Quantity, decimal Value)[] _pools = new (decimal, decimal)[items];

    public int Movements { get; private set; }

    public int Postings { get; private set; }

    public decimal OnHand(int item, int bin) => _onHand[item, bin];

    public (decimal Quantity, decimal Value) Pool(int item) => _pools[item];

    /// <summary>The code of the refusal, or null and everything applied; and what the pools changed by.</summary>
    public (string? Refusal, decimal Value) Apply(IReadOnlyList<Step> steps)
    {
        var (onHand, pools) = ((decimal[,])_onHand.Clone(), ((decimal, decimal)[])_pools.Clone());
        var refusals = new List<string>();
        var value = 0m;
        foreach (var step in steps)
        {
            if (Refuse(step) is { } refusal)
            {
                refusals.Add(refusal);
            }
            else
            {
                value += Do(step);
            }
        }

        if (refusals.Count == 0)
        {
            Postings++;
            Movements += steps.Count;
            return (null, value);
        }

        Array.Copy(onHand, _onHand, onHand.Length);
        Array.Copy(pools, _pools, pools.Length);
        return (refusals.Count == 1 ? refusals[0] : "SEVERAL_LINES_REFUSED", 0m);
    }

    private string? Refuse(Step step) => step switch
    {
        { Type: MovementType.Move } when step.From == step.To => "GOES_NOWHERE",
        { Quantity: <= 0m } => "QUANTITY_NOT_POSITIVE",
        { Type: MovementType.Ship or MovementType.Move } when _onHand[step.Item, step.From] < step.Quantity => "INSUFFICIENT_STOCK",
        _ => null,
    };

    private decimal Do(Step step)
    {
        var (quantity, value) = _pools[step.Item];
        switch (step.Type)
        {
            case MovementType.Receipt:
                var cost = decimal.Round(step.Quantity * step.UnitCost, 2, MidpointRounding.AwayFromZero);
                _onHand[step.Item, step.To] += step.Quantity;
                _pools[step.Item] = (quantity + step.Quantity, value + cost);
                return cost;
            case MovementType.Ship:
                var gone = step.Quantity == quantity
                    ? value
                    : decimal.Round(value * step.Quantity / quantity, 2, MidpointRounding.AwayFromZero);
                _onHand[step.Item, step.From] -= step.Quantity;
                _pools[step.Item] = (quantity - step.Quantity, value - gone);
                return -gone;
            default:
                _onHand[step.Item, step.From] -= step.Quantity;
                _onHand[step.Item, step.To] += step.Quantity;
                return 0m;
        }
    }
}

/// <summary>One movement that the simulation asks for, by number of item and bin.</summary>
internal sealed record Step(MovementType Type, int Item, int From, int To, decimal Quantity, decimal UnitCost);

/// <summary>One request of the simulation, and what it was answered; a retry repeats both.</summary>
internal sealed record Asked(string Key, IReadOnlyList<Step> Steps, PostMovements Command)
{
    public string? Answer { get; set; }
}
