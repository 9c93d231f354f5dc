using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;

namespace Platform.Domain.Catalog;

/// <summary>The units of one item, and exact ways between them: nothing is rounded, what does not fit is refused.</summary>
public sealed class ItemUnits
{
    private readonly ItemId _item;
    private readonly string _baseCode;
    private readonly Dictionary<string, (Unit Unit, UnitFactor Factor)> _units;

    public ItemUnits(Item item, IEnumerable<ItemUnit> units)
    {
        _item = item.Id;
        _baseCode = item.BaseUnit;
        _units = units.ToDictionary(
            unit => unit.Code,
            unit => (
                Unit.Create(unit.Code, unit.Decimals).Value,
                UnitFactor.Create(unit.Numerator, unit.Denominator).Value),
            StringComparer.Ordinal);
    }

    /// <summary>An amount as it was typed, in its unit and in the base unit (CAT-03).</summary>
    public Result<Quantity> ToBase(decimal amount, string unit) => Convert(amount, unit, _baseCode);

    public Result<Quantity> FromBase(decimal amount, string unit) => Convert(amount, _baseCode, unit);

    private Result<Quantity> Convert(decimal amount, string from, string to)
    {
        if (!_units.TryGetValue(from, out var source))
        {
            return new PackNotFound(_item, from);
        }

        if (!_units.TryGetValue(to, out var target))
        {
            return new PackNotFound(_item, to);
        }

        var entered = Quantity.Create(amount, source.Unit);
        if (!entered.Succeeded(out var quantity))
        {
            return entered;
        }

        // One of the two is the base unit, whose factor is 1/1.
        var factor = to == _baseCode ? source.Factor : target.Factor.Inverse();
        return quantity.In(target.Unit, factor);
    }
}
