using Platform.Domain.Kernel;

namespace Platform.Domain.Catalog;

/// <summary>Notes the numbers of units of a serial-tracked item: all of them, or none when one is taken.</summary>
[Needs("catalog.lots"), WithinRows]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<ItemNotUsable>, Refuses<ItemIsNotTrackedSo>]
[Refuses<LotNotFound>, Refuses<LotOfAnotherItem>, Refuses<SerialTaken>]
public sealed record RegisterSerials(ItemId Item, LotId? Lot, IReadOnlyList<string> Codes) : ICommand<SerialsRegistered>;

/// <summary>The serials in the order in which their codes were given.</summary>
public sealed record SerialsRegistered(ItemId Item, LotId? Lot, IReadOnlyList<SerialId> Serials);

internal sealed class RegisterSerialsHandler(PlatformDb db) : ICommandHandler<RegisterSerials, SerialsRegistered>
{
    private const int MostAtOnce = 1000;

    public async Task<Result<SerialsRegistered>> HandleAsync(
        RegisterSerials command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        // One registration at a time for an item, and one for all items of global scope: then a taken number is seen and
        // can be named, which a violated unique index could not.
        var item = await db.LockItemAsync(command.Item, ct);
        if (item is null)
        {
            return new ItemNotFound(command.Item);
        }

        if (item.SerialScope == SerialScope.Global)
        {
            await db.LockGlobalSerialsAsync(ct);
        }

        var lot = command.Lot is { } named ? await db.FindLotAsync(named, ct) : null;
        var taken = await db.FindTakenSerialsAsync(item, command.Codes, ct);
        if (Decide(command, item, lot, taken) is { } refusal)
        {
            return refusal;
        }

        var serials = command.Codes
            .Select(code => new SerialRegistered(
                new SerialId(Guid.CreateVersion7(envelope.Now)), item.Id, code, item.SerialScope!.Value, command.Lot))
            .ToList();
        foreach (var serial in serials)
        {
            db.Add(Serial.Create(serial, envelope.Now));
            db.Raise(serial);
        }

        return new SerialsRegistered(item.Id, command.Lot, serials.ConvertAll(serial => serial.Serial));
    }

    internal static InvalidField? Check(RegisterSerials command)
    {
        if (Field.Whole("codes", command.Codes.Count, least: 1, most: MostAtOnce) is { } wrongCount)
        {
            return wrongCount;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < command.Codes.Count; i++)
        {
            if (Field.Text($"codes[{i}]", command.Codes[i], most: 60) is { } invalid)
            {
                return invalid;
            }

            if (!seen.Add(command.Codes[i]))
            {
                return Field.Invalid($"codes[{i}]", "must not repeat an earlier one", command.Codes[i]);
            }
        }

        return null;
    }

    internal static DomainError? Decide(
        RegisterSerials command, Item item, Lot? lot, IReadOnlyList<TakenSerial> taken)
    {
        if (item.Refuse(ItemUse.Return) is { } notUsable)
        {
            return notUsable;
        }

        if (item.Tracking != Tracking.Serial)
        {
            return new ItemIsNotTrackedSo(item.Id, item.Tracking, Tracking.Serial);
        }

        if (command.Lot is { } named && lot is null)
        {
            return new LotNotFound(named);
        }

        if (lot is not null && lot.ItemId != item.Id)
        {
            return new LotOfAnotherItem(lot.Id, item.Id);
        }

        return taken.Count > 0
            ? new SerialTaken(taken[0].Code, item.SerialScope!.Value, taken[0].Item)
            : null;
    }
}

/// <summary>A number that names a unit already.</summary>
internal sealed record TakenSerial(string Code, ItemId Item);
