using System.Collections.Frozen;

namespace Platform.Domain.Stock.Posting;

/// <summary>Which conditions may lie in a bin of which role. The same table stands in the database; a test compares the two.</summary>
internal static class BinConditions
{
    private static readonly StockCondition[] Settled =
        [StockCondition.Inspection, StockCondition.Usable, StockCondition.Quarantined, StockCondition.Damaged];

    private static readonly StockCondition[] Arriving =
        [.. Settled, StockCondition.Receiving, StockCondition.ReturnReview];

    public static FrozenDictionary<string, StockCondition[]> Table { get; } = new Dictionary<string, StockCondition[]>(StringComparer.Ordinal)
    {
        ["DOCK"] = Arriving,
        ["RECEIVING"] = Arriving,
        ["INSPECTION"] = Arriving,
        ["QUARANTINE"] = Arriving,
        ["RETURNS"] = [.. Settled, StockCondition.ReturnReview],
        ["RESERVE"] = Settled,
        ["FORWARD_PICK"] = Settled,
        ["STAGING"] = Settled,
        ["PACKING"] = Settled,
        ["TRANSIT"] = Settled,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool Allows(string role, StockCondition condition) => Table[role].Contains(condition);
}
