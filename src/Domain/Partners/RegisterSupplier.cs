using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>Makes a partner a candidate to buy from; orders wait for its approval.</summary>
[Needs("partners.suppliers")]
[Refuses<InvalidField>, Refuses<PartnerNotFound>, Refuses<PartnerNotActive>, Refuses<AlreadySupplier>]
[Refuses<CurrencyUnknown>, Refuses<AmountFinerThanCurrency>]
public sealed record RegisterSupplier(PartnerId Partner, SupplierTerms Terms) : ICommand<SupplierRegistered>;

public sealed record SupplierRegistered(SupplierId Supplier, SupplierTerms Terms) : IEvent
{
    public Subject Subject => new(nameof(Partner), Supplier.Value);
}

internal sealed class RegisterSupplierHandler(PlatformDb db) : ICommandHandler<RegisterSupplier, SupplierRegistered>
{
    public async Task<Result<SupplierRegistered>> HandleAsync(
        RegisterSupplier command, Envelope envelope, CancellationToken ct)
    {
        if (command.Terms.Check() is { } invalid)
        {
            return invalid;
        }

        var partner = await db.LockPartnerAsync(command.Partner, ct);
        if (partner is null)
        {
            return new PartnerNotFound(command.Partner);
        }

        var id = new SupplierId(partner.Id.Value);
        var existing = await db.FindSupplierAsync(id, ct);
        var currency = await db.FindCurrencyAsync(command.Terms.Currency, ct);
        if (Decide(command, partner, existing, currency) is { } refusal)
        {
            return refusal;
        }

        var registered = new SupplierRegistered(id, command.Terms);
        db.Add(Supplier.Create(registered, envelope.Now));
        db.RegisterChange(
            new Changed(
                RecordKind.Supplier, id.Value, FieldGroup.Terms, BaseVersion: 0, Before: null, command.Terms,
                Reason: null),
            envelope);
        db.Raise(registered);
        return registered;
    }

    internal static DomainError? Decide(
        RegisterSupplier command, Partner partner, Supplier? existing, KnownCurrency? currency)
    {
        if (partner.RefuseNew() is { } notActive)
        {
            return notActive;
        }

        return existing is null
            ? SupplierTermsRule.Refuse(command.Terms, currency)
            : new AlreadySupplier(partner.Id);
    }
}

internal static class SupplierTermsRule
{
    public static DomainError? Refuse(SupplierTerms terms, KnownCurrency? currency) =>
        currency is { Status: CurrencyStatus.Active }
            ? CurrencyRule.Refuse("minimumOrder", terms.MinimumOrder, currency)
            : new CurrencyUnknown(terms.Currency);
}
