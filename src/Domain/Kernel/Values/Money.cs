namespace Platform.Domain.Kernel.Values;

/// <summary>An amount of a currency, never finer than its smallest coin.</summary>
public sealed record Money
{
    /// <summary>numeric(19,4): fifteen digits before the point.</summary>
    public const decimal Limit = 1_000_000_000_000_000m;

    private Money(decimal amount, Currency currency)
    {
        Amount = amount;
        Currency = currency;
    }

    public decimal Amount { get; }

    public Currency Currency { get; }

    public static Money operator +(Money left, Money right) => left.Plus(right);

    public static Money operator -(Money left, Money right) => left.Plus(-right);

    public static Money operator -(Money money) => new(-money.Amount, money.Currency);

    public static Money Zero(Currency currency) => new(0m, currency);

    /// <summary>An amount that is already exact; anything finer is refused, not silently rounded.</summary>
    public static Result<Money> Create(decimal amount, Currency currency)
    {
        if (decimal.Abs(amount) >= Limit)
        {
            return new AmountOutOfRange(amount, currency.Code);
        }

        return Rounding.HalfUp(amount, currency.Digits) == amount
            ? new Money(amount, currency)
            : new AmountTooFine(amount, currency.Code, currency.Digits);
    }

    /// <summary>The nearest amount that can be paid.</summary>
    public static Result<Money> Round(decimal amount, Currency currency)
    {
        // The limit first: rounding an amount that is out of range is pointless.
        return decimal.Abs(amount) >= Limit
            ? new AmountOutOfRange(amount, currency.Code)
            : Create(Rounding.HalfUp(amount, currency.Digits), currency);
    }

    public override string ToString() => $"{Amount} {Currency.Code}";

    private Money Plus(Money other)
    {
        if (other.Currency != Currency)
        {
            throw new InvalidOperationException($"{this} and {other} are in different currencies.");
        }

        var sum = Amount + other.Amount;
        return decimal.Abs(sum) < Limit ? new Money(sum, Currency) : throw new OverflowException($"{sum} {Currency}");
    }
}
