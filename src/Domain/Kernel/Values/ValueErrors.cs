namespace Platform.Domain.Kernel.Values;

/// <summary>A unit is a short upper-case code with at most six decimals.</summary>
public sealed record UnitNotValid(string? Unit, int Decimals) : DomainError
{
    public override string Message =>
        $"'{Unit}' with {Decimals} decimals is not a unit: 1 to 12 letters, digits, '-' or '_', and 0 to 6 decimals.";
}

/// <summary>A conversion factor is a ratio of two positive whole numbers.</summary>
public sealed record FactorNotValid(long Numerator, long Denominator) : DomainError
{
    public override string Message => $"{Numerator}/{Denominator} is not a conversion factor: both must be positive.";
}

public sealed record QuantityOutOfRange(decimal Amount, string Unit) : DomainError
{
    public override string Message => $"{Amount} {Unit} is out of range: quantities stay below {Quantity.Limit}.";
}

/// <summary>No half bag: the amount has more decimals than its unit allows.</summary>
public sealed record QuantityTooFine(decimal Amount, string Unit, int Decimals) : DomainError
{
    public override string Message => $"{Amount} {Unit} is too fine: {Unit} is counted with {Decimals} decimals.";
}

/// <summary>The amount has no exact counterpart in the other unit.</summary>
public sealed record QuantityNotExact(decimal Amount, string Unit, string Target, long Numerator, long Denominator)
    : DomainError
{
    public override string Message =>
        $"{Amount} {Unit} is not an exact amount of {Target} at {Numerator}/{Denominator} {Target} per {Unit}.";
}

public sealed record CurrencyNotValid(string? Currency, int Digits) : DomainError
{
    public override string Message =>
        $"'{Currency}' with {Digits} digits is not a currency: three capital letters, and 0 to 4 digits.";
}

public sealed record AmountOutOfRange(decimal Amount, string Currency) : DomainError
{
    public override string Message => $"{Amount} {Currency} is out of range: amounts stay below {Money.Limit}.";
}

/// <summary>The amount is finer than the smallest coin; round it on purpose, or correct it.</summary>
public sealed record AmountTooFine(decimal Amount, string Currency, int Digits) : DomainError
{
    public override string Message => $"{Amount} {Currency} is too fine: {Currency} has {Digits} digits.";
}

public sealed record UnitCostNotValid(decimal Amount, string Currency) : DomainError
{
    public override string Message =>
        $"{Amount} {Currency} is not a cost of one unit: not negative, below {UnitCost.Limit}, at most 10 decimals.";
}

public sealed record ToleranceNotValid(decimal? Percent, decimal? Absolute) : DomainError
{
    public override string Message =>
        $"Tolerance of {Percent?.ToString() ?? "no"} percent and {Absolute?.ToString() ?? "no"} units: neither may be negative.";
}

public sealed record CatchWeightNotValid(decimal Weight, string Unit) : DomainError
{
    public override string Message => $"{Weight} {Unit} is not a captured weight: it must be positive.";
}
