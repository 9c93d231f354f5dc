using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;

namespace Platform.Domain.Partners;

/// <summary>A currency that amounts may be in, with the digits of its smallest coin.</summary>
public sealed class KnownCurrency
{
    private KnownCurrency()
    {
    }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    public int Digits { get; private set; }

    public CurrencyStatus Status { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The value that money is made of.</summary>
    public Currency Value() => Currency.Create(Code, Digits).Value;

    internal static KnownCurrency Create(CurrencyAdded added) => new()
    {
        Code = added.Currency,
        Name = added.Name,
        Digits = added.Digits,
        Status = CurrencyStatus.Active,
        Version = 1,
        CreatedAt = added.At,
        UpdatedAt = added.At,
    };
}

public enum CurrencyStatus
{
    Active,
    Retired,
}

/// <summary>Adds a currency. Its digits never change: amounts are written with them.</summary>
[Needs("finance.currencies")]
[Refuses<InvalidField>, Refuses<CurrencyTaken>]
public sealed record AddCurrency(string Currency, string Name, int Digits) : ICommand<CurrencyAdded>;

public sealed record CurrencyAdded(string Currency, string Name, int Digits, DateTimeOffset At) : IEvent
{
    private static readonly Guid Register = new("00000000-0000-7000-8000-0000000000a3");

    /// <summary>Currencies are named by their code; they share one subject as one register.</summary>
    public Subject Subject => new("Currencies", Register);
}

internal sealed class AddCurrencyHandler(PlatformDb db)
    : ICommandHandler<AddCurrency, CurrencyAdded>, IConstraintRefusals<AddCurrency>
{
    public async Task<Result<CurrencyAdded>> HandleAsync(AddCurrency command, Envelope envelope, CancellationToken ct)
    {
        var result = Decide(command, await db.FindCurrencyAsync(command.Currency, ct), envelope.Now);
        if (result.Succeeded(out var added))
        {
            db.Add(KnownCurrency.Create(added));
            db.Raise(added);
        }

        return result;
    }

    public DomainError? RefusalFor(AddCurrency command, string constraint) =>
        constraint == "currency_pkey" ? new CurrencyTaken(command.Currency) : null;

    internal static Result<CurrencyAdded> Decide(AddCurrency command, KnownCurrency? existing, DateTimeOffset now)
    {
        var invalid = CurrencyRule.Check("currency", command.Currency)
            ?? Field.Text("name", command.Name, most: 100)
            ?? Field.Whole("digits", command.Digits, least: 0, most: Currency.MostDigits);
        if (invalid is not null)
        {
            return invalid;
        }

        return existing is null
            ? new CurrencyAdded(command.Currency, command.Name, command.Digits, now)
            : new CurrencyTaken(command.Currency);
    }
}

internal static class CurrencyRule
{
    public static InvalidField? Check(string field, string? code) =>
        code is { Length: 3 } && code.All(char.IsAsciiLetterUpper)
            ? null
            : Field.Invalid(field, "must be three capital letters (ISO 4217)", code);

    /// <summary>An amount of master data, such as a limit: in whole coins of its currency.</summary>
    public static DomainError? Refuse(string field, decimal? amount, KnownCurrency currency) =>
        amount is null || decimal.Round(amount.Value, currency.Digits) == amount
            ? null
            : new AmountFinerThanCurrency(field, amount.Value, currency.Code, currency.Digits);
}
