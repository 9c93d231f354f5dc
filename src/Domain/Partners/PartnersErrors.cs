using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

public sealed record CurrencyUnknown(string Currency) : DomainError
{
    public override string Message => $"There is no currency {Currency} in use.";
}

public sealed record CurrencyTaken(string Currency) : DomainError
{
    public override string Message => $"There is already a currency {Currency}.";
}

/// <summary>More decimals than the currency has coins for.</summary>
public sealed record AmountFinerThanCurrency(string Field, decimal Amount, string Currency, int Digits) : DomainError
{
    public override string Message => $"{Field} of {Amount} is finer than {Currency}, which has {Digits} digits.";
}

public sealed record ExchangeRateExists(string From, string To, DateOnly ValidFrom, decimal Rate) : DomainError
{
    public override string Message => $"From {ValidFrom:O} one {From} is already {Rate} {To}; correct that rate instead.";
}

public sealed record ExchangeRateNotFound(ExchangeRateId Rate) : DomainError
{
    public override string Message => $"There is no exchange rate {Rate}.";
}

/// <summary>No rate is known on or before that day, in neither direction.</summary>
public sealed record NoExchangeRate(string From, string To, DateOnly Day) : DomainError
{
    public override string Message => $"No rate from {From} to {To} is known on {Day:O}.";
}

public sealed record LegalEntityNotFound(LegalEntityId LegalEntity) : DomainError
{
    public override string Message => $"There is no legal entity {LegalEntity}.";
}

public sealed record LegalEntityCodeTaken(string LegalEntityCode) : DomainError
{
    public override string Message => $"There is already a legal entity {LegalEntityCode}.";
}

public sealed record LegalEntityNotActive(LegalEntityId LegalEntity, MasterStatus Status) : DomainError
{
    public override string Message => $"Legal entity {LegalEntity} is {Status}; nothing new begins there.";
}

public sealed record PartnerNotFound(PartnerId Partner) : DomainError
{
    public override string Message => $"There is no partner {Partner}.";
}

public sealed record PartnerCodeTaken(string PartnerCode) : DomainError
{
    public override string Message => $"There is already a partner {PartnerCode}.";
}

public sealed record PartnerNotActive(PartnerId Partner, MasterStatus Status) : DomainError
{
    public override string Message => $"Partner {Partner} is {Status}; nothing new begins with it.";
}

public sealed record SupplierNotFound(SupplierId Supplier) : DomainError
{
    public override string Message => $"There is no supplier {Supplier}.";
}

public sealed record AlreadySupplier(PartnerId Partner) : DomainError
{
    public override string Message => $"Partner {Partner} is a supplier already.";
}

/// <summary>CAT-14: the step does not lead on from where the supplier stands.</summary>
public sealed record WrongOnboarding(SupplierId Supplier, Onboarding State, OnboardingStep Step) : DomainError
{
    public override string Message => $"Supplier {Supplier} is {State}: there is no step {Step} from there.";
}

/// <summary>CAT-14: only an approved supplier is given orders.</summary>
public sealed record SupplierNotApproved(SupplierId Supplier, Onboarding State) : DomainError
{
    public override string Message => $"Supplier {Supplier} is {State}; only approved suppliers are given orders.";
}

public sealed record CustomerNotFound(CustomerId Customer) : DomainError
{
    public override string Message => $"There is no customer {Customer}.";
}

public sealed record AlreadyCustomer(PartnerId Partner) : DomainError
{
    public override string Message => $"Partner {Partner} is a customer already.";
}

/// <summary>CAT-17: finance stopped the customer's credit.</summary>
public sealed record CustomerOnCreditHold(CustomerId Customer, string Reason) : DomainError
{
    public override string Message => $"Customer {Customer} is on credit hold: {Reason}";
}

public sealed record CustomerNotOnHold(CustomerId Customer) : DomainError
{
    public override string Message => $"Customer {Customer} is not on credit hold.";
}

public sealed record OwnerNotFound(OwnerId Owner) : DomainError
{
    public override string Message => $"There is no owner {Owner}.";
}

public sealed record OwnerExists(OwnerId Owner) : DomainError
{
    public override string Message => $"This owner exists already: {Owner}.";
}

/// <summary>Our own owner comes and goes with its legal entity; consigned goods name the partner they belong to or lie at.</summary>
public sealed record OwnOwnerIsFixed(LegalEntityId LegalEntity) : DomainError
{
    public override string Message => $"Legal entity {LegalEntity} owns its goods itself; that owner is neither made nor retired.";
}

public sealed record OwnerIsRetired(OwnerId Owner) : DomainError
{
    public override string Message => $"Owner {Owner} is retired.";
}

/// <summary>Consigned goods come from a supplier; customers own goods kept for them.</summary>
public sealed record OwnerNeedsRole(PartnerId Partner, OwnerKind Kind) : DomainError
{
    public override string Message => $"Partner {Partner} is neither supplier nor customer as {Kind} needs.";
}
