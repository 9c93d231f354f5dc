using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>Makes a partner somebody we sell to.</summary>
[Needs("partners.customers")]
[Refuses<InvalidField>, Refuses<PartnerNotFound>, Refuses<PartnerNotActive>, Refuses<AlreadyCustomer>]
[Refuses<CurrencyUnknown>, Refuses<AmountFinerThanCurrency>]
public sealed record RegisterCustomer(PartnerId Partner, CustomerService Service, CustomerCredit Credit)
    : ICommand<CustomerRegistered>;

public sealed record CustomerRegistered(CustomerId Customer, CustomerService Service, CustomerCredit Credit) : IEvent
{
    public Subject Subject => new(nameof(Partner), Customer.Value);
}

internal sealed class RegisterCustomerHandler(PlatformDb db) : ICommandHandler<RegisterCustomer, CustomerRegistered>
{
    public async Task<Result<CustomerRegistered>> HandleAsync(
        RegisterCustomer command, Envelope envelope, CancellationToken ct)
    {
        if ((command.Service.Check() ?? command.Credit.Check()) is { } invalid)
        {
            return invalid;
        }

        var partner = await db.LockPartnerAsync(command.Partner, ct);
        if (partner is null)
        {
            return new PartnerNotFound(command.Partner);
        }

        var id = new CustomerId(partner.Id.Value);
        var existing = await db.LockCustomerAsync(id, ct);
        var currency = await db.FindCurrencyAsync(command.Credit.Currency, ct);
        if (Decide(command, partner, existing, currency) is { } refusal)
        {
            return refusal;
        }

        var registered = new CustomerRegistered(id, command.Service, command.Credit);
        db.Add(Customer.Create(registered, envelope.Now));
        db.RegisterChange(
            new Changed(
                RecordKind.Customer, id.Value, FieldGroup.Service, BaseVersion: 0, Before: null, registered,
                Reason: null),
            envelope);
        db.Raise(registered);
        return registered;
    }

    internal static DomainError? Decide(
        RegisterCustomer command, Partner partner, Customer? existing, KnownCurrency? currency)
    {
        if (partner.RefuseNew() is { } notActive)
        {
            return notActive;
        }

        return existing is null
            ? CustomerCreditRule.Refuse(command.Credit, currency)
            : new AlreadyCustomer(partner.Id);
    }
}

internal static class CustomerCreditRule
{
    public static DomainError? Refuse(CustomerCredit credit, KnownCurrency? currency) =>
        currency is { Status: CurrencyStatus.Active }
            ? CurrencyRule.Refuse("creditLimit", credit.CreditLimit, currency)
            : new CurrencyUnknown(credit.Currency);
}
