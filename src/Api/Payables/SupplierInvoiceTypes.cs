using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Partners;
using Platform.Domain.Payables;
using Platform.Domain.Payables.Credits;
using Platform.Domain.Payables.LandedCosts;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;
using Platform.Domain.Stock.Ledger;

namespace Platform.Api.Payables;

internal sealed class SupplierInvoiceType : Readable<SupplierInvoice>
{
    public SupplierInvoiceType()
        : base("SupplierInvoice", "supplierInvoices", "payables.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Number, "Our number of it.");
        Column(row => row.SupplierNumber, "What the supplier calls it.");
        Column(row => row.Status, "How far it has come.");
        Column(row => row.InvoiceDate, "The date on it.");
        Column(row => row.DueOn, "When it is to be paid.");
        Column(row => row.Rate);
        Column(row => row.Net, "What it asks for, without tax.");
        Column(row => row.Tax, "The tax on it.");
        Column(row => row.Gross, "What it asks for.");
        Column(row => row.PayableNet);
        Column(row => row.PayableTax, "The tax on what is paid.");
        Column(row => row.Payable);
        Column(row => row.PayableBook);
        Column(row => row.EnteredBy, "The account that entered it.");
        Column(row => row.MatchedAt, "When it was compared last.");
        Column(row => row.PolicyNumber);
        Column(row => row.ApprovedBy, "The account whose word was the last of the approval.");
        Column(row => row.JournalId, "The journal that books it.");
        Column(row => row.PostingDate, "The day of the books.");
        Column(row => row.PostedAt, "When it was booked.");
        Column(row => row.ReversalJournalId, "The journal that took it back.");
        Column(row => row.PaidOn, "The day it was paid.");
        Column(row => row.PaymentReference, "What the bank calls the payment.");
        Column(row => row.PaymentJournalId, "The journal of the payment.");
        Column(row => row.EndedAt, "When it was cancelled or taken back.");
        Column(row => row.EndReason, "Why it was cancelled or taken back.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Number);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company that owes.");
        One<Supplier>("supplier", row => row.SupplierId, "Whom it is owed.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of its amounts.");
        Many<SupplierInvoiceLine>("lines", row => row.InvoiceId, "What it is for.");
        Many<InvoiceHold>("holds", row => row.InvoiceId, "Why it waits, or waited.");
        Many<InvoiceMatch>("matches", row => row.InvoiceId, "The receipts that it pays for.");
        Many<SupplierCredit>("credits", row => row.SettledBy, "Credits that were deducted from its payment.");
    }
}

internal sealed class SupplierInvoiceLineType : Readable<SupplierInvoiceLine>
{
    public SupplierInvoiceLineType()
        : base("SupplierInvoiceLine", "supplierInvoiceLines", "payables.read")
    {
        ScopedLike<SupplierInvoice>(row => row.InvoiceId);
        Column(row => row.Line, "Its number within the invoice.");
        Column(row => row.Kind, "Goods, services, or a charge such as freight.");
        Column(row => row.Description, "What it is for, in words.");
        Column(row => row.Unit, "The unit in which it is stated.");
        Column(row => row.Quantity, "How many of the unit.");
        Column(row => row.BaseQuantity, "The same in base units.");
        Column(row => row.UnitPrice, "What one of the unit costs.");
        Column(row => row.Net, "What it comes to, without tax.");
        Column(row => row.TaxCode, "The code of its tax.");
        Column(row => row.TaxRate, "The rate of its tax, in percent.");
        Column(row => row.Tax, "The tax on it.");
        Column(row => row.Matched);
        Column(row => row.Disputed);
        Column(row => row.PayableNet, "What of it is paid, without tax.");
        Column(row => row.PayableTax, "The tax on what is paid.");
        Column(row => row.CreditedNet);
        Column(row => row.Explanation);
        One<SupplierInvoice>("invoice", row => row.InvoiceId, "The invoice.");
        One<PurchaseOrderLine>("orderLine", row => row.OrderLineId, "The order line that it is for.");
        One<ReceiptLine>("receiptLine", row => row.ReceiptLineId, "The one receipt line that it is for.");
        One<Item>("item", row => row.ItemId, "The item.");
        Many<InvoiceMatch>("matches", row => row.LineId, "The receipts that it pays for.");
        Many<InvoiceHold>("holds", row => row.LineId, "Why it waits, or waited.");
    }
}

internal sealed class InvoiceMatchType : Readable<InvoiceMatch>
{
    public InvoiceMatchType()
        : base("InvoiceMatch", "invoiceMatches", "payables.read")
    {
        ScopedLike<SupplierInvoice>(row => row.InvoiceId);
        Column(row => row.Status, "Kept for the invoice, in the books, or given back.");
        Column(row => row.Quantity);
        Column(row => row.ExpectedNet);
        Column(row => row.Cleared);
        Column(row => row.InterimCleared);
        Column(row => row.PriceVariance);
        Column(row => row.ExchangeDifference);
        Column(row => row.TakenAt, "When it was kept for the invoice.");
        Column(row => row.ReleasedAt, "When it was given back.");
        One<SupplierInvoice>("invoice", row => row.InvoiceId, "The invoice.");
        One<SupplierInvoiceLine>("line", row => row.LineId, "The line of the invoice.");
        One<ReceiptLine>("receiptLine", row => row.ReceiptLineId, "The receipt line that is paid for.");
        One<StockPosting>("variancePosting", row => row.VariancePostingId, "The posting that split the variance between what is here and what has gone.");
    }
}

internal sealed class InvoiceHoldType : Readable<InvoiceHold>
{
    public InvoiceHoldType()
        : base("InvoiceHold", "invoiceHolds", "payables.read")
    {
        ScopedLike<SupplierInvoice>(row => row.InvoiceId);
        Column(row => row.Reason, "Why the invoice waits.");
        Column(row => row.Explanation, "The same in words.");
        Column(row => row.Expected, "What should be.");
        Column(row => row.Found, "What the invoice says.");
        Column(row => row.Tolerated, "How far off is tolerated.");
        Column(row => row.Amount, "How much money it is about, in the invoice's currency.");
        Column(row => row.PlacedAt, "When it was placed.");
        Column(row => row.Resolution, "How it ended; null while it is open.");
        Column(row => row.ResolutionReason, "Why it ended so.");
        Column(row => row.ResolvedBy, "The account that ended it.");
        Column(row => row.ResolvedAt, "When it ended.");
        One<SupplierInvoice>("invoice", row => row.InvoiceId, "The invoice.");
        One<SupplierInvoiceLine>("line", row => row.LineId, "The line that differs.");
        One<ExceptionCase>("receiptCase", row => row.ReceiptCaseId, "The case about what was received, which it waits for.");
        One<ExceptionCase>("reviewCase", row => row.CaseId, "The case by which finance looks at it.");
    }
}

internal sealed class ReceiptLineInvoicingType : Readable<ReceiptLineInvoicing>
{
    public ReceiptLineInvoicingType()
        : base("ReceiptLineInvoicing", "receiptLineInvoicings", "payables.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Column(row => row.MovementId);
        Column(row => row.Quantity, "How many base units came.");
        Column(row => row.Accrued);
        Column(row => row.Interim);
        Column(row => row.Matched);
        Column(row => row.Invoiced, "How much posted invoices have paid for.");
        Column(row => row.Cleared, "What of the accrual posted invoices have cleared.");
        Column(row => row.InterimCleared, "What has left the interim account.");
        One<ReceiptLine>("receiptLine", row => row.ReceiptLineId, "The receipt line.");
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "In whose books it is.");
        One<PurchaseOrderLine>("orderLine", row => row.OrderLineId, "The order line.");
        Many<InvoiceMatch>("matches", row => row.ReceiptLineId, "Which invoices pay for it.");
    }
}

internal sealed class SupplierCreditType : Readable<SupplierCredit>
{
    public SupplierCreditType()
        : base("SupplierCredit", "supplierCredits", "payables.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Number, "Our number of it.");
        Column(row => row.Kind, "A credit note of the supplier, or a chargeback of ours.");
        Column(row => row.Status, "How far it has come.");
        Column(row => row.SupplierNumber, "What the supplier calls it.");
        Column(row => row.CreditDate, "The date on it.");
        Column(row => row.Rate, "What one of its currency is worth in the currency of the books.");
        Column(row => row.Net, "What is credited, without tax.");
        Column(row => row.Tax, "The tax on it.");
        Column(row => row.Gross, "What is credited.");
        Column(row => row.Claim);
        Column(row => row.ClaimBook, "The same in the currency of the books.");
        Column(row => row.Reason, "Why the supplier owes it.");
        Column(row => row.Evidence, "Where the proof is.");
        Column(row => row.DraftedBy, "The account that drafted it.");
        Column(row => row.ApprovedBy, "The account whose word was the last of the approval.");
        Column(row => row.JournalId, "The journal that books it.");
        Column(row => row.PostingDate, "The day of the books.");
        Column(row => row.PostedAt, "When it was booked.");
        Column(row => row.EndedAt, "When it was given up.");
        Column(row => row.EndReason, "Why it was given up.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Number);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company that is owed.");
        One<Supplier>("supplier", row => row.SupplierId, "Who owes it.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of its amounts.");
        One<ExceptionCase>("case", row => row.CaseId, "The case that it follows from.");
        One<SupplierInvoice>("settledBy", row => row.SettledBy, "The invoice from whose payment it was deducted.");
        Many<SupplierCreditLine>("lines", row => row.CreditId, "What it is for.");
    }
}

internal sealed class SupplierCreditLineType : Readable<SupplierCreditLine>
{
    public SupplierCreditLineType()
        : base("SupplierCreditLine", "supplierCreditLines", "payables.read")
    {
        ScopedLike<SupplierCredit>(row => row.CreditId);
        Column(row => row.Line, "Its number within the credit.");
        Column(row => row.Kind, "Something that was invoiced, goods that went back, or something else.");
        Column(row => row.Quantity, "How many base units it is about.");
        Column(row => row.Description, "What it is for, in words.");
        Column(row => row.Net, "The amount without tax.");
        Column(row => row.Tax, "The tax on it.");
        Column(row => row.UnpaidNet);
        One<SupplierCredit>("credit", row => row.CreditId, "The credit.");
        One<SupplierInvoiceLine>("invoiceLine", row => row.InvoiceLineId, "The invoice line that it corrects.");
        One<StockMovement>("movement", row => row.MovementId, "The movement that sent the goods back.");
    }
}

internal sealed class LandedCostVoucherType : Readable<LandedCostVoucher>
{
    public LandedCostVoucherType()
        : base("LandedCostVoucher", "landedCostVouchers", "payables.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Column(row => row.Number, "Its number.");
        Column(row => row.Status, "How far it has come.");
        Column(row => row.Rate, "What one of its currency is worth in the currency of the books.");
        Column(row => row.Total, "What is shared, in its currency.");
        Column(row => row.TotalBook);
        Column(row => row.Note, "What it is about.");
        Column(row => row.DraftedBy, "The account that drafted it.");
        Column(row => row.ApprovedBy, "The account whose word was the last of the approval.");
        Column(row => row.PostingDate, "The day of the books.");
        Column(row => row.PostedAt, "When it was booked.");
        Column(row => row.ReversedAt, "When it was taken back.");
        Column(row => row.EndReason, "Why it was given up or taken back.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Number);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "In whose books it is.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of its charges.");
        Many<LandedCostCharge>("charges", row => row.VoucherId, "What is shared.");
        Many<LandedCostShare>("shares", row => row.VoucherId, "Who bears what.");
    }
}

internal sealed class LandedCostChargeType : Readable<LandedCostCharge>
{
    public LandedCostChargeType()
        : base("LandedCostCharge", "landedCostCharges", "payables.read")
    {
        ScopedLike<LandedCostVoucher>(row => row.VoucherId);
        Column(row => row.Line, "Its number within the voucher.");
        Column(row => row.Kind, "What it is for.");
        Column(row => row.Basis, "By what it is shared.");
        Column(row => row.Amount, "How much, in the voucher's currency.");
        Column(row => row.AmountBook, "How much, in the currency of the books.");
        One<LandedCostVoucher>("voucher", row => row.VoucherId, "The voucher.");
        One<SupplierInvoiceLine>("invoiceLine", row => row.InvoiceLineId, "The charge line of the invoice that it is.");
        Many<LandedCostShare>("shares", row => row.ChargeId, "Who bears what of it.");
    }
}

internal sealed class LandedCostShareType : Readable<LandedCostShare>
{
    public LandedCostShareType()
        : base("LandedCostShare", "landedCostShares", "payables.read")
    {
        ScopedLike<LandedCostVoucher>(row => row.VoucherId);
        Column(row => row.Weight);
        Column(row => row.Amount, "The part that is borne, in the currency of the books.");
        Column(row => row.OnHand);
        Column(row => row.Gone);
        One<LandedCostVoucher>("voucher", row => row.VoucherId, "The voucher.");
        One<LandedCostCharge>("charge", row => row.ChargeId, "The charge.");
        One<ReceiptLine>("receiptLine", row => row.ReceiptLineId, "The receipt line that bears it.");
        One<StockPosting>("posting", row => row.PostingId, "The posting that booked it.");
    }
}
