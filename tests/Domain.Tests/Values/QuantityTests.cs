using FsCheck;
using FsCheck.Fluent;
using Platform.Domain.Kernel.Values;

namespace Platform.Tests.Domain.Values;

/// <summary>CAT-03, CAT-05: exact factors, no half bag, no value that cannot be.</summary>
public sealed class QuantityTests
{
    private static readonly Unit Bag = Unit.Create("BAG", 0).Value;
    private static readonly Unit Kilogram = Unit.Create("KG", 6).Value;
    private static readonly Unit Each = Unit.Create("EA", 0).Value;

    [Theory]
    [InlineData("", 0)]
    [InlineData("kg", 0)]
    [InlineData("ABCDEFGHIJKLM", 0)]
    [InlineData("EA", 7)]
    [InlineData("EA", -1)]
    public void A_unit_has_a_short_code_and_at_most_six_decimals(string code, int decimals) =>
        Unit.Create(code, decimals).Error.ShouldBe(new UnitNotValid(code, decimals));

    [Fact]
    public void Half_a_bag_cannot_be_made() =>
        Quantity.Create(0.5m, Bag).Error.ShouldBe(new QuantityTooFine(0.5m, "BAG", 0));

    [Fact]
    public void A_quantity_out_of_range_cannot_be_made() =>
        Quantity.Create(Quantity.Limit, Kilogram).Error.ShouldBe(new QuantityOutOfRange(Quantity.Limit, "KG"));

    [Theory]
    //          amount  num den  result
    [InlineData("3",     1,  3,  "1")]       // three thirds are one, not 0.999999
    [InlineData("12",    1, 12,  "1")]
    [InlineData("0",     7, 11,  "0")]
    [InlineData("999999999999", 1, 1, "999999999999")]
    public void A_conversion_is_exact(string amount, long numerator, long denominator, string expected)
    {
        var quantity = Quantity.Create(Parse(amount), Each).Value;
        quantity.In(Bag, UnitFactor.Create(numerator, denominator).Value).Value.Amount.ShouldBe(Parse(expected));
    }

    [Fact]
    public void A_conversion_that_is_not_exact_is_refused()
    {
        var quantity = Quantity.Create(10m, Each).Value;
        quantity.In(Bag, UnitFactor.Create(1, 3).Value).Error.ShouldBe(new QuantityNotExact(10m, "EA", "BAG", 1, 3));
    }

    [Fact]
    public void A_factor_is_kept_in_lowest_terms_and_must_be_positive()
    {
        UnitFactor.Create(12, 36).Value.ShouldBe(UnitFactor.Create(1, 3).Value);
        UnitFactor.Create(0, 3).Error.ShouldBe(new FactorNotValid(0, 3));
        UnitFactor.Create(3, -1).Error.ShouldBe(new FactorNotValid(3, -1));
    }

    [Fact]
    public void Going_there_and_back_gives_the_same_amount() =>
        Prop.ForAll<PositiveInt, PositiveInt, int>((numerator, denominator, thousandths) =>
        {
            var quantity = Quantity.Create(thousandths / 1000m, Kilogram).Value;
            var factor = UnitFactor.Create(numerator.Get, denominator.Get).Value;
            var there = quantity.In(Kilogram, factor);
            return !there.Succeeded(out var converted) || converted.In(Kilogram, factor.Inverse()).Value == quantity;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Different_units_do_not_add() =>
        Should.Throw<InvalidOperationException>(() => Quantity.Create(1m, Bag).Value + Quantity.Create(1m, Each).Value);

    [Theory]
    //          percent absolute expected actual tolerated
    [InlineData(5,      null,    100,     105,   true)]
    [InlineData(5,      null,    100,     106,   false)]
    [InlineData(5,      null,    100,      95,   true)]
    [InlineData(null,   2,       100,     102,   true)]
    [InlineData(5,      2,        10,      12,   false)] // within the amount, over the percentage
    [InlineData(5,      2,       100,     102,   true)]
    [InlineData(5,      2,       100,     103,   false)] // within the percentage, over the amount
    [InlineData(null,   null,    100,     101,   false)]
    [InlineData(5,      null,      0,       1,   false)] // a percentage of nothing is nothing
    public void Tolerance_is_the_narrower_of_its_limits(int? percent, int? absolute, int expected, int actual, bool tolerated) =>
        Tolerance.Create(percent, absolute).Value.Tolerates(expected, actual).ShouldBe(tolerated);

    [Fact]
    public void Illegal_tolerances_and_weights_cannot_be_made()
    {
        Tolerance.Create(-1m, absolute: null).Error.ShouldBe(new ToleranceNotValid(-1m, null));
        CatchWeight.Create(0m, Kilogram).Error.ShouldBe(new CatchWeightNotValid(0m, "KG"));
        CatchWeight.Create(1.23456789m, Kilogram).Error.ShouldBe(new QuantityTooFine(1.23456789m, "KG", 6));
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
