using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

public sealed record ItemNotFound(ItemId Item) : DomainError
{
    public override string Message => $"There is no item {Item}.";
}

public sealed record ItemCodeTaken(string ItemCode) : DomainError
{
    public override string Message => $"There is already an item {ItemCode}.";
}

/// <summary>CAT-01: the item's status does not allow this.</summary>
public sealed record ItemNotUsable(ItemId Item, string ItemCode, MasterStatus Status, ItemUse Use) : DomainError
{
    public override string Message => $"Item {ItemCode} is {Status}: it cannot be used to {Use}.";
}

/// <summary>A retired item stays as it was when the history that names it was written.</summary>
public sealed record ItemIsRetired(ItemId Item) : DomainError
{
    public override string Message => $"Item {Item} is retired and changes no more.";
}

/// <summary>What is on hand was received under the old rule, and no unit of it would fit the new one.</summary>
public sealed record ItemHasStock(ItemId Item, FieldGroup Group) : DomainError
{
    public override string Message => $"{Group} of item {Item} cannot change while stock exists.";
}

public sealed record UnitUnknown(string Unit) : DomainError
{
    public override string Message => $"There is no unit {Unit}.";
}

public sealed record UnitCodeTaken(string Unit) : DomainError
{
    public override string Message => $"There is already a unit {Unit}.";
}

public sealed record UnitIsNoWeight(string Unit, UnitKind Kind) : DomainError
{
    public override string Message => $"Catch weight is captured in a unit of weight; {Unit} is one of {Kind}.";
}

public sealed record PackNotFound(ItemId Item, string Pack) : DomainError
{
    public override string Message => $"Item {Item} has no pack {Pack}.";
}

public sealed record PackExists(ItemId Item, string Pack) : DomainError
{
    public override string Message => $"Item {Item} already has a pack {Pack}.";
}

public sealed record PackIsRetired(ItemId Item, string Pack) : DomainError
{
    public override string Message => $"The pack {Pack} of item {Item} is retired.";
}

/// <summary>CAT-03: what was posted in this unit would come to mean another quantity. Define a new pack.</summary>
public sealed record FactorIsFixed(ItemId Item, string Pack, long Numerator, long Denominator) : DomainError
{
    public override string Message =>
        $"One {Pack} of item {Item} stays {Numerator}/{Denominator} base units, because movements exist. Define a new pack.";
}

/// <summary>The base unit is the measure of every other: it is 1/1 and cannot be redefined or retired.</summary>
public sealed record BaseUnitIsFixed(ItemId Item, string Unit) : DomainError
{
    public override string Message => $"{Unit} is the base unit of item {Item}; it is 1/1 and stays.";
}

/// <summary>CAT-05: no half bag. One pack would hold a part of a unit that is only counted whole.</summary>
public sealed record PackHoldsPartOfUnit(string Pack, string BaseUnit, long Numerator, long Denominator) : DomainError
{
    public override string Message =>
        $"One {Pack} would hold {Numerator}/{Denominator} {BaseUnit}, which is only counted whole.";
}

/// <summary>Another item that may be the same thing, and why it seems so.</summary>
public sealed record DuplicateSuspect(ItemId Other, string OtherCode, DuplicateCause Cause);

/// <summary>CAT-06: resolve (mend the data, retire one) or override each suspect with a reason.</summary>
public sealed record DuplicateItem(ItemId Item, IReadOnlyList<DuplicateSuspect> Suspects) : DomainError
{
    public override string Message =>
        $"Item {Item} may be the same as {string.Join(", ", Suspects.Select(suspect => $"{suspect.OtherCode} ({suspect.Cause})"))}.";

    public bool Equals(DuplicateItem? other) =>
        other is not null && Item == other.Item && Suspects.SequenceEqual(other.Suspects);

    public override int GetHashCode() => HashCode.Combine(Item, Suspects.Count);
}

public sealed record NotSuspected(ItemId Item, ItemId Other, DuplicateCause Cause) : DomainError
{
    public override string Message => $"Item {Other} is no suspected duplicate of {Item} by {Cause}.";
}

/// <summary>CAT-04: volume or weight rules need the dimensions of this unit.</summary>
public sealed record MeasuresMissing(ItemId Item, string Unit) : DomainError
{
    public override string Message =>
        $"Dimensions and weight of {Unit} are missing: an active item of class large or oversize needs them.";
}

public sealed record SupplierPartTaken(ItemId Item, SupplierId Supplier, string PartNumber) : DomainError
{
    public override string Message => $"Item {Item} already has the part number {PartNumber} of supplier {Supplier}.";
}

public sealed record SupplierPartNotFound(ItemId Item, SupplierId Supplier, string PartNumber) : DomainError
{
    public override string Message => $"Item {Item} has no part number {PartNumber} of supplier {Supplier}.";
}

public sealed record SubstituteIsItself(ItemId Item) : DomainError
{
    public override string Message => $"Item {Item} cannot stand in for itself.";
}

public sealed record SubstituteExists(ItemId Item, ItemId Substitute, ItemSubstituteId Link) : DomainError
{
    public override string Message => $"Item {Substitute} already stands in for {Item} (link {Link}).";
}

/// <summary>Seven pieces cannot be replaced by seven kilograms.</summary>
public sealed record SubstituteUnitDiffers(ItemId Item, string Unit, ItemId Substitute, string SubstituteUnit) : DomainError
{
    public override string Message => $"Item {Item} is kept in {Unit}, {Substitute} in {SubstituteUnit}: quantities would differ.";
}

public sealed record SubstituteNotFound(ItemSubstituteId Link) : DomainError
{
    public override string Message => $"There is no substitution {Link} in force.";
}

public sealed record LotNotFound(LotId Lot) : DomainError
{
    public override string Message => $"There is no lot {Lot}.";
}

public sealed record LotExists(ItemId Item, string LotCode) : DomainError
{
    public override string Message => $"Item {Item} already has a lot {LotCode}.";
}

public sealed record ItemIsNotTrackedSo(ItemId Item, Tracking Tracking, Tracking Needed) : DomainError
{
    public override string Message => $"Item {Item} is tracked by {Tracking}, not by {Needed}.";
}

/// <summary>CAT-10: the item has a shelf life, and neither its start nor its end is known.</summary>
/// <summary>The label and our record of the lot name different dates.</summary>
public sealed record LotDatesDiffer(ItemId Item, string LotCode, DateOnly? Known, DateOnly? Given) : DomainError
{
    public override string Message => $"Lot {LotCode} of item {Item} is known with other dates (expiry {Known:O}, not {Given:O}).";
}

public sealed record ExpiryUnknown(ItemId Item, ShelfLifeStart From) : DomainError
{
    public override string Message => $"Item {Item} has a shelf life from {From}: give that date or the expiry date.";
}

public sealed record LotAlreadyBlocked(LotId Lot, string Reason) : DomainError
{
    public override string Message => $"Lot {Lot} is already blocked: {Reason}";
}

public sealed record LotNotBlocked(LotId Lot) : DomainError
{
    public override string Message => $"Lot {Lot} is not blocked.";
}

public sealed record SerialNotFound(SerialId Serial) : DomainError
{
    public override string Message => $"There is no serial {Serial}.";
}

/// <summary>CAT-09: within its scope a serial number names one unit.</summary>
public sealed record SerialTaken(string SerialCode, SerialScope Scope, ItemId Item) : DomainError
{
    public override string Message => Scope == SerialScope.Global
        ? $"Serial {SerialCode} already names a unit (of item {Item}); its scope is global."
        : $"Item {Item} already has a serial {SerialCode}.";
}

public sealed record LotOfAnotherItem(LotId Lot, ItemId Item) : DomainError
{
    public override string Message => $"Lot {Lot} is not a lot of item {Item}.";
}

public sealed record SerialAlreadyBlocked(SerialId Serial, string Reason) : DomainError
{
    public override string Message => $"Serial {Serial} is already blocked: {Reason}";
}

public sealed record SerialNotBlocked(SerialId Serial) : DomainError
{
    public override string Message => $"Serial {Serial} is not blocked.";
}
