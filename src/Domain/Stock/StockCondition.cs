using System.Collections.Frozen;

namespace Platform.Domain.Stock;

/// <summary>What state goods are in, wherever they lie and whoever owns them.</summary>
public enum StockCondition
{
    /// <summary>Arrived, not yet accepted.</summary>
    Receiving,
    Inspection,
    Usable,
    Quarantined,
    Damaged,
    ReturnReview,
}

/// <summary>
/// INV-05, INV-06: which condition may follow which, for all entities and sites. The same table stands in the database,
/// where the invariants read it; a test compares the two.
/// </summary>
public static class ConditionTransitions
{
    public static FrozenSet<(StockCondition From, StockCondition To)> Allowed { get; } = new[]
    {
        (StockCondition.Receiving, StockCondition.Inspection),
        (StockCondition.Receiving, StockCondition.Usable),
        (StockCondition.Receiving, StockCondition.Quarantined),
        (StockCondition.Receiving, StockCondition.Damaged),
        // Accepted, and still waiting for its putaway.
        (StockCondition.Inspection, StockCondition.Receiving),
        (StockCondition.Inspection, StockCondition.Usable),
        (StockCondition.Inspection, StockCondition.Quarantined),
        (StockCondition.Inspection, StockCondition.Damaged),
        (StockCondition.Usable, StockCondition.Inspection),
        (StockCondition.Usable, StockCondition.Quarantined),
        (StockCondition.Usable, StockCondition.Damaged),
        (StockCondition.Quarantined, StockCondition.Inspection),
        (StockCondition.Quarantined, StockCondition.Receiving),
        (StockCondition.Quarantined, StockCondition.Usable),
        (StockCondition.Quarantined, StockCondition.Damaged),
        // Repaired goods are looked at again, never straight back on sale.
        (StockCondition.Damaged, StockCondition.Inspection),
        (StockCondition.Damaged, StockCondition.Quarantined),
        (StockCondition.ReturnReview, StockCondition.Inspection),
        (StockCondition.ReturnReview, StockCondition.Usable),
        (StockCondition.ReturnReview, StockCondition.Quarantined),
        (StockCondition.ReturnReview, StockCondition.Damaged),
    }.ToFrozenSet();
}
