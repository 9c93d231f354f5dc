using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>What one unit of a currency is worth in another, from a day until the next day that has a rate.</summary>
public sealed class ExchangeRate
{
    private ExchangeRate()
    {
    }

    public ExchangeRateId Id { get; private set; }

    public string FromCurrency { get; private set; } = string.Empty;

    public string ToCurrency { get; private set; } = string.Empty;

    public DateOnly ValidFrom { get; private set; }

    public decimal Rate { get; private set; }

    public string Source { get; private set; } = string.Empty;

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static ExchangeRate Create(ExchangeRateRecorded recorded, DateTimeOffset now) => new()
    {
        Id = recorded.Rate,
        FromCurrency = recorded.From,
        ToCurrency = recorded.To,
        ValidFrom = recorded.ValidFrom,
        Rate = recorded.Value,
        Source = recorded.Source,
        Version = 1,
        CreatedAt = now,
        UpdatedAt = now,
    };

    internal void Apply(ExchangeRateCorrected corrected, DateTimeOffset now)
    {
        Rate = corrected.Value;
        Source = corrected.Source;
        Version++;
        UpdatedAt = now;
    }

    internal static InvalidField? Check(decimal rate, string source) =>
        Field.Positive("value", rate, most: 1_000_000_000m, decimals: 10) ?? Field.Text("source", source, most: 100);
}

/// <summary>Notes what one currency is worth in another from a day on.</summary>
[Needs("finance.rates")]
[Refuses<InvalidField>, Refuses<CurrencyUnknown>, Refuses<ExchangeRateExists>]
public sealed record RecordExchangeRate(string From, string To, DateOnly ValidFrom, decimal Value, string Source)
    : ICommand<ExchangeRateRecorded>;

public sealed record ExchangeRateRecorded(
    ExchangeRateId Rate, string From, string To, DateOnly ValidFrom, decimal Value, string Source) : IEvent
{
    public Subject Subject => new(nameof(ExchangeRate), Rate.Value);
}

internal sealed class RecordExchangeRateHandler(PlatformDb db)
    : ICommandHandler<RecordExchangeRate, ExchangeRateRecorded>, IConstraintRefusals<RecordExchangeRate>
{
    public async Task<Result<ExchangeRateRecorded>> HandleAsync(
        RecordExchangeRate command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        foreach (var code in new[] { command.From, command.To })
        {
            if (await db.FindCurrencyAsync(code, ct) is not { Status: CurrencyStatus.Active })
            {
                return new CurrencyUnknown(code);
            }
        }

        if (await db.FindRateOfDayAsync(command.From, command.To, command.ValidFrom, ct) is { } existing)
        {
            return new ExchangeRateExists(command.From, command.To, command.ValidFrom, existing.Rate);
        }

        var recorded = new ExchangeRateRecorded(
            new ExchangeRateId(Guid.CreateVersion7(envelope.Now)), command.From, command.To, command.ValidFrom,
            command.Value, command.Source);
        db.Add(ExchangeRate.Create(recorded, envelope.Now));
        db.RegisterChange(
            new Changed(
                RecordKind.ExchangeRate, recorded.Rate.Value, FieldGroup.Terms, BaseVersion: 0, Before: null, recorded,
                Reason: null),
            envelope);
        db.Raise(recorded);
        return recorded;
    }

    public DomainError? RefusalFor(RecordExchangeRate command, string constraint) =>
        constraint == "exchange_rate_day"
            ? new ExchangeRateExists(command.From, command.To, command.ValidFrom, command.Value)
            : null;

    internal static InvalidField? Check(RecordExchangeRate command) =>
        CurrencyRule.Check("from", command.From)
        ?? CurrencyRule.Check("to", command.To)
        ?? (command.From == command.To ? Field.Invalid("to", "must be another currency", command.To) : null)
        ?? ExchangeRate.Check(command.Value, command.Source);
}

/// <summary>Mends a rate that was noted wrongly. What was posted with it stays as it was posted.</summary>
[Needs("finance.rates")]
[Refuses<InvalidField>, Refuses<ExchangeRateNotFound>, Refuses<StaleVersion>]
public sealed record CorrectExchangeRate(ExchangeRateId Rate, int Version, decimal Value, string Source, string Reason)
    : ICommand<ExchangeRateCorrected>, IReasoned;

public sealed record ExchangeRateCorrected(ExchangeRateId Rate, decimal Value, string Source, int Version, string Reason)
    : IEvent
{
    public Subject Subject => new(nameof(ExchangeRate), Rate.Value);
}

internal sealed class CorrectExchangeRateHandler(PlatformDb db)
    : ICommandHandler<CorrectExchangeRate, ExchangeRateCorrected>
{
    public async Task<Result<ExchangeRateCorrected>> HandleAsync(
        CorrectExchangeRate command, Envelope envelope, CancellationToken ct)
    {
        if ((ExchangeRate.Check(command.Value, command.Source) ?? Field.Text("reason", command.Reason, most: 500))
            is { } invalid)
        {
            return invalid;
        }

        var rate = await db.LockRateAsync(command.Rate, ct);
        if (rate is null)
        {
            return new ExchangeRateNotFound(command.Rate);
        }

        if (rate.Version != command.Version)
        {
            return new StaleVersion(nameof(ExchangeRate), rate.Id.Value, command.Version, rate.Version);
        }

        var corrected = new ExchangeRateCorrected(
            rate.Id, command.Value, command.Source, rate.Version + 1, command.Reason);
        db.RegisterChange(
            new Changed(
                RecordKind.ExchangeRate, rate.Id.Value, FieldGroup.Terms, rate.Version,
                new RateWas(rate.Rate, rate.Source), new RateWas(command.Value, command.Source), command.Reason),
            envelope);
        rate.Apply(corrected, envelope.Now);
        db.Raise(corrected);
        return corrected;
    }

    private sealed record RateWas(decimal Value, string Source);
}
