namespace Platform.Domain.Stock.Valuation;

/// <summary>
/// The stored row of a pool. The generation counts how often the pool ran empty; <see cref="LastCost"/> prices what is found,
/// or issued below zero, when nothing lies here.
/// </summary>
public readonly record struct CostPoolState(
    decimal Quantity,
    decimal Value,
    long Generation,
    DecayIndex Decay,
    decimal LastCost,
    decimal StandardCost,
    int LastLayer)
{
    public static CostPoolState Empty => new(0m, 0m, 0, DecayIndex.Start, 0m, 0m, 0);

    /// <summary>The pool ran empty, or below: earlier receipts are gone for good.</summary>
    internal CostPoolState Emptied(decimal quantity, decimal value, decimal lastCost) => this with
    {
        Quantity = quantity,
        Value = value,
        Generation = Generation + 1,
        Decay = DecayIndex.Start,
        LastCost = lastCost,
    };
}
