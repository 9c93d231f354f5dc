namespace Platform.Domain.Kernel.Values;

/// <summary>A unit of measure. A unit that is only counted whole (bag, bottle) has no decimals.</summary>
public sealed record Unit
{
    public const int MostDecimals = 6;

    private Unit(string code, int decimals)
    {
        Code = code;
        Decimals = decimals;
    }

    public string Code { get; }

    public int Decimals { get; }

    public static Result<Unit> Create(string? code, int decimals)
    {
        var known = code is { Length: >= 1 and <= 12 }
            && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '-' or '_');
        return known && decimals is >= 0 and <= MostDecimals
            ? new Unit(code!, decimals)
            : new UnitNotValid(code, decimals);
    }

    public override string ToString() => Code;
}
