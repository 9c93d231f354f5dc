using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;

namespace Platform.Domain.Partners;

/// <summary>Turns money of one currency into another by the rate of a day.</summary>
public sealed class ExchangeRates(PlatformDb db)
{
    /// <summary>
    /// The amount at the newest rate on or before the day. A rate in the other direction serves as its inverse: banks
    /// quote a pair once.
    /// </summary>
    public async Task<Result<Money>> ConvertAsync(Money amount, Currency target, DateOnly day, CancellationToken ct)
    {
        if (amount.Currency == target)
        {
            return amount;
        }

        var rates = await db.FindNewestRatesAsync(amount.Currency.Code, target.Code, day, ct);
        return Convert(amount, target, day, rates);
    }

    /// <summary>
    /// What an amount is worth for a threshold, unrounded; null when nobody knows the rate, so that the caller says what
    /// that means.
    /// </summary>
    public async Task<decimal?> WorthAsync(decimal amount, string currency, string target, DateOnly day, CancellationToken ct)
    {
        if (currency == target)
        {
            return amount;
        }

        var rates = await db.FindNewestRatesAsync(currency, target, day, ct);
        return rates.MaxBy(rate => (rate.ValidFrom, rate.FromCurrency == currency)) switch
        {
            null => null,
            { } rate when rate.FromCurrency == currency => amount * rate.Rate,
            { } inverse => amount / inverse.Rate,
        };
    }

    internal static Result<Money> Convert(
        Money amount, Currency target, DateOnly day, IReadOnlyList<ExchangeRate> newestOfEachDirection)
    {
        var rate = newestOfEachDirection.MaxBy(rate => (rate.ValidFrom, rate.FromCurrency == amount.Currency.Code));
        if (rate is null)
        {
            return new NoExchangeRate(amount.Currency.Code, target.Code, day);
        }

        return Money.Round(
            rate.FromCurrency == amount.Currency.Code ? amount.Amount * rate.Rate : amount.Amount / rate.Rate, target);
    }
}
