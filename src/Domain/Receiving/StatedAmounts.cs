using System.Globalization;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;

namespace Platform.Domain.Receiving;

/// <summary>Amounts as the dock and suppliers state them: what the item is not counted in is a field that is wrong.</summary>
internal static class StatedAmounts
{
    public static Result<Quantity> InBase(this ItemUnits units, string field, decimal amount, string unit)
    {
        var converted = units.ToBase(amount, unit);
        return converted.Error switch
        {
            QuantityTooFine fine => Wrong(field, $"must have at most {fine.Decimals} decimals in {fine.Unit}", amount),
            QuantityNotExact inexact => Wrong(field, $"must be an exact amount of {inexact.Target}", amount),
            QuantityOutOfRange => Wrong(field, $"must stay below {Quantity.Limit}", amount),
            _ => converted,
        };
    }

    private static InvalidField Wrong(string field, string rule, decimal amount) =>
        Field.Invalid(field, rule, amount.ToString(CultureInfo.InvariantCulture));
}
