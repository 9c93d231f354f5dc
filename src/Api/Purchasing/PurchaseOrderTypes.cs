using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Api.Purchasing;

internal sealed class PurchaseOrderType : Readable<PurchaseOrder>
{
    public PurchaseOrderType()
        : base("PurchaseOrder", "purchaseOrders", "purchasing.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Number, "Its number, as the supplier reads it.");
        Column(row => row.Kind, "Whether it was bought in a hurry.");
        Column(row => row.Status, "How far it has come.");
        Column(row => row.Total, "What it costs, in its currency.");
        Column(row => row.Reason, "Why it is bought.");
        Column(row => row.Revision);
        Column(row => row.ApprovedRevision);
        Column(row => row.DuplicateReason);
        Column(row => row.OverrunReason);
        Column(row => row.OverrunBy, "The account that let it go beyond the budget.");
        Column(row => row.OrderedBy, "The account that wrote it.");
        Column(row => row.ReleasedAt, "When it was sent.");
        Column(row => row.ConfirmBy);
        Column(row => row.UnconfirmedSince, "Since when its supplier owes an answer.");
        Column(row => row.AcknowledgedAt, "When its supplier answered last.");
        Column(row => row.SupplierReference);
        Column(row => row.EndedAt, "When it ended.");
        Column(row => row.EndReason, "Why it ended.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Number);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company that buys.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "Where the goods are wanted.");
        One<Supplier>("supplier", row => row.SupplierId, "Who delivers.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of its prices.");
        One<PurchaseAgreement>("agreement", row => row.AgreementId, "The agreement it calls off.");
        Many<PurchaseOrderLine>("lines", row => row.OrderId, "What is bought.");
        Many<PurchaseOrderRevision>("revisions", row => row.OrderId, "What was submitted, every time.");
        Many<SupplierConfirmation>("confirmations", row => row.OrderId, "What the supplier said, every time.");
    }
}

internal sealed class PurchaseOrderLineType : Readable<PurchaseOrderLine>
{
    public PurchaseOrderLineType()
        : base("PurchaseOrderLine", "purchaseOrderLines", "purchasing.read")
    {
        ScopedLike<PurchaseOrder>(row => row.OrderId);
        Column(row => row.Line, "Its number within the order.");
        Column(row => row.Unit, "The unit in which it is ordered.");
        Column(row => row.Quantity, "How many of the unit.");
        Column(row => row.BaseQuantity);
        Column(row => row.UnitPrice, "What one of the unit costs.");
        Column(row => row.Amount, "What the line costs.");
        Column(row => row.ExpectedOn, "When it is needed.");
        Column(row => row.OverPercent);
        Column(row => row.UnderPercent);
        Column(row => row.ConfirmedQuantity);
        Column(row => row.ConfirmedOn, "When the supplier said it will come.");
        Column(row => row.Status, "How far it has come.");
        Column(row => row.Received);
        Column(row => row.ReceiveUpTo, "The highest total that somebody agreed to take beyond the tolerance, in base units.");
        Column(row => row.Returned, "What went back of it, in base units.");
        Column(row => row.ToReplace, "The part of what went back that is to come again.");
        Column(row => row.Invoiced, "What was charged, in base units.");
        Column(row => row.Credited, "What was credited of it, in base units.");
        Column(row => row.Version);
        One<PurchaseOrder>("order", row => row.OrderId, "The order.");
        One<Item>("item", row => row.ItemId, "What is bought.");
        Many<SupplierConfirmation>("confirmations", row => row.LineId, "What the supplier said of it, every time.");
    }
}

internal sealed class PurchaseOrderRevisionType : Readable<PurchaseOrderRevision>
{
    public PurchaseOrderRevisionType()
        : base("PurchaseOrderRevision", "purchaseOrderRevisions", "purchasing.read")
    {
        ScopedLike<PurchaseOrder>(row => row.OrderId);
        Column(row => row.Revision, "Counts what was submitted.");
        Column(row => row.Lines);
        Column(row => row.Total, "What it cost.");
        Column(row => row.Reason, "Why it is no second order for the same need.");
        Column(row => row.SubmittedBy, "The account that submitted it.");
        Column(row => row.SubmittedAt, "When it was submitted.");
        One<PurchaseOrder>("order", row => row.OrderId, "The order.");
    }
}

internal sealed class SupplierConfirmationType : Readable<SupplierConfirmation>
{
    public SupplierConfirmationType()
        : base("SupplierConfirmation", "supplierConfirmations", "purchasing.read")
    {
        ScopedLike<PurchaseOrder>(row => row.OrderId);
        Column(row => row.Quantity, "How many the supplier said will come, in the unit of the line.");
        Column(row => row.PromisedOn, "When.");
        Column(row => row.WasQuantity, "How many were expected before.");
        Column(row => row.WasOn, "When they were expected before.");
        Column(row => row.Reference, "What the supplier calls its answer.");
        Column(row => row.SaidBy, "The account that took it down.");
        Column(row => row.SaidAt, "When it was taken down.");
        One<PurchaseOrder>("order", row => row.OrderId, "The order.");
        One<PurchaseOrderLine>("line", row => row.LineId, "The line.");
        One<Supplier>("supplier", row => row.SupplierId, "Who said it.");
    }
}
