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
