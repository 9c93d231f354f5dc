using System.Numerics;

namespace Platform.Domain.Kernel.Values;

/// <summary>An amount of a unit. It never carries more decimals than the unit allows.</summary>
public sealed record Quantity
{
    /// <summary>numeric(18,6): twelve digits before the point.</summary>
    public const decimal Limit = 1_000_000_000_000m;

    private Quantity(decimal amount, Unit unit)
    {
        Amount = amount;
        Unit = unit;
    }

    public decimal Amount { get; }

    public Unit Unit { get; }

    public static Quantity operator +(Quantity left, Quantity right) => left.Plus(right);

    public static Quantity operator -(Quantity left, Quantity right) => left.Plus(-right);

    public static Quantity operator -(Quantity quantity) => new(-quantity.Amount, quantity.Unit);

    public static Result<Quantity> Create(decimal amount, Unit unit)
    {
        if (decimal.Abs(amount) >= Limit)
        {
            return new QuantityOutOfRange(amount, unit.Code);
        }

        return decimal.Round(amount, unit.Decimals) == amount
            ? new Quantity(amount, unit)
            : new QuantityTooFine(amount, unit.Code, unit.Decimals);
    }

    /// <summary>The same amount in another unit, or a refusal: rounding here would make or lose stock.</summary>
    public Result<Quantity> In(Unit target, UnitFactor targetPerUnit)
    {
        // In whole millionths, so that 1/3 × 3 is 1 and nothing is ever nearly equal.
        var millionths = new BigInteger(Amount * 1_000_000m) * targetPerUnit.Numerator;
        var whole = BigInteger.DivRem(millionths, targetPerUnit.Denominator, out var rest);
        if (!rest.IsZero)
        {
            return NotExact(target, targetPerUnit);
        }

        if (BigInteger.Abs(whole) >= new BigInteger(Limit) * 1_000_000)
        {
            return new QuantityOutOfRange(Amount, Unit.Code);
        }

        var amount = (decimal)whole / 1_000_000m;
        return decimal.Round(amount, target.Decimals) == amount
            ? new Quantity(amount, target)
            : NotExact(target, targetPerUnit);
    }

    public override string ToString() => $"{Amount:0.######} {Unit.Code}";

    private Quantity Plus(Quantity other)
    {
        if (other.Unit != Unit)
        {
            throw new InvalidOperationException($"{this} and {other} are in different units.");
        }

        var sum = Amount + other.Amount;
        return decimal.Abs(sum) < Limit ? new Quantity(sum, Unit) : throw new OverflowException($"{sum} {Unit}");
    }

    private QuantityNotExact NotExact(Unit target, UnitFactor factor) =>
        new(Amount, Unit.Code, target.Code, factor.Numerator, factor.Denominator);
}
