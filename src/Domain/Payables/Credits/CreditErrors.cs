using Platform.Domain.Kernel;

namespace Platform.Domain.Payables.Credits;

public sealed record SupplierCreditNotFound(SupplierCreditId Credit) : DomainError
{
    public override string Message => $"There is no supplier credit {Credit}.";
}

public sealed record WrongCreditStatus(SupplierCreditId Credit, CreditStatus Status, CreditStep Step) : DomainError
{
    public override string Message => $"Supplier credit {Credit} is {Status}: there is no step {Step} from there.";
}

public sealed record InvoiceLineNotFound(SupplierInvoiceLineId Line) : DomainError
{
    public override string Message => $"There is no line {Line} of a posted invoice of this supplier.";
}

/// <summary>More is credited than the invoice line charged, with what was credited before.</summary>
public sealed record CreditBeyondInvoice(SupplierInvoiceLineId Line, decimal Charged, decimal Credited, decimal Asked) : DomainError
{
    public override string Message => $"Invoice line {Line} charged {Charged}, of which {Credited} is credited; {Asked} more is too much.";
}

/// <summary>Only goods that went back to a supplier are credited as such, once.</summary>
public sealed record NoReturnToCredit(long Movement) : DomainError
{
    public override string Message => $"Movement {Movement} sent nothing back to a supplier that waits for a credit.";
}

/// <summary>A credit is booked by the approval of it and by nothing else (FIN-09).</summary>
public sealed record CreditNeedsApproval(SupplierCreditId Credit) : DomainError
{
    public override string Message => $"Supplier credit {Credit} is booked by a request for approval, not by hand: submit it.";
}

/// <summary>Who drafted a credit does not book it.</summary>
public sealed record OwnCredit(SupplierCreditId Credit, Guid Person) : DomainError
{
    public override string Message => $"Supplier credit {Credit} was drafted by the same person; somebody else decides about it.";
}

/// <summary>A credit was booked against the invoice; taken back it would be credited for nothing.</summary>
public sealed record InvoiceWasCredited(SupplierInvoiceId Invoice) : DomainError
{
    public override string Message => $"A credit was booked against supplier invoice {Invoice}: it stays as it is.";
}

/// <summary>The credit is of another supplier, company or currency, or not open.</summary>
public sealed record CreditNotUsable(SupplierCreditId Credit) : DomainError
{
    public override string Message => $"Supplier credit {Credit} is no open credit of the same supplier, company and currency.";
}

/// <summary>Credits are deducted from what is paid, never more than that.</summary>
public sealed record CreditsBeyondInvoice(decimal Payable, decimal Credits) : DomainError
{
    public override string Message => $"Credits of {Credits} are more than the {Payable} that is payable.";
}
