using System.Numerics;

namespace Platform.Domain.Kernel.Values;

/// <summary>How many of one unit make one of another, as an exact ratio in lowest terms: a third of a dozen stays four.</summary>
public sealed record UnitFactor
{
    private UnitFactor(long numerator, long denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    public static UnitFactor One { get; } = new(1, 1);

    public long Numerator { get; }

    public long Denominator { get; }

    public static Result<UnitFactor> Create(long numerator, long denominator)
    {
        if (numerator <= 0 || denominator <= 0)
        {
            return new FactorNotValid(numerator, denominator);
        }

        var divisor = (long)BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new UnitFactor(numerator / divisor, denominator / divisor);
    }

    public UnitFactor Inverse() => new(Denominator, Numerator);

    public override string ToString() => $"{Numerator}/{Denominator}";
}
