using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Purchasing;

/// <summary>Where a lead time is known from.</summary>
public enum LeadTimeSource
{
    Agreed,
    Observed,
    Estimated,
}

/// <summary>From this quantity on, one base unit costs this.</summary>
public sealed record PriceBreak(decimal From, decimal UnitPrice);

/// <summary>What a supplier delivers an item for, how fast and in which quantities, in base units (CAT-15).</summary>
/// <param name="LeadTimeDays">Mean days from order to arrival.</param>
/// <param name="LeadTimeSpreadDays">Their standard deviation.</param>
/// <param name="LeadTimeSource">Where both are known from.</param>
/// <param name="Currency">The currency of the prices.</param>
/// <param name="UnitPrice">What one base unit costs.</param>
/// <param name="PriceBreaks">Cheaper from a quantity on, rising.</param>
/// <param name="MinimumQuantity">The least that is delivered.</param>
/// <param name="Multiple">What is delivered comes in multiples of this.</param>
/// <param name="OverPercent">How much more may come.</param>
/// <param name="UnderPercent">How much less may come without a word.</param>
/// <param name="FillRatePercent">How much of what is ordered the supplier undertakes to deliver.</param>
public sealed record ItemTerms(
    decimal LeadTimeDays,
    decimal LeadTimeSpreadDays,
    LeadTimeSource LeadTimeSource,
    string Currency,
    decimal UnitPrice,
    IReadOnlyList<PriceBreak> PriceBreaks,
    decimal? MinimumQuantity,
    decimal? Multiple,
    decimal OverPercent,
    decimal UnderPercent,
    decimal? FillRatePercent)
{
    private const decimal MostQuantity = 1_000_000_000m;

    internal InvalidField? Check() =>
        Within("terms.leadTimeDays", LeadTimeDays, most: 730m)
        ?? Within("terms.leadTimeSpreadDays", LeadTimeSpreadDays, most: 730m)
        ?? Field.Known<LeadTimeSource>("terms.leadTimeSource", LeadTimeSource)
        ?? (UnitPrice == 0m ? null : Field.Positive("terms.unitPrice", UnitPrice, MostQuantity, decimals: 6))
        ?? Field.Positive("terms.minimumQuantity", MinimumQuantity, MostQuantity, decimals: 6)
        ?? Field.Positive("terms.multiple", Multiple, MostQuantity, decimals: 6)
        ?? Within("terms.overPercent", OverPercent, most: 100m)
        ?? Within("terms.underPercent", UnderPercent, most: 100m)
        ?? Within("terms.fillRatePercent", FillRatePercent ?? 0m, most: 100m)
        ?? CheckBreaks();

    private static InvalidField? Within(string field, decimal value, decimal most) =>
        value == 0m ? null : Field.Positive(field, value, most, decimals: 4);

    private InvalidField? CheckBreaks()
    {
        if (Field.Whole("terms.priceBreaks", PriceBreaks.Count, least: 0, most: 20) is { } tooMany)
        {
            return tooMany;
        }

        for (var at = 0; at < PriceBreaks.Count; at++)
        {
            var invalid = Field.Positive($"terms.priceBreaks.{at}.from", PriceBreaks[at].From, MostQuantity, decimals: 6)
                ?? Field.Positive($"terms.priceBreaks.{at}.unitPrice", PriceBreaks[at].UnitPrice, MostQuantity, decimals: 6)
                ?? (at > 0 && PriceBreaks[at].From <= PriceBreaks[at - 1].From
                    ? Field.Invalid($"terms.priceBreaks.{at}.from", "must be more than the one before", null)
                    : null);
            if (invalid is not null)
            {
                return invalid;
            }
        }

        return null;
    }
}

/// <summary>One version of a supplier's terms for an item; a later one replaces it from its day on, nobody changes it.</summary>
public sealed class SupplierItemTerms
{
    private SupplierItemTerms()
    {
    }

    public SupplierItemTermsId Id { get; private set; }

    public SupplierId SupplierId { get; private set; }

    public ItemId ItemId { get; private set; }

    /// <summary>Counts the versions.</summary>
    public int Number { get; private set; }

    /// <summary>From when on it holds, until the next one does.</summary>
    public DateOnly ValidFrom { get; private set; }

    public decimal LeadTimeDays { get; private set; }

    /// <summary>The standard deviation of the lead time.</summary>
    public decimal LeadTimeSpreadDays { get; private set; }

    public LeadTimeSource LeadTimeSource { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    public decimal UnitPrice { get; private set; }

    /// <summary>Cheaper from a quantity on, as JSON.</summary>
    public string PriceBreaks { get; private set; } = "[]";

    public decimal? MinimumQuantity { get; private set; }

    public decimal? Multiple { get; private set; }

    public decimal OverPercent { get; private set; }

    public decimal UnderPercent { get; private set; }

    public decimal? FillRatePercent { get; private set; }

    public Guid AgreedBy { get; private set; }

    public DateTimeOffset AgreedAt { get; private set; }

    /// <summary>What one base unit costs when so many are bought.</summary>
    public decimal PriceOf(decimal quantity) =>
        JsonSerializer.Deserialize<IReadOnlyList<PriceBreak>>(PriceBreaks, KernelJson.Options)!
            .LastOrDefault(one => one.From <= quantity)?.UnitPrice ?? UnitPrice;

    internal static SupplierItemTerms Of(SupplierItemTermsId id, int number, AgreeItemTerms agreed, Envelope envelope) => new()
    {
        Id = id,
        SupplierId = agreed.Supplier,
        ItemId = agreed.Item,
        Number = number,
        ValidFrom = agreed.ValidFrom,
        LeadTimeDays = agreed.Terms.LeadTimeDays,
        LeadTimeSpreadDays = agreed.Terms.LeadTimeSpreadDays,
        LeadTimeSource = agreed.Terms.LeadTimeSource,
        CurrencyCode = agreed.Terms.Currency,
        UnitPrice = agreed.Terms.UnitPrice,
        PriceBreaks = JsonSerializer.Serialize(agreed.Terms.PriceBreaks, KernelJson.Options),
        MinimumQuantity = agreed.Terms.MinimumQuantity,
        Multiple = agreed.Terms.Multiple,
        OverPercent = agreed.Terms.OverPercent,
        UnderPercent = agreed.Terms.UnderPercent,
        FillRatePercent = agreed.Terms.FillRatePercent,
        AgreedBy = envelope.Actor.Id,
        AgreedAt = envelope.Now,
    };
}

/// <summary>Writes down what was agreed with a supplier about an item, from a day on; what held before stays on record.</summary>
/// <param name="Supplier">The supplier.</param>
/// <param name="Item">The item.</param>
/// <param name="Number">The version that was seen last; 0 when there is none.</param>
/// <param name="ValidFrom">From when on it holds.</param>
/// <param name="Terms">What was agreed.</param>
[Needs("purchasing.terms")]
[Refuses<InvalidField>, Refuses<SupplierNotFound>, Refuses<ItemNotFound>, Refuses<CurrencyUnknown>, Refuses<StaleVersion>]
public sealed record AgreeItemTerms(SupplierId Supplier, ItemId Item, int Number, DateOnly ValidFrom, ItemTerms Terms)
    : ICommand<ItemTermsAgreed>;

public sealed record ItemTermsAgreed(
    SupplierItemTermsId ItemTerms, SupplierId Supplier, ItemId Item, int Number, DateOnly ValidFrom, decimal LeadTimeDays, decimal UnitPrice,
    string Currency) : IEvent
{
    public Subject Subject => new(nameof(SupplierItemTerms), ItemTerms.Value);
}

internal sealed class AgreeItemTermsHandler(PlatformDb db) : ICommandHandler<AgreeItemTerms, ItemTermsAgreed>
{
    public async Task<Result<ItemTermsAgreed>> HandleAsync(AgreeItemTerms command, Envelope envelope, CancellationToken ct)
    {
        if (command.Terms.Check() is { } invalid)
        {
            return invalid;
        }

        if (await db.FindSupplierAsync(command.Supplier, ct) is null)
        {
            return new SupplierNotFound(command.Supplier);
        }

        if (!await db.Set<Item>().AnyAsync(item => item.Id == command.Item, ct))
        {
            return new ItemNotFound(command.Item);
        }

        if (await db.FindCurrencyAsync(command.Terms.Currency, ct) is not { Status: CurrencyStatus.Active })
        {
            return new CurrencyUnknown(command.Terms.Currency);
        }

        var newest = await db.LockNewestTermsAsync(command.Supplier, command.Item, ct);
        if (newest?.Number is var number && (number ?? 0) != command.Number)
        {
            return new StaleVersion(nameof(SupplierItemTerms), newest?.Id.Value ?? command.Item.Value, command.Number, number ?? 0);
        }

        var id = new SupplierItemTermsId(Guid.CreateVersion7(envelope.Now));
        db.Add(SupplierItemTerms.Of(id, command.Number + 1, command, envelope));
        var agreed = new ItemTermsAgreed(
            id, command.Supplier, command.Item, command.Number + 1, command.ValidFrom, command.Terms.LeadTimeDays, command.Terms.UnitPrice,
            command.Terms.Currency);
        db.Raise(agreed);
        return agreed;
    }
}
