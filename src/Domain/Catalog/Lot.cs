using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Catalog;

public enum LotStatus
{
    Open,
    Blocked,
}

/// <summary>The dates of a lot; what is not given follows from the item's shelf life (CAT-10).</summary>
public sealed record LotDates(
    DateOnly? ManufacturedOn,
    DateOnly? ReceivedOn,
    DateOnly? ExpiresOn,
    DateOnly? UseByOn,
    DateOnly? RemovalOn,
    DateOnly? AlertOn)
{
    /// <summary>A printed expiry date counts before a calculated one: the producer knows the batch.</summary>
    internal static Result<LotDates> Derive(
        ItemId item, ShelfLife? life, DateOnly? manufacturedOn, DateOnly? receivedOn, DateOnly? expiresOn)
    {
        if (manufacturedOn > receivedOn)
        {
            return Field.Invalid("manufacturedOn", "must not be after receivedOn", $"{manufacturedOn:O}");
        }

        if (expiresOn < manufacturedOn)
        {
            return Field.Invalid("expiresOn", "must not be before manufacturedOn", $"{expiresOn:O}");
        }

        if (life is null)
        {
            return new LotDates(
                manufacturedOn, receivedOn, expiresOn, UseByOn: null, RemovalOn: null, AlertOn: null);
        }

        var start = life.From == ShelfLifeStart.Production ? manufacturedOn : receivedOn;
        if (expiresOn is null && start is null)
        {
            return new ExpiryUnknown(item, life.From);
        }

        var end = expiresOn ?? start!.Value.AddDays(life.Days);
        return new LotDates(
            manufacturedOn, receivedOn, end, end.AddDays(-life.UseByDays), end.AddDays(-life.RemovalDays),
            end.AddDays(-life.AlertDays));
    }

    /// <summary>Far dates are typing errors, and they would leave the calendar when days are added.</summary>
    internal static InvalidField? Check(string field, DateOnly? day) =>
        day is null || (day.Value.Year >= 1980 && day.Value.Year <= 2200)
            ? null
            : Field.Invalid(field, "must lie between 1980 and 2200", $"{day:O}");
}

/// <summary>Units of an item that were made together and share their dates and their fate.</summary>
public sealed class Lot
{
    private Lot()
    {
    }

    public LotId Id { get; private set; }

    public ItemId ItemId { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public SupplierId? SupplierId { get; private set; }

    public string? SupplierLot { get; private set; }

    public DateOnly? ManufacturedOn { get; private set; }

    public DateOnly? ReceivedOn { get; private set; }

    public DateOnly? ExpiresOn { get; private set; }

    public DateOnly? UseByOn { get; private set; }

    public DateOnly? RemovalOn { get; private set; }

    public DateOnly? AlertOn { get; private set; }

    public string? CountryOfOrigin { get; private set; }

    public LotStatus Status { get; private set; }

    public string? BlockReason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal LotDates Dates() => new(ManufacturedOn, ReceivedOn, ExpiresOn, UseByOn, RemovalOn, AlertOn);

    internal static Lot Create(LotRegistered registered)
    {
        var lot = new Lot
        {
            Id = registered.Lot,
            ItemId = registered.Item,
            Code = registered.Code,
            SupplierId = registered.Supplier,
            SupplierLot = registered.SupplierLot,
            CountryOfOrigin = registered.CountryOfOrigin,
            Status = LotStatus.Open,
            CreatedAt = registered.At,
        };
        lot.Apply(registered.Dates, registered.At);
        return lot;
    }

    internal void Apply(LotDates dates, DateTimeOffset at)
    {
        (ManufacturedOn, ReceivedOn, ExpiresOn, UseByOn, RemovalOn, AlertOn) = dates;
        Version++;
        UpdatedAt = at;
    }

    internal void Block(string reason, DateTimeOffset at)
    {
        Status = LotStatus.Blocked;
        BlockReason = reason;
        Version++;
        UpdatedAt = at;
    }

    internal void Unblock(DateTimeOffset at)
    {
        Status = LotStatus.Open;
        BlockReason = null;
        Version++;
        UpdatedAt = at;
    }
}
