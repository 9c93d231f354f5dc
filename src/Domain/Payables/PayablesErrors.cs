using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;

namespace Platform.Domain.Payables;

public sealed record SupplierInvoiceNotFound(SupplierInvoiceId Invoice) : DomainError
{
    public override string Message => $"There is no supplier invoice {Invoice}.";
}

public sealed record WrongInvoiceStatus(SupplierInvoiceId Invoice, InvoiceStatus Status, InvoiceStep Step) : DomainError
{
    public override string Message => $"Supplier invoice {Invoice} is {Status}: there is no step {Step} from there.";
}

/// <summary>The supplier's number was entered before; the same invoice is paid once.</summary>
public sealed record InvoiceNumberTaken(SupplierId Supplier, string SupplierNumber) : DomainError
{
    public override string Message => $"Invoice {SupplierNumber} of supplier {Supplier} was entered already.";
}

/// <summary>An amount that is stated is not the sum of what it is made of.</summary>
/// <param name="What">Which amount.</param>
/// <param name="Stated">What the invoice says.</param>
/// <param name="Sum">What its parts come to.</param>
public sealed record TotalsDoNotAddUp(string What, decimal Stated, decimal Sum) : DomainError
{
    public override string Message => $"{What} is stated as {Stated}; its parts come to {Sum}.";
}

/// <summary>The order line belongs to another supplier, company or currency than the invoice.</summary>
public sealed record OrderLineOfAnother(PurchaseOrderLineId Line, string What) : DomainError
{
    public override string Message => $"Order line {Line} is of another {What} than the invoice.";
}

public sealed record ReceiptLineOfAnotherOrder(ReceiptLineId ReceiptLine, PurchaseOrderLineId? Line) : DomainError
{
    public override string Message => $"Receipt line {ReceiptLine} does not belong to order line {Line}.";
}

public sealed record InvoiceHoldNotFound(InvoiceHoldId Hold) : DomainError
{
    public override string Message => $"There is no open hold {Hold}.";
}

/// <summary>Who entered an invoice does not let it pass where it differs (APR-04).</summary>
public sealed record OwnInvoice(SupplierInvoiceId Invoice, Guid Person) : DomainError
{
    public override string Message => $"Supplier invoice {Invoice} was entered by the same person; somebody else decides about it.";
}

/// <summary>The hold ends otherwise: when the case is closed, when the goods come, or by another decision.</summary>
public sealed record HoldNotResolvedSo(InvoiceHoldId Hold, InvoiceHoldReason Reason, InvoiceHoldResolution Resolution) : DomainError
{
    public override string Message => $"A hold because of {Reason} is not resolved by {Resolution}.";
}

/// <summary>The difference is larger than one person may accept: a request for approval is the way.</summary>
public sealed record DifferenceNeedsApproval(InvoiceHoldId Hold, decimal Amount, decimal Limit, string Currency) : DomainError
{
    public override string Message => $"The difference of {Amount:0.####} {Currency} is above the limit of {Limit:0.####}: file a request for approval.";
}

/// <summary>Since it was approved something of it changed, or a case was opened: it was compared anew and waits.</summary>
public sealed record InvoiceChangedSinceApproval(SupplierInvoiceId Invoice, string What) : DomainError
{
    public override string Message => $"Supplier invoice {Invoice} is not as it was approved: {What}. Compare it again.";
}

/// <summary>Nothing of the invoice is to be paid, so there is nothing to decide or book.</summary>
public sealed record NothingPayable(SupplierInvoiceId Invoice) : DomainError
{
    public override string Message => $"Nothing of supplier invoice {Invoice} is payable.";
}

/// <summary>It happens only under the approval of others.</summary>
public sealed record InvoiceNeedsApproval(SupplierInvoiceId Invoice, string What) : DomainError
{
    public override string Message => $"{What} of supplier invoice {Invoice} is decided by a request for approval, not by hand.";
}
