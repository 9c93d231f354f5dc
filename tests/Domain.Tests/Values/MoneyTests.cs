using FsCheck;
using FsCheck.Fluent;
using Platform.Domain.Kernel.Values;

namespace Platform.Tests.Domain.Values;

public sealed class MoneyTests
{
    private static readonly Currency Yen = Currency.Create("JPY", 0).Value;
    private static readonly Currency Euro = Currency.Create("EUR", 2).Value;
    private static readonly Currency Dinar = Currency.Create("KWD", 3).Value;

    [Theory]
    //          amount      JPY    EUR      KWD
    [InlineData("2.5",      "3",   "2.50",  "2.500")]
    [InlineData("2.345",    "2",   "2.35",  "2.345")]
    [InlineData("-2.345",   "-2",  "-2.35", "-2.345")] // a reversal mirrors what it reverses
    [InlineData("0.00049",  "0",   "0",     "0")]
    [InlineData("0.0005",   "0",   "0",     "0.001")]
    public void Money_rounds_a_half_away_from_zero_at_the_digits_of_its_currency(
        string amount, string yen, string euro, string dinar)
    {
        Money.Round(Parse(amount), Yen).Value.Amount.ShouldBe(Parse(yen));
        Money.Round(Parse(amount), Euro).Value.Amount.ShouldBe(Parse(euro));
        Money.Round(Parse(amount), Dinar).Value.Amount.ShouldBe(Parse(dinar));
    }

    [Fact]
    public void Illegal_money_cannot_be_made()
    {
        Money.Create(0.5m, Yen).Error.ShouldBe(new AmountTooFine(0.5m, "JPY", 0));
        Money.Create(Money.Limit, Euro).Error.ShouldBe(new AmountOutOfRange(Money.Limit, "EUR"));
        Money.Round(decimal.MaxValue, Euro).Error.ShouldBe(new AmountOutOfRange(decimal.MaxValue, "EUR"));
        Currency.Create("eur", 2).Error.ShouldBe(new CurrencyNotValid("eur", 2));
        Currency.Create("EUR", 5).Error.ShouldBe(new CurrencyNotValid("EUR", 5));
        UnitCost.Create(-0.01m, Euro).Error.ShouldBe(new UnitCostNotValid(-0.01m, "EUR"));
        UnitCost.Create(0.00000000001m, Euro).Error.ShouldBe(new UnitCostNotValid(0.00000000001m, "EUR"));
    }

    [Fact]
    public void Different_currencies_do_not_add() =>
        Should.Throw<InvalidOperationException>(() => Money.Zero(Euro) + Money.Zero(Yen));

    [Fact]
    public void A_cost_of_a_fraction_of_a_cent_is_rounded_only_for_the_whole_quantity() =>
        UnitCost.Create(0.0015m, Euro).Value.Of(1000m).Value.Amount.ShouldBe(1.50m);

    [Fact]
    public void A_hundred_shared_by_three_gives_the_odd_cent_to_the_first() =>
        Rounding.Share(100m, [1m, 1m, 1m], 2).ShouldBe([33.34m, 33.33m, 33.33m]);

    [Fact]
    public void Shares_add_up_to_the_coin_and_never_change_sign() =>
        Prop.ForAll<int, NonEmptyArray<NonNegativeInt>>((cents, weights) =>
        {
            var shares = weights.Get.Select(weight => (decimal)weight.Get).ToArray();
            if (shares.Sum() == 0m)
            {
                return true;
            }

            var total = cents / 100m;
            var parts = Rounding.Share(total, shares, 2);
            return parts.Sum() == total
                && parts.All(part => part * total >= 0m)
                && parts.Zip(shares).All(pair => pair.Second > 0m || pair.First == 0m)
                && parts.Zip(shares).All(pair =>
                    decimal.Abs(pair.First - (total * pair.Second / shares.Sum())) < 0.01m + 1E-20m);
        }).QuickCheckThrowOnFailure();

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
