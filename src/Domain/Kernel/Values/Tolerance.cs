namespace Platform.Domain.Kernel.Values;

/// <summary>
/// How far something may lie from what is expected. Given both ways it must lie within both: the percentage guards small figures, the
/// amount large ones. None means exact. (Decision 0100.)
/// </summary>
public sealed record Tolerance
{
    private Tolerance(decimal? percent, decimal? absolute)
    {
        Percent = percent;
        Absolute = absolute;
    }

    public static Tolerance Exact { get; } = new(percent: null, absolute: null);

    public decimal? Percent { get; }

    public decimal? Absolute { get; }

    public static Result<Tolerance> Create(decimal? percent, decimal? absolute) =>
        percent is < 0m or > 1000m || absolute is < 0m or >= Quantity.Limit
            ? new ToleranceNotValid(percent, absolute)
            : new Tolerance(percent, absolute);

    public decimal Of(decimal expected) => Limit(Percent, Absolute, expected);

    /// <summary>What two limits come to together: the one meaning of them, for quantities, prices and money.</summary>
    public static decimal Limit(decimal? percent, decimal? absolute, decimal expected) => (percent, absolute) switch
    {
        (null, null) => 0m,
        ({ } share, null) => decimal.Abs(expected) * share / 100m,
        (null, { } amount) => amount,
        ({ } share, { } amount) => decimal.Min(decimal.Abs(expected) * share / 100m, amount),
    };

    public bool Tolerates(decimal expected, decimal actual) => decimal.Abs(actual - expected) <= Of(expected);
}
