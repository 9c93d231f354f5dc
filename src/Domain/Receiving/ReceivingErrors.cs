using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

public sealed record WrongReceiptLineState(ReceiptLineId ReceiptLine, ReceiptLineState State, ReceiptLineStep Step) : DomainError
{
    public override string Message => $"Receipt line {ReceiptLine} is {State}: there is no step {Step} from there.";
}

public sealed record OrderForAnotherWarehouse(PurchaseOrderId Order, WarehouseId OrderedFor, WarehouseId Warehouse) : DomainError
{
    public override string Message => $"Purchase order {Order} is for warehouse {OrderedFor}, not for {Warehouse}.";
}

/// <summary>One receipt is what one supplier delivered.</summary>
public sealed record SeveralSuppliers(SupplierId Supplier, SupplierId Other) : DomainError
{
    public override string Message => $"One receipt takes goods of one supplier; these are of {Supplier} and {Other}.";
}

/// <summary>Goods come in where they are looked at, not where they are kept.</summary>
public sealed record NotAReceivingBin(BinId Bin, BinRole Role) : DomainError
{
    public override string Message => $"Bin {Bin} is a bin for {Role}: goods are received at a dock, in receiving or in inspection.";
}

/// <summary>More than was ordered and is tolerated.</summary>
/// <param name="OrderLine">The line of the order.</param>
/// <param name="Ordered">How many base units were ordered.</param>
/// <param name="Received">How many came before.</param>
/// <param name="Arriving">How many come now.</param>
/// <param name="Tolerated">How many may come altogether.</param>
public sealed record OverReceipt(PurchaseOrderLineId OrderLine, decimal Ordered, decimal Received, decimal Arriving, decimal Tolerated) : DomainError
{
    public override string Message =>
        FormattableString.Invariant($"{Ordered:0.######} were ordered on line {OrderLine} and at most {Tolerated:0.######} may come; {Received:0.######} came before and {Arriving:0.######} come now.");
}

public sealed record ShelfLifeTooShort(ItemId Item, string LotCode, DateOnly Expires, int DaysLeft, int LeastDays) : DomainError
{
    public override string Message =>
        FormattableString.Invariant($"Lot {LotCode} of item {Item} expires on {Expires:O}: {DaysLeft} days are left, at least {LeastDays} must be.");
}

public sealed record ShipmentNotFound(InboundShipmentId Shipment) : DomainError
{
    public override string Message => $"There is no inbound shipment {Shipment} for this warehouse.";
}

public sealed record ShipmentAlreadyAnnounced(SupplierId Supplier, string Reference) : DomainError
{
    public override string Message => $"Supplier {Supplier} has announced {Reference} already.";
}

public sealed record WrongShipmentStatus(InboundShipmentId Shipment, ShipmentStatus Status, ShipmentStep Step) : DomainError
{
    public override string Message => $"Inbound shipment {Shipment} is {Status}: there is no step {Step} from there.";
}

/// <summary>It was flagged, and a second person has not counted it yet (RCV-14).</summary>
public sealed record VerificationRequired(InboundShipmentId Shipment, int Receipts) : DomainError
{
    public override string Message => $"{Receipts} receipts of shipment {Shipment} were not validated yet.";
}

public sealed record DiscrepanciesOpen(InboundShipmentId Shipment, int Discrepancies) : DomainError
{
    public override string Message => $"{Discrepancies} differences of shipment {Shipment} are not settled yet.";
}

public sealed record ReceiptNotFound(ReceiptId Receipt) : DomainError
{
    public override string Message => $"There is no receipt {Receipt}.";
}

public sealed record WrongReceiptStatus(ReceiptId Receipt, ReceiptStatus Status) : DomainError
{
    public override string Message => $"Receipt {Receipt} is {Status}.";
}

public sealed record ReceiptLineUnknown(ReceiptId Receipt, int Line) : DomainError
{
    public override string Message => $"Receipt {Receipt} has no line {Line}.";
}

/// <summary>Who counted does not validate the count.</summary>
public sealed record OwnCount(ReceiptId Receipt, Guid Person) : DomainError
{
    public override string Message => $"Receipt {Receipt} is validated by somebody else than who counted it.";
}

/// <summary>What was done with goods since they came.</summary>
public enum ReceiptUse
{
    /// <summary>It was decided what becomes of goods that were held.</summary>
    Decided,
    PutAway,

    /// <summary>Somebody has them in hand on their way to a bin.</summary>
    Carried,

    /// <summary>They left the bin, or are in another condition.</summary>
    Moved,

    /// <summary>Freight, duty and the like were shared over them.</summary>
    LandedCost,
}

/// <summary>Something downstream has used what came; it can no longer be taken back (RCV-17).</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Line">The line of it.</param>
/// <param name="Use">What was done with its goods.</param>
/// <param name="Document">The number of the document that did it, where it has one.</param>
/// <param name="Quantity">How many base units it is about.</param>
public sealed record ReceiptConsumed(ReceiptId Receipt, int Line, ReceiptUse Use, string? Document, decimal Quantity) : DomainError
{
    public override string Message => FormattableString.Invariant(
        $"Line {Line} of receipt {Receipt} can no longer be taken back: {Quantity} of it were used, {Use}{(Document is null ? "" : " " + Document)}.");
}

/// <summary>An invoice pays for what came; it is given up or taken back before the receipt is (RCV-17).</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Line">The line of it.</param>
/// <param name="Invoice">The number of the invoice; null where the order's line is charged for as a whole.</param>
/// <param name="IsPosted">Whether the invoice is in the books.</param>
/// <param name="Quantity">How many base units it pays for.</param>
public sealed record ReceiptInvoiced(ReceiptId Receipt, int Line, string? Invoice, bool IsPosted, decimal Quantity) : DomainError
{
    public override string Message => FormattableString.Invariant(
        $"Invoice {Invoice ?? "of the order"} pays for {Quantity} of line {Line} of receipt {Receipt}: cancel or reverse it first.");
}

public sealed record HeldGoodsNotFound(HeldGoodsId HeldGoods) : DomainError
{
    public override string Message => $"There are no held goods {HeldGoods}.";
}

public sealed record WrongHoldStatus(HeldGoodsId HeldGoods, HeldGoodsStatus Status, HoldStep Step) : DomainError
{
    public override string Message => $"Held goods {HeldGoods} are {Status}: there is no step {Step} from there.";
}

public sealed record ItemsDiffer(HeldGoodsId HeldGoods, ItemId Held, ItemId Ordered) : DomainError
{
    public override string Message => $"Held goods {HeldGoods} are of item {Held}; the line is for item {Ordered}.";
}

public sealed record ItemNotKnown(HeldGoodsId HeldGoods) : DomainError
{
    public override string Message => $"Nobody has said which item held goods {HeldGoods} are.";
}

public sealed record NoSurplus(HeldGoodsId HeldGoods) : DomainError
{
    public override string Message => $"Held goods {HeldGoods} are not beyond an order's line.";
}

public sealed record SurplusNeedsApproval(HeldGoodsId HeldGoods) : DomainError
{
    public override string Message => $"Held goods {HeldGoods} are taken by a request that others agree to, not by hand: ask for it.";
}

public sealed record DiscrepancyNotFound(DiscrepancyId Discrepancy) : DomainError
{
    public override string Message => $"There is no discrepancy {Discrepancy}.";
}

public sealed record DiscrepancyNotOpen(DiscrepancyId Discrepancy, DiscrepancyStatus Status) : DomainError
{
    public override string Message => $"Discrepancy {Discrepancy} is {Status}.";
}

/// <summary>A difference of this kind does not end so.</summary>
public sealed record SettlementDoesNotFit(DiscrepancyId Discrepancy, DiscrepancyKind Kind, Settlement Settlement) : DomainError
{
    public override string Message => $"A difference of kind {Kind} is not settled by {Settlement}.";
}

public sealed record BarcodeUnknown(string Barcode) : DomainError
{
    public override string Message => $"No item, pack or carton has the code {Barcode}.";
}

/// <summary>The code is known, and nothing of it is expected here; such goods are held.</summary>
public sealed record NothingExpected(string Barcode, ItemId Item) : DomainError
{
    public override string Message => $"{Barcode} is item {Item}; none of it is expected.";
}

public sealed record DockDoorNotFound(DockDoorId Door) : DomainError
{
    public override string Message => $"There is no dock door {Door}.";
}

public sealed record DockDoorExists(WarehouseId Warehouse, string DoorCode) : DomainError
{
    public override string Message => $"Warehouse {Warehouse} has a dock door {DoorCode} already.";
}

/// <summary>Another lorry has the door then (NET-08).</summary>
public sealed record DoorIsTaken(DockDoorId Door, DateTimeOffset From, DateTimeOffset Until) : DomainError
{
    public override string Message => FormattableString.Invariant($"Dock door {Door} is taken between {From:O} and {Until:O}.");
}

public sealed record DoorIsClosed(DockDoorId Door, DateTimeOffset At, TimeOnly Opens, TimeOnly Closes) : DomainError
{
    public override string Message => FormattableString.Invariant($"Dock door {Door} is not open at {At:O}; on working days it is from {Opens} to {Closes}.");
}

public sealed record AppointmentNotFound(DockAppointmentId Appointment) : DomainError
{
    public override string Message => $"There is no dock appointment {Appointment}.";
}

public sealed record AppointmentNotBooked(DockAppointmentId Appointment, AppointmentStatus Status) : DomainError
{
    public override string Message => $"Dock appointment {Appointment} is {Status}.";
}
