using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>Opens a lot of a tracked item, with its dates.</summary>
[Needs("catalog.lots"), WithinRows]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<ItemNotUsable>, Refuses<ItemIsNotTrackedSo>]
[Refuses<SupplierNotFound>, Refuses<LotExists>, Refuses<ExpiryUnknown>]
public sealed record RegisterLot(
    ItemId Item,
    string Code,
    SupplierId? Supplier,
    string? SupplierLot,
    DateOnly? ManufacturedOn,
    DateOnly? ReceivedOn,
    DateOnly? ExpiresOn,
    string? CountryOfOrigin) : ICommand<LotRegistered>;

public sealed record LotRegistered(
    LotId Lot,
    ItemId Item,
    string Code,
    SupplierId? Supplier,
    string? SupplierLot,
    LotDates Dates,
    string? CountryOfOrigin,
    DateTimeOffset At) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Lot), Lot.Value);
}

internal sealed class RegisterLotHandler(PlatformDb db)
    : ICommandHandler<RegisterLot, LotRegistered>, IConstraintRefusals<RegisterLot>
{
    public async Task<Result<LotRegistered>> HandleAsync(RegisterLot command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        // Shared, so that tracking and shelf life stay as they are read, and lots of one item register side by side.
        var item = await db.ShareItemAsync(command.Item, ct);
        if (item is null)
        {
            return new ItemNotFound(command.Item);
        }

        if (command.Supplier is { } supplier && await db.FindSupplierAsync(supplier, ct) is null)
        {
            return new SupplierNotFound(supplier);
        }

        var existing = await db.FindLotAsync(command.Item, command.Code, ct);
        var result = Decide(command, new LotId(Guid.CreateVersion7(envelope.Now)), item, existing, envelope.Now);
        if (result.Succeeded(out var registered))
        {
            db.Add(Lot.Create(registered));
            db.RegisterChange(
                new Changed(
                    RecordKind.Lot, registered.Lot.Value, FieldGroup.Identity, BaseVersion: 0, Before: null,
                    registered, Reason: null),
                envelope);
            db.Raise(registered);
        }

        return result;
    }

    public DomainError? RefusalFor(RegisterLot command, string constraint) =>
        constraint == "lot_once" ? new LotExists(command.Item, command.Code) : null;

    internal static InvalidField? Check(RegisterLot command) =>
        Field.Text("code", command.Code, most: 60)
        ?? Field.OptionalText("supplierLot", command.SupplierLot, most: 60)
        ?? Field.OptionalCountry("countryOfOrigin", command.CountryOfOrigin)
        ?? LotDates.Check("manufacturedOn", command.ManufacturedOn)
        ?? LotDates.Check("receivedOn", command.ReceivedOn)
        ?? LotDates.Check("expiresOn", command.ExpiresOn);

    internal static Result<LotRegistered> Decide(
        RegisterLot command, LotId id, Item item, Lot? existing, DateTimeOffset now)
    {
        // A blocked item still comes back from customers, and its lots must be named.
        if (item.Refuse(ItemUse.Return) is { } notUsable)
        {
            return notUsable;
        }

        if (item.Tracking == Tracking.None)
        {
            return new ItemIsNotTrackedSo(item.Id, item.Tracking, Tracking.Lot);
        }

        if (existing is not null)
        {
            return new LotExists(item.Id, command.Code);
        }

        var dates = LotDates.Derive(
            item.Id, item.GetShelfLife(), command.ManufacturedOn, command.ReceivedOn, command.ExpiresOn);
        return dates.Succeeded(out var derived)
            ? new LotRegistered(
                id, item.Id, command.Code, command.Supplier, command.SupplierLot, derived, command.CountryOfOrigin, now)
            : dates.Error!;
    }
}
