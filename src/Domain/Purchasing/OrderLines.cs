using System.Globalization;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;

namespace Platform.Domain.Purchasing;

/// <summary>One item as it is asked for (PRC-09).</summary>
/// <param name="Item">The item.</param>
/// <param name="Unit">One of its units.</param>
/// <param name="Quantity">How many of the unit.</param>
/// <param name="UnitPrice">What one of the unit costs, in the order's currency.</param>
/// <param name="ExpectedOn">When it is needed.</param>
/// <param name="OverPercent">How much more may come.</param>
/// <param name="UnderPercent">How much less may come without a word.</param>
public sealed record OrderLine(
    ItemId Item, string Unit, decimal Quantity, decimal UnitPrice, DateOnly ExpectedOn, decimal OverPercent, decimal UnderPercent)
{
    internal InvalidField? Check(string at, DateOnly today) =>
        Field.Positive($"{at}.quantity", Quantity, most: 1_000_000_000m, decimals: 6)
        ?? (UnitPrice == 0m ? null : Field.Positive($"{at}.unitPrice", UnitPrice, most: 1_000_000_000m, decimals: 6))
        ?? (OverPercent == 0m ? null : Field.Positive($"{at}.overPercent", OverPercent, most: 100m, decimals: 4))
        ?? (UnderPercent == 0m ? null : Field.Positive($"{at}.underPercent", UnderPercent, most: 100m, decimals: 4))
        ?? (ExpectedOn < today ? Field.Invalid($"{at}.expectedOn", "must not lie in the past", ExpectedOn.ToString("O")) : null);
}

/// <summary>A line with what follows from it.</summary>
internal sealed record PricedLine(OrderLine Line, decimal BaseQuantity, decimal Amount);

/// <summary>Checks lines and works out their amounts. Pure.</summary>
internal static class OrderPricing
{
    public const int MostLines = 1000;

    /// <summary>In the order's currency, over all its lines.</summary>
    private const decimal MostTotal = 100_000_000_000m;

    public static InvalidField? Check(IReadOnlyList<OrderLine> lines, DateOnly today) =>
        Field.Whole("lines", lines.Count, least: 1, most: MostLines)
        ?? lines.Select((line, at) => line.Check($"lines.{at}", today)).FirstOrDefault(found => found is not null);

    public static Result<IReadOnlyList<PricedLine>> Price(
        IReadOnlyList<OrderLine> lines, IReadOnlyDictionary<ItemId, Item> items, ILookup<ItemId, ItemUnit> units, int digits)
    {
        var priced = new List<PricedLine>(lines.Count);
        var total = 0m;
        foreach (var line in lines)
        {
            if (!items.TryGetValue(line.Item, out var item))
            {
                return new ItemNotFound(line.Item);
            }

            if (item.Refuse(ItemUse.Order) is { } notUsable)
            {
                return notUsable;
            }

            var unit = units[line.Item].FirstOrDefault(one => string.Equals(one.Code, line.Unit, StringComparison.Ordinal));
            if (unit is null || unit.Status != RowStatus.Active)
            {
                return new UnitNotOrderable(line.Item, line.Unit);
            }

            var exact = line.Quantity * unit.Numerator / unit.Denominator;
            if (decimal.Round(exact, 6) != exact)
            {
                return new UnitNotOrderable(line.Item, line.Unit);
            }

            var amount = Rounding.HalfUp(line.Quantity * line.UnitPrice, digits);
            total += amount;
            if (exact >= Quantity.Limit || total > MostTotal)
            {
                return exact >= Quantity.Limit
                    ? Field.Invalid($"lines.{priced.Count}.quantity", $"must stay below {Quantity.Limit} base units", line.Quantity.ToString(CultureInfo.InvariantCulture))
                    : Field.Invalid("lines", $"must come to at most {MostTotal}", total.ToString(CultureInfo.InvariantCulture));
            }

            priced.Add(new PricedLine(line, exact, amount));
        }

        return priced;
    }
}
