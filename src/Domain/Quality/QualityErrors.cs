using Platform.Domain.Kernel;
using Platform.Domain.Quality.Disposing;
using Platform.Domain.Quality.Holding;
using Platform.Domain.Stock;

namespace Platform.Domain.Quality;

public sealed record InspectionNotFound(InspectionId Inspection) : DomainError
{
    public override string Message => $"There is no inspection {Inspection}.";
}

public sealed record WrongInspectionStatus(InspectionId Inspection, InspectionStatus Status, InspectionStep Step) : DomainError
{
    public override string Message => $"Inspection {Inspection} is {Status}: there is no step {Step} from there.";
}

public sealed record CharacteristicUnknown(InspectionId Inspection, string Characteristic) : DomainError
{
    public override string Message => $"Inspection {Inspection} does not look at {Characteristic}.";
}

/// <summary>A measured characteristic comes with its measure, any other without.</summary>
public sealed record MeasureMissing(string Characteristic, bool IsMeasured) : DomainError
{
    public override string Message => $"{Characteristic} is {(IsMeasured ? "measured: give the measure" : "not measured: give no measure")}.";
}

/// <summary>What was measured says otherwise than how many failed.</summary>
public sealed record MeasureContradicts(string Characteristic, decimal Measured, decimal? Least, decimal? Most, decimal Failed) : DomainError
{
    public override string Message =>
        $"{Characteristic} was measured as {Measured}, and {Least?.ToString() ?? "anything"} to {Most?.ToString() ?? "anything"} passes: {Failed} failed cannot be.";
}

public sealed record InspectionPartUnknown(InspectionId Inspection, int Part) : DomainError
{
    public override string Message => $"Inspection {Inspection} has no part {Part}.";
}

public sealed record AcceptedMoreThanCame(InspectionId Inspection, int Part, decimal Quantity, decimal Accepted) : DomainError
{
    public override string Message => $"Part {Part} of inspection {Inspection} has {Quantity}; {Accepted} of it cannot be accepted.";
}

/// <summary>Nothing is accepted before everything that the rules ask for was looked at.</summary>
public sealed record ResultsMissing(InspectionId Inspection, IReadOnlyList<string> Characteristics) : DomainError
{
    public override string Message => $"Inspection {Inspection} has no result of {string.Join(", ", Characteristics)}.";

    public bool Equals(ResultsMissing? other) =>
        other is not null && Inspection == other.Inspection && Characteristics.SequenceEqual(other.Characteristics, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Inspection, Characteristics.Count);
}

public sealed record SampleTooSmall(InspectionId Inspection, string Characteristic, decimal Tested, decimal Sample) : DomainError
{
    public override string Message => $"{Characteristic} was looked at on {Tested} units; inspection {Inspection} asks for {Sample}.";
}

/// <summary>More failed than may; what is used all the same is used by the approval of others.</summary>
public sealed record SampleFailed(InspectionId Inspection, string Characteristic, decimal Failed, decimal Allowed) : DomainError
{
    public override string Message =>
        $"Of {Characteristic}, {Failed} failed where {Allowed} may: inspection {Inspection} cannot accept so many. Reject them, then ask that they be used as they are.";
}

/// <summary>The goods are not where they wait for inspection.</summary>
public sealed record InspectedGoodsMissing(InspectionId Inspection, int Part, decimal Quantity, decimal Found) : DomainError
{
    public override string Message => $"Part {Part} of inspection {Inspection} has {Quantity}; only {Found} lie in inspection.";
}

public sealed record HoldNotFound(StockHoldId Hold) : DomainError
{
    public override string Message => $"There is no hold {Hold}.";
}

public sealed record HoldReleasedAlready(StockHoldId Hold) : DomainError
{
    public override string Message => $"Hold {Hold} was released already.";
}

/// <summary>What is named does not exist, or does not belong together.</summary>
public sealed record HoldScopeUnknown(HoldScope Scope) : DomainError
{
    public override string Message => "There are no such goods: the bin is not of the warehouse, the lot not of the item, or something does not exist.";
}

public sealed record AlreadyHeld(StockHoldId Hold, string Number) : DomainError
{
    public override string Message => $"Hold {Number} stands over the same goods for the same cause.";
}

/// <summary>Who held goods back does not set them free, from whichever account (QLT-04).</summary>
public sealed record PlacerMayNotRelease(StockHoldId Hold, Guid Person) : DomainError
{
    public override string Message => $"Hold {Hold} was placed by the same person; somebody else releases it.";
}

/// <summary>Compliance holds are placed and released by those who answer for compliance.</summary>
public sealed record ComplianceNotYours(HoldKind Kind) : DomainError
{
    public const string Permission = "quality.compliance";

    public override string Message => $"A {Kind} hold is placed and released only with {Permission}.";
}

public sealed record DispositionNotFound(DispositionId Disposition) : DomainError
{
    public override string Message => $"There is no disposition {Disposition}.";
}

public sealed record DispositionNotPossible(DispositionKind Kind, StockCondition Condition) : DomainError
{
    public override string Message => $"{Kind} does not begin from {Condition}.";
}

/// <summary>The inspection did not reject so much of it, or something else is proposed for it already.</summary>
public sealed record NothingRejectedHere(InspectionId Inspection, decimal Open, decimal Quantity) : DomainError
{
    public override string Message => $"Inspection {Inspection} has {Open} rejected units that nothing is proposed for; {Quantity} were named.";
}

public sealed record GoodsNotThere(
    Warehouses.BinId Bin, Catalog.ItemId Item, StockCondition Condition, decimal OnHand, decimal Quantity) : DomainError
{
    public override string Message => $"{OnHand} of item {Item} lie as {Condition} in bin {Bin}; {Quantity} were named.";
}

/// <summary>Nobody carries a disposition out by hand.</summary>
public sealed record DispositionNeedsApproval(DispositionId Disposition) : DomainError
{
    public override string Message => $"Disposition {Disposition} is carried out by its approval, not by hand.";
}

public sealed record DispositionNotOpen(DispositionId Disposition, DispositionStatus Status) : DomainError
{
    public override string Message => $"Disposition {Disposition} is {Status}.";
}

/// <summary>Who inspected or quarantined goods, or wants them used, does not decide that they are used.</summary>
public sealed record ReleaserIsInvolved(DispositionId Disposition, Guid Person, string How) : DomainError
{
    public override string Message => $"Goods of disposition {Disposition} are released by somebody else: the same person {How}.";
}

/// <summary>The receipt line that was named brought other goods, or has not so many that wait for a decision.</summary>
/// <param name="Line">The receipt line.</param>
/// <param name="Held">How many of such goods of it wait for a decision.</param>
/// <param name="Asked">How many were asked for.</param>
public sealed record SourceDoesNotFit(Guid Line, decimal Held, decimal Asked) : DomainError
{
    public override string Message =>
        FormattableString.Invariant($"Of such goods, {Held} of receipt line {Line} wait for a decision; {Asked} are asked for.");
}
