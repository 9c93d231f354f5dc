using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>The last local minute for goods to leave a warehouse the same day, with one carrier or with any (NET-06).</summary>
public sealed class CutOff
{
    private CutOff()
    {
    }

    public CutOffId Id { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    /// <summary>Null: for every carrier that has no row of its own.</summary>
    public PartnerId? CarrierId { get; private set; }

    /// <summary>The days on which the carrier collects; null when it comes whenever the warehouse works.</summary>
    public CalendarId? CalendarId { get; private set; }

    public TimeOnly LocalTime { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static CutOff Create(CutOffSet set, DateTimeOffset at)
    {
        var cutOff = new CutOff
        {
            Id = set.CutOff,
            WarehouseId = set.Warehouse,
            CarrierId = set.Carrier,
            CreatedAt = at,
        };
        cutOff.Apply(set, at);
        return cutOff;
    }

    internal void Apply(CutOffSet set, DateTimeOffset at)
    {
        CalendarId = set.Calendar;
        LocalTime = set.LocalTime;
        Version = set.Version;
        UpdatedAt = at;
    }
}

/// <summary>Sets until when goods leave a warehouse the same day. Version 0 says that there is no such cut-off yet.</summary>
[Needs("network.calendars")]
[Refuses<WarehouseNotFound>, Refuses<WarehouseIsRetired>, Refuses<PartnerNotFound>, Refuses<PartnerIsNoCarrier>]
[Refuses<CalendarNotFound>, Refuses<StaleVersion>]
public sealed record SetCutOff(
    WarehouseId Warehouse, PartnerId? Carrier, CalendarId? Calendar, TimeOnly LocalTime, int Version)
    : ICommand<CutOffSet>;

public sealed record CutOffSet(
    CutOffId CutOff, WarehouseId Warehouse, PartnerId? Carrier, CalendarId? Calendar, TimeOnly LocalTime, int Version)
    : IEvent
{
    public Subject Subject => new(nameof(Warehouses.CutOff), CutOff.Value);
}

internal sealed class SetCutOffHandler(PlatformDb db) : ICommandHandler<SetCutOff, CutOffSet>
{
    public async Task<Result<CutOffSet>> HandleAsync(SetCutOff command, Envelope envelope, CancellationToken ct)
    {
        // The warehouse's lock lets one cut-off at a time come to it, so that an existing one is seen.
        var warehouse = await db.LockWarehouseAsync(command.Warehouse, ct);
        if (warehouse is null)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        if (warehouse.Status == MasterStatus.Retired)
        {
            return new WarehouseIsRetired(warehouse.Id);
        }

        if (await RefuseCarrierAsync(command, ct) is { } refusal)
        {
            return refusal;
        }

        var cutOff = await db.FindCutOffAsync(warehouse.Id, command.Carrier, ct);
        if ((cutOff?.Version ?? 0) != command.Version)
        {
            return new StaleVersion(
                nameof(CutOff), cutOff?.Id.Value ?? Guid.Empty, command.Version, cutOff?.Version ?? 0);
        }

        var set = new CutOffSet(
            cutOff?.Id ?? new CutOffId(Guid.CreateVersion7(envelope.Now)), warehouse.Id, command.Carrier,
            command.Calendar, command.LocalTime, command.Version + 1);
        db.RegisterChange(
            new Changed(
                RecordKind.CutOff, set.CutOff.Value, FieldGroup.Setup, command.Version,
                cutOff is null ? null : new CutOffWas(cutOff.CalendarId, cutOff.LocalTime),
                new CutOffWas(command.Calendar, command.LocalTime), Reason: null),
            envelope);
        if (cutOff is null)
        {
            db.Add(CutOff.Create(set, envelope.Now));
        }
        else
        {
            cutOff.Apply(set, envelope.Now);
        }

        db.Raise(set);
        return set;
    }

    private async Task<DomainError?> RefuseCarrierAsync(SetCutOff command, CancellationToken ct)
    {
        if (command.Carrier is { } named)
        {
            var carrier = await db.SharePartnerAsync(named, ct);
            if (carrier is null)
            {
                return new PartnerNotFound(named);
            }

            if (!carrier.IsCarrier)
            {
                return new PartnerIsNoCarrier(named);
            }
        }

        return command.Calendar is { } calendar && !await db.CalendarExistsAsync(calendar, ct)
            ? new CalendarNotFound(calendar)
            : null;
    }

    private sealed record CutOffWas(CalendarId? Calendar, TimeOnly LocalTime);
}
