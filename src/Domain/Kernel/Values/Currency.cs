namespace Platform.Domain.Kernel.Values;

/// <summary>A currency and the digits of its smallest coin: none for the yen, two for the euro, three for the dinar.</summary>
public sealed record Currency
{
    public const int MostDigits = 4;

    private Currency(string code, int digits)
    {
        Code = code;
        Digits = digits;
    }

    public string Code { get; }

    public int Digits { get; }

    public static Result<Currency> Create(string? code, int digits) =>
        code is { Length: 3 } && code.All(char.IsAsciiLetterUpper) && digits is >= 0 and <= MostDigits
            ? new Currency(code, digits)
            : new CurrencyNotValid(code, digits);

    public override string ToString() => Code;
}
