using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>Mends the dates of a lot: a label was misread, a laboratory extended the expiry.</summary>
[Needs("catalog.lots")]
[Refuses<InvalidField>, Refuses<LotNotFound>, Refuses<StaleVersion>, Refuses<ExpiryUnknown>]
public sealed record CorrectLotDates(
    LotId Lot, int Version, DateOnly? ManufacturedOn, DateOnly? ReceivedOn, DateOnly? ExpiresOn, string Reason)
    : ICommand<LotDatesCorrected>, IReasoned;

public sealed record LotDatesCorrected(LotId Lot, ItemId Item, LotDates Dates, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Lot), Lot.Value);
}

internal sealed class CorrectLotDatesHandler(PlatformDb db) : ICommandHandler<CorrectLotDates, LotDatesCorrected>
{
    public async Task<Result<LotDatesCorrected>> HandleAsync(
        CorrectLotDates command, Envelope envelope, CancellationToken ct)
    {
        var invalid = LotDates.Check("manufacturedOn", command.ManufacturedOn)
            ?? LotDates.Check("receivedOn", command.ReceivedOn)
            ?? LotDates.Check("expiresOn", command.ExpiresOn)
            ?? Field.Text("reason", command.Reason, most: 500);
        if (invalid is not null)
        {
            return invalid;
        }

        var lot = await db.LockLotAsync(command.Lot, ct);
        if (lot is null)
        {
            return new LotNotFound(command.Lot);
        }

        if (lot.Version != command.Version)
        {
            return new StaleVersion(nameof(Lot), lot.Id.Value, command.Version, lot.Version);
        }

        var item = await db.ShareItemAsync(lot.ItemId, ct);
        var derived = LotDates.Derive(
            lot.ItemId, item!.GetShelfLife(), command.ManufacturedOn, command.ReceivedOn, command.ExpiresOn);
        if (!derived.Succeeded(out var dates))
        {
            return derived.Error!;
        }

        db.RegisterChange(
            new Changed(
                RecordKind.Lot, lot.Id.Value, FieldGroup.Tracking, lot.Version, lot.Dates(), dates, command.Reason),
            envelope);
        lot.Apply(dates, envelope.Now);
        var corrected = new LotDatesCorrected(lot.Id, lot.ItemId, dates, lot.Version, command.Reason);
        db.Raise(corrected);
        return corrected;
    }
}
