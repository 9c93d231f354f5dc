using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>
/// Replaces one field group of a partner, as such or as supplier or customer. From the role that owns the group it takes
/// effect; from another it becomes a request. The version is that of the record the group belongs to.
/// </summary>
[Needs("partners.write")]
[Refuses<InvalidField>, Refuses<PartnerNotFound>, Refuses<SupplierNotFound>, Refuses<CustomerNotFound>]
[Refuses<StaleVersion>, Refuses<PartnerNotActive>, Refuses<CurrencyUnknown>, Refuses<AmountFinerThanCurrency>]
public sealed record ChangePartner(PartnerId Partner, int Version, PartnerChange Change, string? Reason)
    : ICommand<PartnerChangeRecorded>, IReasoned;

/// <summary>A change of a partner took effect, or waits for the owner of the fields: <paramref name="State"/> says which.</summary>
public sealed record PartnerChangeRecorded(
    PartnerId Partner, RecordKind Record, MasterChangeId Change, FieldGroup Group, ChangeState State, int Version) : IEvent
{
    public Subject Subject => new(nameof(Partners.Partner), Partner.Value);
}

internal sealed class ChangePartnerHandler(PlatformDb db) : ICommandHandler<ChangePartner, PartnerChangeRecorded>
{
    public async Task<Result<PartnerChangeRecorded>> HandleAsync(
        ChangePartner command, Envelope envelope, CancellationToken ct)
    {
        if ((command.Change.Check() ?? Field.OptionalText("reason", command.Reason, most: 500)) is { } invalid)
        {
            return invalid;
        }

        var found = await db.LockPartnerRecordAsync(command.Partner, command.Change.Kind, ct);
        if (!found.Succeeded(out var rows))
        {
            return found.Error!;
        }

        var (partner, record) = rows;
        if (record.Version != command.Version)
        {
            return new StaleVersion(
                command.Change.Kind.ToString(), command.Partner.Value, command.Version, record.Version);
        }

        var currency = await db.FindCurrencyAsync(PartnerRules.CurrencyOf(command.Change), ct);
        if (PartnerRules.Refuse(partner, command.Change, currency) is { } refusal)
        {
            return refusal;
        }

        var group = command.Change.Group;
        var register = await db.RegisterOwnedChangeAsync(
            new Changed(
                command.Change.Kind, command.Partner.Value, group, record.Version, record.Current(group),
                command.Change, command.Reason),
            envelope,
            ct);
        if (register.State == ChangeState.Applied)
        {
            record.Apply(command.Change, envelope.Now);
        }

        var recorded = new PartnerChangeRecorded(
            command.Partner, command.Change.Kind, register.Id, group, register.State, record.Version);
        db.Raise(recorded);
        return recorded;
    }
}

/// <summary>What a partner's record may become.</summary>
internal static class PartnerRules
{
    public static DomainError? Refuse(Partner partner, PartnerChange change, KnownCurrency? currency)
    {
        if (partner.Status == MasterStatus.Retired)
        {
            return new PartnerNotActive(partner.Id, partner.Status);
        }

        return change switch
        {
            SupplierTerms terms => SupplierTermsRule.Refuse(terms, currency),
            CustomerCredit credit => CustomerCreditRule.Refuse(credit, currency),
            _ => null,
        };
    }

    public static string? CurrencyOf(PartnerChange change) => change switch
    {
        SupplierTerms terms => terms.Currency,
        CustomerCredit credit => credit.Currency,
        _ => null,
    };
}
