using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Stock.Valuation;

namespace Platform.Domain.Stock.Posting;

/// <summary>A movement that was found right, as it will stand in the ledger.</summary>
internal sealed record PlannedMovement(
    long Id, int Number, MovementLine Line, decimal Quantity, decimal? Weight, Place From, Place To)
{
    public PlannedValue? Value { get; set; }
}

/// <summary>What changed the value of stock.</summary>
public enum ValueKind
{
    Receipt,
    Issue,
    TakeBack,
    Return,
    LandedCost,
    InvoiceVariance,
    Revaluation,
    StdCostChange,
}

/// <summary>What a movement, or a cost without one, did to a pool.</summary>
internal sealed record PlannedValue(
    long Id, PoolRow Pool, ValueKind Kind, decimal Quantity, Valued Valued, ReceiptMark? Mark, long? Charged)
{
    public required IReadOnlyList<JournalMove> Journal { get; init; }

    public decimal? UnitCost { get; init; }

    /// <summary>The movement that did it; a cost without goods has none.</summary>
    public long? Movement { get; init; }
}

/// <summary>Everything one document does, found right; writing it is mechanical.</summary>
internal sealed record PostingPlan(
    StockPostingId Id,
    PostingRequest Request,
    Envelope Envelope,
    DateTimeOffset OccurredAt,
    DateOnly PostingDate,
    IReadOnlyList<PlannedMovement> Movements)
{
    public IEnumerable<PlannedValue> Values => Movements.Where(movement => movement.Value is not null).Select(movement => movement.Value!);
}
