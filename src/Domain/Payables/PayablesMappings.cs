using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Partners;
using Platform.Domain.Payables.Credits;
using Platform.Domain.Payables.LandedCosts;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;

namespace Platform.Domain.Payables;

internal sealed class SupplierInvoiceMapping : IEntityTypeConfiguration<SupplierInvoice>
{
    public void Configure(EntityTypeBuilder<SupplierInvoice> builder)
    {
        builder.ToTable("supplier_invoice").HasKey(invoice => invoice.Id);
        builder.Property(invoice => invoice.Id).ValueGeneratedNever();
        builder.Property(invoice => invoice.Rate).HasPrecision(28, 10);
        foreach (var amount in new[] { "Net", "Tax", "Gross", "PayableNet", "PayableTax", "Payable", "PayableBook" })
        {
            builder.Property(amount).HasPrecision(19, 4);
        }

        builder.Property(invoice => invoice.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(invoice => invoice.LegalEntityId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(invoice => invoice.SupplierId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(invoice => invoice.CurrencyCode);
    }
}

internal sealed class SupplierInvoiceLineMapping : IEntityTypeConfiguration<SupplierInvoiceLine>
{
    public void Configure(EntityTypeBuilder<SupplierInvoiceLine> builder)
    {
        builder.ToTable("supplier_invoice_line").HasKey(line => line.Id);
        builder.Property(line => line.Id).ValueGeneratedNever();
        foreach (var amount in new[] { "Net", "Tax", "PayableNet", "PayableTax", "CreditedNet" })
        {
            builder.Property(amount).HasPrecision(19, 4);
        }

        builder.Property(line => line.TaxRate).HasPrecision(9, 4);
        builder.Property(line => line.Explanation).HasColumnType("jsonb");
        builder.Ignore(line => line.DisputedNet);
        builder.HasOne<SupplierInvoice>().WithMany().HasForeignKey(line => line.InvoiceId);
        builder.HasOne<PurchaseOrderLine>().WithMany().HasForeignKey(line => line.OrderLineId);
        builder.HasOne<ReceiptLine>().WithMany().HasForeignKey(line => line.ReceiptLineId);
        builder.HasOne<Item>().WithMany().HasForeignKey(line => line.ItemId);
    }
}

internal sealed class ReceiptLineInvoicingMapping : IEntityTypeConfiguration<ReceiptLineInvoicing>
{
    public void Configure(EntityTypeBuilder<ReceiptLineInvoicing> builder)
    {
        builder.ToTable("receipt_line_invoicing").HasKey(row => row.ReceiptLineId);
        builder.Property(row => row.ReceiptLineId).ValueGeneratedNever();
        foreach (var amount in new[] { "Accrued", "Interim", "Cleared", "InterimCleared" })
        {
            builder.Property(amount).HasPrecision(19, 4);
        }

        builder.Ignore(row => row.Open);
        builder.HasOne<ReceiptLine>().WithMany().HasForeignKey(row => row.ReceiptLineId);
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(row => row.LegalEntityId);
        builder.HasOne<PurchaseOrderLine>().WithMany().HasForeignKey(row => row.OrderLineId);
    }
}

internal sealed class InvoiceMatchMapping : IEntityTypeConfiguration<InvoiceMatch>
{
    public void Configure(EntityTypeBuilder<InvoiceMatch> builder)
    {
        builder.ToTable("invoice_match").HasKey(match => match.Id);
        builder.Property(match => match.Id).ValueGeneratedNever();
        foreach (var amount in new[] { "ExpectedNet", "Cleared", "InterimCleared", "PriceVariance", "ExchangeDifference" })
        {
            builder.Property(amount).HasPrecision(19, 4);
        }

        builder.HasOne<SupplierInvoice>().WithMany().HasForeignKey(match => match.InvoiceId);
        builder.HasOne<SupplierInvoiceLine>().WithMany().HasForeignKey(match => match.LineId);
        builder.HasOne<ReceiptLineInvoicing>().WithMany().HasForeignKey(match => match.ReceiptLineId);
    }
}

internal sealed class InvoiceHoldMapping : IEntityTypeConfiguration<InvoiceHold>
{
    public void Configure(EntityTypeBuilder<InvoiceHold> builder)
    {
        builder.ToTable("invoice_hold").HasKey(hold => hold.Id);
        builder.Property(hold => hold.Id).ValueGeneratedNever();
        foreach (var figure in new[] { "Expected", "Found", "Tolerated" })
        {
            builder.Property(figure).HasPrecision(19, 6);
        }

        builder.Property(hold => hold.Amount).HasPrecision(19, 4);
        builder.HasOne<SupplierInvoice>().WithMany().HasForeignKey(hold => hold.InvoiceId);
        builder.HasOne<SupplierInvoiceLine>().WithMany().HasForeignKey(hold => hold.LineId);
        builder.HasOne<ExceptionCase>().WithMany().HasForeignKey(hold => hold.ReceiptCaseId);
        builder.HasOne<ExceptionCase>().WithMany().HasForeignKey(hold => hold.CaseId);
    }
}

internal sealed class SupplierCreditMapping : IEntityTypeConfiguration<SupplierCredit>
{
    public void Configure(EntityTypeBuilder<SupplierCredit> builder)
    {
        builder.ToTable("supplier_credit").HasKey(credit => credit.Id);
        builder.Property(credit => credit.Id).ValueGeneratedNever();
        builder.Property(credit => credit.Rate).HasPrecision(28, 10);
        foreach (var amount in new[] { "Net", "Tax", "Gross", "Claim", "ClaimBook" })
        {
            builder.Property(amount).HasPrecision(19, 4);
        }

        builder.Property(credit => credit.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(credit => credit.LegalEntityId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(credit => credit.SupplierId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(credit => credit.CurrencyCode);
        builder.HasOne<ExceptionCase>().WithMany().HasForeignKey(credit => credit.CaseId);
        builder.HasOne<SupplierInvoice>().WithMany().HasForeignKey(credit => credit.SettledBy);
    }
}

internal sealed class SupplierCreditLineMapping : IEntityTypeConfiguration<SupplierCreditLine>
{
    public void Configure(EntityTypeBuilder<SupplierCreditLine> builder)
    {
        builder.ToTable("supplier_credit_line").HasKey(line => line.Id);
        builder.Property(line => line.Id).ValueGeneratedNever();
        foreach (var amount in new[] { "Net", "Tax", "UnpaidNet" })
        {
            builder.Property(amount).HasPrecision(19, 4);
        }

        builder.HasOne<SupplierCredit>().WithMany().HasForeignKey(line => line.CreditId);
        builder.HasOne<SupplierInvoiceLine>().WithMany().HasForeignKey(line => line.InvoiceLineId);
    }
}

internal sealed class SupplierReturnCreditMapping : IEntityTypeConfiguration<SupplierReturnCredit>
{
    public void Configure(EntityTypeBuilder<SupplierReturnCredit> builder)
    {
        builder.ToTable("supplier_return_credit").HasKey(row => row.MovementId);
        builder.Property(row => row.MovementId).ValueGeneratedNever();
        builder.Property(row => row.Cleared).HasPrecision(19, 4);
        builder.HasOne<SupplierCredit>().WithMany().HasForeignKey(row => row.CreditId);
    }
}

internal sealed class LandedCostVoucherMapping : IEntityTypeConfiguration<LandedCostVoucher>
{
    public void Configure(EntityTypeBuilder<LandedCostVoucher> builder)
    {
        builder.ToTable("landed_cost_voucher").HasKey(voucher => voucher.Id);
        builder.Property(voucher => voucher.Id).ValueGeneratedNever();
        builder.Property(voucher => voucher.Rate).HasPrecision(28, 10);
        builder.Property(voucher => voucher.Total).HasPrecision(19, 4);
        builder.Property(voucher => voucher.TotalBook).HasPrecision(19, 4);
        builder.Property(voucher => voucher.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(voucher => voucher.LegalEntityId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(voucher => voucher.CurrencyCode);
    }
}

internal sealed class LandedCostChargeMapping : IEntityTypeConfiguration<LandedCostCharge>
{
    public void Configure(EntityTypeBuilder<LandedCostCharge> builder)
    {
        builder.ToTable("landed_cost_charge").HasKey(charge => charge.Id);
        builder.Property(charge => charge.Id).ValueGeneratedNever();
        builder.Property(charge => charge.Amount).HasPrecision(19, 4);
        builder.Property(charge => charge.AmountBook).HasPrecision(19, 4);
        builder.HasOne<LandedCostVoucher>().WithMany().HasForeignKey(charge => charge.VoucherId);
        builder.HasOne<SupplierInvoiceLine>().WithMany().HasForeignKey(charge => charge.InvoiceLineId);
    }
}

internal sealed class LandedCostShareMapping : IEntityTypeConfiguration<LandedCostShare>
{
    public void Configure(EntityTypeBuilder<LandedCostShare> builder)
    {
        builder.ToTable("landed_cost_share").HasKey(share => share.Id);
        builder.Property(share => share.Id).ValueGeneratedNever();
        builder.Property(share => share.Weight).HasPrecision(28, 10);
        foreach (var amount in new[] { "Amount", "OnHand", "Gone" })
        {
            builder.Property(amount).HasPrecision(19, 4);
        }

        builder.HasOne<LandedCostVoucher>().WithMany().HasForeignKey(share => share.VoucherId);
        builder.HasOne<LandedCostCharge>().WithMany().HasForeignKey(share => share.ChargeId);
        builder.HasOne<ReceiptLine>().WithMany().HasForeignKey(share => share.ReceiptLineId);
    }
}
