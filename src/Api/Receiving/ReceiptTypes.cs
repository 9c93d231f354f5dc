using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Quality.Disposing;
using Platform.Domain.Receiving;
using Platform.Domain.Warehouses;

namespace Platform.Api.Receiving;

internal sealed class ReceiptType : Readable<Receipt>
{
    public ReceiptType()
        : base("Receipt", "receipts", "receiving.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Number, "Its number.");
        Column(row => row.Status, "Whether stock and money know of it.");
        Column(row => row.DeliveryNote);
        Column(row => row.ArrivedAt);
        Column(row => row.HappenedAt);
        Column(row => row.RecordedAt);
        Column(row => row.PostedAt);
        Column(row => row.PostingId, "The posting of the ledger.");
        Column(row => row.ReceivedBy, "The account that counted.");
        Column(row => row.NeedsValidation);
        Column(row => row.ValidatedBy, "The account that counted again.");
        Column(row => row.ValidatedAt, "When it was counted again.");
        Column(row => row.ReversedAt, "When it was taken back.");
        Column(row => row.ReversalReason, "Why it was taken back.");
        Column(row => row.Version);
        FindBy(row => row.Number);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company that bought.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "Where the goods came.");
        One<Supplier>("supplier", row => row.SupplierId, "Who delivered.");
        One<Bin>("bin", row => row.BinId, "Where they stood at first.");
        One<InboundShipment>("shipment", row => row.ShipmentId, "The shipment that it came with.");
        Many<ReceiptLine>("lines", row => row.ReceiptId, "What came.");
        Many<Discrepancy>("discrepancies", row => row.ReceiptId!, "What was found otherwise than expected.");
    }
}

internal sealed class ReceiptLineType : Readable<ReceiptLine>
{
    public ReceiptLineType()
        : base("ReceiptLine", "receiptLines", "receiving.read")
    {
        ScopedLike<Receipt>(row => row.ReceiptId);
        Column(row => row.Line, "Its number within the receipt.");
        Column(row => row.Unit);
        Column(row => row.EnteredQuantity, "How many of the unit were counted.");
        Column(row => row.Quantity);
        Column(row => row.CountedQuantity);
        Column(row => row.Weight, "What it weighed, where weight prices it.");
        Column(row => row.Condition, "Good or damaged.");
        Column(row => row.State, "How far it has come.");
        Column(row => row.ReleasePoint, "From when on it may be taken.");
        Column(row => row.UnitCost);
        Column(row => row.Accrued);
        Column(row => row.PostingId, "The posting of the ledger.");
        Column(row => row.MovementId);
        Column(row => row.IsInspected);
        Column(row => row.Accepted);
        Column(row => row.Withheld);
        Column(row => row.Available);
        Column(row => row.Directed);
        Column(row => row.PutAway);
        Column(row => row.Inspecting);
        Column(row => row.Undecided);
        Column(row => row.Returned);
        Column(row => row.Scrapped, "How much of it was scrapped.");
        Column(row => row.Downgraded);
        Column(row => row.Rejected);
        Column(row => row.EvidenceUri);
        Column(row => row.EvidenceSha256);
        Column(row => row.ArrivedAt, "When it stood at the dock.");
        Column(row => row.HappenedAt, "When it was counted.");
        Column(row => row.PostedAt, "When stock and money heard of it.");
        Column(row => row.AvailableAt);
        Column(row => row.DockToStockSeconds);
        Column(row => row.PostingDelaySeconds);
        Column(row => row.Version);
        One<Receipt>("receipt", row => row.ReceiptId, "The receipt.");
        One<PurchaseOrder>("order", row => row.OrderId, "The order it came for.");
        One<PurchaseOrderLine>("orderLine", row => row.OrderLineId, "The line it came for.");
        One<InboundShipmentLine>("shipmentLine", row => row.ShipmentLineId, "The announced line that it is of.");
        One<Item>("item", row => row.ItemId, "What came.");
        One<Lot>("lot", row => row.LotId, "Its lot.");
        One<Serial>("serial", row => row.SerialId, "The single unit.");
        One<Bin>("bin", row => row.BinId, "Where it stood at first.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of its costs.");
        Many<ReceiptLineDisposition>("dispositions", row => row.ReceiptLineId, "What was decided about goods of it that were held.");
    }
}

internal sealed class ReceiptLineDispositionType : Readable<ReceiptLineDisposition>
{
    public ReceiptLineDispositionType()
        : base("ReceiptLineDisposition", "receiptLineDispositions", "receiving.read")
    {
        ScopedLike<ReceiptLine>(row => row.ReceiptLineId);
        Column(row => row.Quantity, "How much of the line it was about, in base units.");
        One<ReceiptLine>("receiptLine", row => row.ReceiptLineId, "The line whose goods were held.");
        One<Disposition>("disposition", row => row.DispositionId, "What was decided.");
    }
}

internal sealed class ReceiverDayType : Readable<ReceiverDay>
{
    public ReceiverDayType()
        : base("ReceiverDay", "receiverDays", "receiving.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.ReceivedBy, "The account that counted.");
        Column(row => row.Day, "The day, where the site is.");
        Column(row => row.Receipts, "How many receipts they counted.");
        Column(row => row.Lines);
        Column(row => row.Units);
        Column(row => row.LabourSeconds, "How long it took them altogether.");
        Column(row => row.LinesPerHour);
        Column(row => row.UnitsPerHour);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
    }
}
