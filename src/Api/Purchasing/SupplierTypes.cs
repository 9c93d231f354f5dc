using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Api.Purchasing;

internal sealed class SupplierItemTermsType : Readable<SupplierItemTerms>
{
    public SupplierItemTermsType()
        : base("SupplierItemTerms", "supplierItemTerms", "purchasing.read")
    {
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Number);
        Column(row => row.ValidFrom);
        Column(row => row.LeadTimeDays, "Mean days from order to arrival.");
        Column(row => row.LeadTimeSpreadDays);
        Column(row => row.LeadTimeSource, "Where both are known from.");
        Column(row => row.UnitPrice, "What one base unit costs.");
        Column(row => row.PriceBreaks);
        Column(row => row.MinimumQuantity, "The least that is delivered, in base units.");
        Column(row => row.Multiple, "What is delivered comes in multiples of this.");
        Column(row => row.OverPercent, "How much more may come, in percent.");
        Column(row => row.UnderPercent, "How much less may come without a word, in percent.");
        Column(row => row.FillRatePercent, "How much of what is ordered the supplier undertakes to deliver.");
        Column(row => row.AgreedBy, "The account that wrote it down.");
        Column(row => row.AgreedAt, "When it was written down.");
        One<Supplier>("supplier", row => row.SupplierId, "Who delivers.");
        One<Item>("item", row => row.ItemId, "What is delivered.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of the prices.");
    }
}

internal sealed class LeadTimeObservationType : Readable<LeadTimeObservation>
{
    public LeadTimeObservationType()
        : base("LeadTimeObservation", "leadTimeObservations", "purchasing.read")
    {
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.OrderedAt);
        Column(row => row.AskedOn, "When it was wanted.");
        Column(row => row.PromisedOn, "When the supplier said it would come.");
        Column(row => row.ReceivedAt);
        Column(row => row.Quantity);
        Column(row => row.IsComplete);
        Column(row => row.RecordedAt, "When somebody recorded it.");
        One<PurchaseOrder>("order", row => row.OrderId, "The order.");
        One<PurchaseOrderLine>("line", row => row.LineId, "The line.");
        One<Supplier>("supplier", row => row.SupplierId, "Who delivered.");
        One<Item>("item", row => row.ItemId, "What came.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "Where it came.");
    }
}
