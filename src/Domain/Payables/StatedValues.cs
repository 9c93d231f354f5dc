using System.Globalization;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;

namespace Platform.Domain.Payables;

/// <summary>What the papers of suppliers state, and may not state.</summary>
internal static class StatedValues
{
    public static InvalidField? Coins(string field, decimal amount, int digits) =>
        Rounding.HalfUp(amount, digits) == amount
            ? null
            : Field.Invalid(field, $"must be in whole coins of {digits} digits", amount.ToString(CultureInfo.InvariantCulture));

    /// <summary>A rate that would be ignored is not taken.</summary>
    public static InvalidField? Rate(decimal? given, string currency, string books) =>
        currency == books && given is { } rate && rate != 1m
            ? Field.Invalid("rate", $"must be 1 or left out: the books are in {books} too", rate.ToString(CultureInfo.InvariantCulture))
            : null;
}
