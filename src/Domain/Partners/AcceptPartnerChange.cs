using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>The owner of the fields agrees to a change of a partner that another role asked for; it takes effect now.</summary>
[Needs("stewardship.decide")]
[Refuses<InvalidField>, Refuses<MasterChangeNotFound>, Refuses<ChangeAlreadyDecided>]
[Refuses<FieldGroupOwnedByAnother>, Refuses<OwnChangeRequest>, Refuses<ChangeOutdated>]
[Refuses<PartnerNotFound>, Refuses<SupplierNotFound>, Refuses<CustomerNotFound>]
[Refuses<PartnerNotActive>, Refuses<CurrencyUnknown>, Refuses<AmountFinerThanCurrency>]
public sealed record AcceptPartnerChange(MasterChangeId Change, string? Reason)
    : ICommand<PartnerChangeRecorded>, IReasoned;

internal sealed class AcceptPartnerChangeHandler(PlatformDb db)
    : ICommandHandler<AcceptPartnerChange, PartnerChangeRecorded>
{
    public async Task<Result<PartnerChangeRecorded>> HandleAsync(
        AcceptPartnerChange command, Envelope envelope, CancellationToken ct)
    {
        if (Field.OptionalText("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var request = await db.LockMasterChangeAsync(command.Change, ct);
        if (request?.RecordKind is not (RecordKind.Partner or RecordKind.Supplier or RecordKind.Customer))
        {
            return new MasterChangeNotFound(command.Change);
        }

        var owner = await db.FindFieldGroupOwnerAsync(request.RecordKind, request.FieldGroup, ct);
        if (ChangeDecision.Refuse(request, owner, envelope) is { } forbidden)
        {
            return forbidden;
        }

        var found = await db.LockPartnerRecordAsync(new PartnerId(request.RecordId), request.RecordKind, ct);
        if (!found.Succeeded(out var rows))
        {
            return found.Error!;
        }

        var (partner, record) = rows;
        if (ChangeRequests.IsOutdated(request, record.Current(request.FieldGroup)))
        {
            return new ChangeOutdated(request.Id, request.BaseVersion, record.Version);
        }

        var change = PartnerChange.Read(request.FieldGroup, request.After);
        var currency = await db.FindCurrencyAsync(PartnerRules.CurrencyOf(change), ct);
        if (PartnerRules.Refuse(partner, change, currency) is { } refusal)
        {
            return refusal;
        }

        record.Apply(change, envelope.Now);
        request.Apply(ChangeState.Accepted, envelope, command.Reason);
        var recorded = new PartnerChangeRecorded(
            partner.Id, request.RecordKind, request.Id, request.FieldGroup, request.State, record.Version);
        db.Raise(recorded);
        return recorded;
    }
}
