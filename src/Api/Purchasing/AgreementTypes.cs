using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;

namespace Platform.Api.Purchasing;

internal sealed class BudgetType : Readable<Budget>
{
    public BudgetType()
        : base("Budget", "budgets", "purchasing.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Column(row => row.Category);
        Column(row => row.Period);
        Column(row => row.Amount, "How much may be bought, in the company's currency.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company.");
    }
}

internal sealed class PurchaseAgreementType : Readable<PurchaseAgreement>
{
    public PurchaseAgreementType()
        : base("PurchaseAgreement", "purchaseAgreements", "purchasing.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Number, "Its number.");
        Column(row => row.ValidFrom, "Its first day.");
        Column(row => row.ValidUntil, "Its last day.");
        Column(row => row.AmountLimit);
        Column(row => row.Status, "Whether it can be called off.");
        Column(row => row.EndReason, "Why it ended before its time.");
        Column(row => row.MadeBy, "The account that wrote it down.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Number);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company that buys.");
        One<Supplier>("supplier", row => row.SupplierId, "Who delivers.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of its prices.");
        Many<PurchaseAgreementLine>("lines", row => row.AgreementId, "What was agreed.");
        Many<PurchaseOrder>("orders", row => row.AgreementId, "What was called off.");
    }
}

internal sealed class PurchaseAgreementLineType : Readable<PurchaseAgreementLine>
{
    public PurchaseAgreementLineType()
        : base("PurchaseAgreementLine", "purchaseAgreementLines", "purchasing.read")
    {
        ScopedLike<PurchaseAgreement>(row => row.AgreementId);
        Column(row => row.UnitPrice, "What one base unit costs.");
        Column(row => row.Committed);
        Column(row => row.QuantityLimit);
        One<PurchaseAgreement>("agreement", row => row.AgreementId, "The agreement.");
        One<Item>("item", row => row.ItemId, "The item.");
    }
}

internal sealed class SupplierScorecardType : Readable<SupplierScorecard>
{
    public SupplierScorecardType()
        : base("SupplierScorecard", "supplierScorecards", "purchasing.read")
    {
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Period);
        Column(row => row.LinesDue, "How many lines of orders were due.");
        Column(row => row.LinesOnTime);
        Column(row => row.LinesInFull, "How many came in full.");
        Column(row => row.Ordered, "How much was due, in base units.");
        Column(row => row.Received, "How much came of it.");
        Column(row => row.Returned, "How much went back.");
        Column(row => row.OnTimePercent, "How many of a hundred lines came in full and on time.");
        Column(row => row.InFullPercent, "How many of a hundred lines came in full.");
        Column(row => row.FillRatePercent);
        Column(row => row.AcceptancePercent);
        Column(row => row.ConfirmedPercent);
        Column(row => row.ResponseHours);
        Column(row => row.LeadTimeDays, "Mean days from order to arrival.");
        Column(row => row.LeadTimeSpreadDays, "Their standard deviation.");
        Column(row => row.PriceVariancePercent);
        Column(row => row.Exceptions);
        Column(row => row.ConfirmedInTimePercent);
        Column(row => row.LeadTimeKeptPercent);
        Column(row => row.LeadTimeDriftDays);
        Column(row => row.AnnouncedPercent);
        Column(row => row.AnnouncementPercent);
        Column(row => row.ExceptionPercent);
        Column(row => row.Breaches);
        Column(row => row.ApprovalHours);
        Column(row => row.CycleDays);
        Column(row => row.ComputedAt, "When it was computed.");
        One<Supplier>("supplier", row => row.SupplierId, "The supplier.");
    }
}
