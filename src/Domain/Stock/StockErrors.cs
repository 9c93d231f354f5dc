using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock;

/// <summary>A refusal that one line of a document caused; nothing of the document was posted.</summary>
public abstract record LineRefusal(int Line) : DomainError;

/// <summary>The code and sentence of one refused line, for documents where several are refused.</summary>
public sealed record RefusedLine(int Line, string Code, string Message);

/// <summary>More than one line is refused; each is named with its own cause.</summary>
public sealed record SeveralLinesRefused(IReadOnlyList<RefusedLine> Lines) : DomainError
{
    public override string Message =>
        $"{Lines.Count} lines are refused: {string.Join(" ", Lines.Take(5).Select(line => $"({line.Line}) {line.Message}"))}";

    public bool Equals(SeveralLinesRefused? other) => other is not null && Lines.SequenceEqual(other.Lines);

    public override int GetHashCode() => Lines.Count;
}

public sealed record NoLines : DomainError
{
    public override string Message => "A document needs at least one line.";
}

public sealed record TooManyLines(int Lines, int Most) : DomainError
{
    public override string Message => $"{Lines} lines are more than the {Most} that are posted together; split the document.";
}

public sealed record OccurredInFuture(DateTimeOffset OccurredAt, DateTimeOffset Now) : DomainError
{
    public override string Message => $"{OccurredAt:u} is later than now, {Now:u}: stock moves when it moves.";
}

public sealed record DocumentAlreadyPosted(string Kind, string Number) : DomainError
{
    public override string Message => $"{Kind} {Number} was posted already.";
}

public sealed record ItemUnknown(int Line, ItemId Item) : LineRefusal(Line)
{
    public override string Message => $"There is no item {Item}.";
}

public sealed record BinUnknown(int Line, BinId Bin) : LineRefusal(Line)
{
    public override string Message => $"There is no bin {Bin} in which stock may lie.";
}

public sealed record OwnerUnknown(int Line, OwnerId Owner) : LineRefusal(Line)
{
    public override string Message => $"{Owner} is no active owner of goods in this legal entity.";
}

/// <summary>The type of movement does not lead from there to there.</summary>
public sealed record PathNotAllowed(int Line, MovementType Type, PlaceKind From, PlaceKind To) : LineRefusal(Line)
{
    public override string Message => $"{Type} does not lead from {From} to {To}.";
}

public sealed record PlaceIncomplete(int Line) : LineRefusal(Line)
{
    public override string Message => "A bin is named with a condition; a place beyond our doors with neither.";
}

public sealed record GoesNowhere(int Line) : LineRefusal(Line)
{
    public override string Message => "The movement ends where it starts.";
}

public sealed record QuantityNotPositive(int Line, decimal Quantity) : LineRefusal(Line)
{
    public override string Message => $"A movement of {Quantity} is none: a quantity is above zero and below {Kernel.Values.Quantity.Limit}; from and to say the direction.";
}

/// <summary>CAT-03, CAT-05: the entered amount has no exact counterpart in base units.</summary>
public sealed record QuantityNotInBaseUnits(int Line, decimal Quantity, string Unit, string BaseUnit, int Decimals)
    : LineRefusal(Line)
{
    public override string Message =>
        $"{Quantity} {Unit} is not a possible amount of {BaseUnit}, which is counted with {Decimals} decimals.";
}

public sealed record UnitNotOfItem(int Line, ItemId Item, string Unit) : LineRefusal(Line)
{
    public override string Message => $"Item {Item} has no active unit {Unit}.";
}

/// <summary>CAT-01: draft, blocked and retired items do not move this way.</summary>
public sealed record ItemNotActive(int Line, ItemId Item, string Status, MovementType Type) : LineRefusal(Line)
{
    public override string Message => $"Item {Item} is {Status}; {Type} is refused.";
}

public sealed record BinIsBlocked(int Line, BinId Bin, bool Inwards, string Reason) : LineRefusal(Line)
{
    public override string Message => $"Bin {Bin} is blocked for goods going {(Inwards ? "in" : "out")}: {Reason}.";
}

/// <summary>NET-05: goods change entities by an intercompany flow, never by a move.</summary>
public sealed record OtherLegalEntity(int Line, BinId Bin, LegalEntityId LegalEntity) : LineRefusal(Line)
{
    public override string Message => $"Bin {Bin} belongs to legal entity {LegalEntity}.";
}

public sealed record OtherWarehouse(int Line, MovementType Type, BinId From, BinId To) : LineRefusal(Line)
{
    public override string Message => $"{Type} stays within a warehouse; from {From} to {To} goods go by transfer.";
}

/// <summary>The role of the bin does not fit the type of movement: picks end in staging, transfers pass through transit.</summary>
public sealed record BinRoleNotAllowed(int Line, BinId Bin, string Role, MovementType Type) : LineRefusal(Line)
{
    public override string Message => $"{Type} does not use bin {Bin} with role {Role} here.";
}

public sealed record ConditionNotAllowedInBin(int Line, BinId Bin, string Role, StockCondition Condition) : LineRefusal(Line)
{
    public override string Message => $"Goods in condition {Condition} may not lie in bin {Bin} with role {Role}.";
}

public sealed record TransitionNotAllowed(int Line, StockCondition From, StockCondition To) : LineRefusal(Line)
{
    public override string Message => From == To
        ? $"The goods are {From} already."
        : $"{From} goods do not become {To} this way.";
}

public sealed record NotUsable(int Line, MovementType Type, StockCondition Condition) : LineRefusal(Line)
{
    public override string Message => $"{Type} takes usable goods, not {Condition} ones.";
}

public sealed record LotRequired(int Line, ItemId Item) : LineRefusal(Line)
{
    public override string Message => $"Item {Item} is tracked by lot; name the lot.";
}

public sealed record SerialRequired(int Line, ItemId Item) : LineRefusal(Line)
{
    public override string Message => $"Item {Item} is tracked by serial number; name one for each unit.";
}

public sealed record NotTracked(int Line, ItemId Item) : LineRefusal(Line)
{
    public override string Message => $"Item {Item} is not tracked that way; leave lot or serial out.";
}

public sealed record LotUnknown(int Line, ItemId Item, LotId Lot) : LineRefusal(Line)
{
    public override string Message => $"{Lot} is no lot of item {Item}.";
}

public sealed record SerialUnknown(int Line, ItemId Item, SerialId Serial) : LineRefusal(Line)
{
    public override string Message => $"{Serial} is no serial number of item {Item}, or belongs to another lot.";
}

public sealed record SerialQuantityIsOne(int Line, SerialId Serial, decimal Quantity) : LineRefusal(Line)
{
    public override string Message => $"Serial {Serial} is one unit, not {Quantity}.";
}

public sealed record SerialAlreadyOnHand(int Line, SerialId Serial) : LineRefusal(Line)
{
    public override string Message => $"Serial {Serial} is on hand already.";
}

public sealed record LotExpired(int Line, LotId Lot, DateOnly ExpiredOn) : LineRefusal(Line)
{
    public override string Message => $"Lot {Lot} expired on {ExpiredOn:yyyy-MM-dd}; it may be disposed of, not served.";
}

public sealed record LotIsBlocked(int Line, LotId Lot, string Reason) : LineRefusal(Line)
{
    public override string Message => $"Lot {Lot} is blocked: {Reason}.";
}

public sealed record SerialIsBlocked(int Line, SerialId Serial, string Reason) : LineRefusal(Line)
{
    public override string Message => $"Serial {Serial} is blocked: {Reason}.";
}

/// <summary>CAT-11: pieces priced by weight move with their weight.</summary>
public sealed record CatchWeightRequired(int Line, ItemId Item) : LineRefusal(Line)
{
    public override string Message => $"Item {Item} is priced by weight; capture the weight of these pieces.";
}

public sealed record CatchWeightImplausible(int Line, ItemId Item, decimal Weight, decimal Lowest, decimal Highest)
    : LineRefusal(Line)
{
    public override string Message => $"{Weight:0.######} is no weight of these pieces of item {Item}: it lies between {Lowest:0.######} and {Highest:0.######}.";
}

public sealed record WeightNotExpected(int Line, ItemId Item) : LineRefusal(Line)
{
    public override string Message => $"Item {Item} is not priced by weight; leave the weight out.";
}

public sealed record InsufficientStock(
    int Line, BinId Bin, ItemId Item, LotId? Lot, decimal Available, decimal Requested) : LineRefusal(Line)
{
    public override string Message => $"Bin {Bin} has {Available:0.######} of item {Item} free; {Requested:0.######} are asked for.";
}

public sealed record InsufficientWeight(int Line, BinId Bin, ItemId Item, decimal Available, decimal Requested)
    : LineRefusal(Line)
{
    public override string Message =>
        $"The weight taken, {Requested}, does not fit what lies in bin {Bin}, {Available}: no piece is without weight and none is left over.";
}

/// <summary>INV-14: policy lets this stock run below zero, but not so far.</summary>
public sealed record NegativeFloor(int Line, BinId Bin, ItemId Item, decimal Floor, decimal OnHand, decimal Requested)
    : LineRefusal(Line)
{
    public override string Message =>
        $"Taking {Requested} of item {Item} from the {OnHand} in bin {Bin} would leave less than the floor of {Floor}.";
}

/// <summary>INV-15: somebody else changed what you saw.</summary>
public sealed record ExpectedQuantityStale(int Line, BinId Bin, ItemId Item, decimal Expected, decimal OnHand)
    : LineRefusal(Line)
{
    public override string Message => $"Bin {Bin} holds {OnHand} of item {Item}, not the {Expected} you saw; look again.";
}

/// <summary>NET-03: the rule of a bin, a zone or an item that the goods would break.</summary>
public sealed record MixingViolation(int Line, BinId Bin, ItemId Item, string Rule) : LineRefusal(Line)
{
    public override string Message => $"Item {Item} may not go into bin {Bin}: {Rule}.";
}

public sealed record CapacityExceeded(int Line, BinId Bin, string Of, decimal Capacity, decimal Would) : LineRefusal(Line)
{
    public override string Message => $"Bin {Bin} takes {Capacity} {Of}; it would hold {Would}.";
}

/// <summary>CAT-04: the bin limits weight or volume, and the item does not say how much it has.</summary>
public sealed record DimensionsMissing(int Line, ItemId Item, BinId Bin, string Of) : LineRefusal(Line)
{
    public override string Message => $"Bin {Bin} limits {Of}, and item {Item} does not say its own.";
}

public sealed record UnitCostRequired(int Line, ItemId Item, MovementType Type) : LineRefusal(Line)
{
    public override string Message => $"{Type} of item {Item} needs the cost of a unit.";
}

public sealed record UnitCostImpossible(int Line, decimal UnitCost) : LineRefusal(Line)
{
    public override string Message => $"{UnitCost} is not a possible cost of one unit.";
}

public sealed record ValueOutOfRange(int Line, ItemId Item) : LineRefusal(Line)
{
    public override string Message => $"The stock of item {Item} would be too much to count or too valuable to book.";
}

public sealed record MovementNotFound(int Line, long Movement) : LineRefusal(Line)
{
    public override string Message => $"There is no movement {Movement} to which this one can refer.";
}

public sealed record MovementAlreadyReversed(int Line, long Movement) : LineRefusal(Line)
{
    public override string Message => $"Movement {Movement} was reversed already.";
}

public sealed record ReversalNotAllowed(int Line, long Movement, string Why) : LineRefusal(Line)
{
    public override string Message => $"Movement {Movement} is not reversed: {Why}.";
}

public sealed record ReturnExceedsShipment(int Line, long Movement, decimal Shipped, decimal Returned, decimal Requested)
    : LineRefusal(Line)
{
    public override string Message =>
        $"Of the {Shipped:0.######} shipped by movement {Movement}, {Returned:0.######} came back already; {Requested:0.######} more cannot.";
}

public sealed record ReservationDoesNotHold(int Line, ReservationId Reservation, BinId Bin, decimal Held, decimal Requested)
    : LineRefusal(Line)
{
    public override string Message => $"Reservation {Reservation} holds {Held} in bin {Bin}; {Requested} are asked for.";
}

/// <summary>A hold stands over the goods: nothing makes them usable before it is released.</summary>
public sealed record StockIsHeld(int Line, ItemId Item, string Hold, string Reason) : LineRefusal(Line)
{
    public override string Message => $"Item {Item} is not usable there: hold {Hold} stands, {Reason}.";
}

/// <summary>Goods that were held back are not set free by saying so, nor by taking back that they were held.</summary>
public sealed record ReleaseIsDecided(int Line, BinId Bin, ItemId Item, StockCondition Condition) : LineRefusal(Line)
{
    public override string Message =>
        $"Item {Item} in bin {Bin} is {Condition}: it is released by its inspection, its putaway, the release of its hold, or an approved disposition.";
}
