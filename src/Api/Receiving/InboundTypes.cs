using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;
using Platform.Domain.Warehouses;

namespace Platform.Api.Receiving;

internal sealed class InboundShipmentType : Readable<InboundShipment>
{
    public InboundShipmentType()
        : base("InboundShipment", "inboundShipments", "receiving.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Number, "Its number.");
        Column(row => row.Status, "How far it has come.");
        Column(row => row.Reference);
        Column(row => row.Carrier, "Who carries it.");
        Column(row => row.Tracking, "The carrier's number.");
        Column(row => row.ExpectedAt, "When it should stand at the dock.");
        Column(row => row.Risk);
        Column(row => row.RiskReasons);
        Column(row => row.IsHighRisk);
        Column(row => row.AnnouncedBy, "The account that announced it.");
        Column(row => row.AnnouncedAt, "When it was announced.");
        Column(row => row.ArrivedAt, "When it stood at the dock.");
        Column(row => row.ReceivedAt, "When nothing more of it was counted.");
        Column(row => row.EndedAt, "When it ended.");
        Column(row => row.EndReason, "Why it ended.");
        Column(row => row.Version);
        FindBy(row => row.Number);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company that bought.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "Where it comes.");
        One<Supplier>("supplier", row => row.SupplierId, "Who delivers.");
        Many<InboundShipmentLine>("lines", row => row.ShipmentId, "What was announced.");
        Many<Receipt>("receipts", row => row.ShipmentId!, "What was taken in of it.");
        Many<Discrepancy>("discrepancies", row => row.ShipmentId!, "What was found otherwise than announced.");
        Many<DockAppointment>("appointments", row => row.ShipmentId, "The doors that it had.");
    }
}

internal sealed class InboundShipmentLineType : Readable<InboundShipmentLine>
{
    public InboundShipmentLineType()
        : base("InboundShipmentLine", "inboundShipmentLines", "receiving.read")
    {
        ScopedLike<InboundShipment>(row => row.ShipmentId);
        Column(row => row.Line, "Its number within the shipment.");
        Column(row => row.Unit, "The unit in which it was announced.");
        Column(row => row.EnteredQuantity, "How many of the unit were announced.");
        Column(row => row.Quantity);
        Column(row => row.LotCode, "The announced lot.");
        Column(row => row.ExpiresOn, "The announced last day of its shelf life.");
        Column(row => row.Carton);
        Column(row => row.Received);
        Column(row => row.Damaged);
        Column(row => row.Version);
        One<InboundShipment>("shipment", row => row.ShipmentId, "The shipment.");
        One<PurchaseOrder>("order", row => row.OrderId, "The order that it is for.");
        One<PurchaseOrderLine>("orderLine", row => row.OrderLineId, "The line that it is for.");
        One<Item>("item", row => row.ItemId, "What was announced.");
    }
}

internal sealed class HeldGoodsType : Readable<HeldGoods>
{
    public HeldGoodsType()
        : base("HeldGoods", "heldGoods", "receiving.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Number, "Their number.");
        Column(row => row.Reason, "Why they wait.");
        Column(row => row.Status, "What became of them.");
        Column(row => row.Description, "What they are, in the words of whoever took them down.");
        Column(row => row.Unit, "The unit in which they were counted.");
        Column(row => row.Quantity, "How many of the unit.");
        Column(row => row.Goods);
        Column(row => row.DeliveryNote, "What the paper that came with them says.");
        Column(row => row.AssignedTo, "The account that looks after them.");
        Column(row => row.AssignedName, "Who looks after them.");
        Column(row => row.ArrivedAt, "When they came.");
        Column(row => row.HeldBy, "The account that took them down.");
        Column(row => row.HeldAt, "When they were taken down.");
        Column(row => row.SettledBy, "The account that said what becomes of them.");
        Column(row => row.SettledAt, "When that was said.");
        Column(row => row.SettlementNote, "Why.");
        Column(row => row.Version);
        Formula<decimal>(
            "ageHours",
            "round((extract(epoch from coalesce({SettledAt}, now()) - {ArrivedAt}) / 3600)::numeric, 2)",
            "How long they wait, or waited, in hours.");
        FindBy(row => row.Number);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company to which they came.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "Where they are.");
        One<Bin>("bin", row => row.BinId, "In which bin they stand.");
        One<Supplier>("supplier", row => row.SupplierId, "Who seems to have sent them.");
        One<Item>("item", row => row.ItemId, "What they seem to be.");
        One<InboundShipment>("shipment", row => row.ShipmentId, "The shipment they came with.");
        One<PurchaseOrderLine>("orderLine", row => row.OrderLineId, "The line that they are too many for.");
        One<PurchaseOrder>("order", row => row.OrderId, "The order that is made for them.");
        One<ExceptionCase>("case", row => row.CaseId, "The case about them.");
        One<Receipt>("receipt", row => row.ReceiptId, "The receipt with which they came in.");
    }
}

internal sealed class DiscrepancyType : Readable<Discrepancy>
{
    public DiscrepancyType()
        : base("Discrepancy", "discrepancies", "receiving.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Kind, "What is otherwise.");
        Column(row => row.Status, "Whether somebody must still say what becomes of it.");
        Column(row => row.Expected);
        Column(row => row.Actual);
        Column(row => row.Percent);
        Column(row => row.Settlement, "What became of it.");
        Column(row => row.SettlementNote, "Why.");
        Column(row => row.SettledBy, "The account that said so.");
        Column(row => row.SettledAt, "When that was said.");
        Column(row => row.FoundAt, "When it was found.");
        Column(row => row.Version);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "Where it was found.");
        One<Supplier>("supplier", row => row.SupplierId, "Who delivered.");
        One<Item>("item", row => row.ItemId, "The item.");
        One<PurchaseOrderLine>("orderLine", row => row.OrderLineId, "The line of the order; it alone waits.");
        One<InboundShipment>("shipment", row => row.ShipmentId, "The shipment.");
        One<Receipt>("receipt", row => row.ReceiptId, "The receipt.");
        One<ReceiptLine>("receiptLine", row => row.ReceiptLineId, "The line of the receipt.");
        One<ExceptionCase>("case", row => row.CaseId, "The case about it; none where it was let pass.");
    }
}

internal sealed class DockDoorType : Readable<DockDoor>
{
    public DockDoorType()
        : base("DockDoor", "dockDoors", "receiving.read")
    {
        ScopedLike<Warehouse>(row => row.WarehouseId);
        Column(row => row.Code, "The code on the door.");
        Column(row => row.Name, "What people call it.");
        Column(row => row.OpensAt);
        Column(row => row.ClosesAt);
        Column(row => row.Status, "Whether it is in use.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        Many<DockAppointment>("appointments", row => row.DoorId, "Which shipments have it, and when.");
        Many<DockHour>("hours", row => row.DoorId, "How full it is, hour by hour.");
    }
}

internal sealed class DockAppointmentType : Readable<DockAppointment>
{
    public DockAppointmentType()
        : base("DockAppointment", "dockAppointments", "receiving.read")
    {
        ScopedLike<InboundShipment>(row => row.ShipmentId);
        Column(row => row.Status, "Whether the lorry came.");
        Column(row => row.StartsAt, "From when on.");
        Column(row => row.EndsAt, "Until when.");
        Column(row => row.ArrivedAt, "When the lorry came.");
        Column(row => row.Punctuality, "Early, on time, late or not at all.");
        Column(row => row.BookedBy, "The account that booked it.");
        Column(row => row.BookedAt, "When it was booked.");
        Column(row => row.Version);
        One<DockDoor>("door", row => row.DoorId, "The door.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<InboundShipment>("shipment", row => row.ShipmentId, "The shipment.");
    }
}

internal sealed class DockHourType : Readable<DockHour>
{
    public DockHourType()
        : base("DockHour", "dockHours", "receiving.read")
    {
        ScopedLike<Warehouse>(row => row.WarehouseId);
        Column(row => row.StartsAt, "The beginning of the hour.");
        Column(row => row.Appointments);
        Column(row => row.MinutesBooked);
        Column(row => row.Late, "How many came late.");
        Column(row => row.NoShows, "How many did not come.");
        One<DockDoor>("door", row => row.DoorId, "The door.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
    }
}
