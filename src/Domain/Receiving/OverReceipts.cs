using Platform.Domain.Kernel;

namespace Platform.Domain.Receiving;

/// <summary>Separates what may come from what is too much, by the rule of each line (RCV-04). Pure.</summary>
internal static class OverReceipts
{
    public static Result<SplitDelivery> Split(IReadOnlyList<ToldLine> told)
    {
        var accepted = new List<ToldLine>(told.Count);
        var surplus = new List<SurplusGoods>();
        foreach (var line in told.GroupBy(line => line.Ordered.Id))
        {
            var (first, arriving) = (line.First(), line.Sum(one => one.Quantity));
            var room = decimal.Max(0m, RoundDown(first.Most - first.Ordered.Received, first.Decimals));
            if (arriving <= room)
            {
                accepted.AddRange(line);
                continue;
            }

            // Goods of a captured weight are not divided by arithmetic: whoever holds some weighs them again.
            if (first.Terms.OverReceipt == OverReceiptRule.Refuse || line.Any(one => one.Goods.Weight is not null))
            {
                return new OverReceipt(first.Ordered.Id, first.Ordered.BaseQuantity, first.Ordered.Received, arriving, first.Most);
            }

            foreach (var one in line)
            {
                var taken = decimal.Min(room, one.Quantity);
                room -= taken;
                if (taken == one.Quantity)
                {
                    accepted.Add(one);
                    continue;
                }

                if (taken > 0m)
                {
                    accepted.Add(one with { Quantity = taken, Goods = Part(one, taken, one.Goods.Serials.Take((int)taken)) });
                }

                surplus.Add(new SurplusGoods(
                    one.Ordered, one.Item.Code, Part(one, one.Quantity - taken, one.Goods.Serials.Skip((int)taken)), first.Most));
            }
        }

        return new SplitDelivery([.. accepted.OrderBy(line => line.At)], surplus);
    }

    private static ReceivedGoods Part(ToldLine line, decimal quantity, IEnumerable<string> serials) =>
        line.Goods with { Unit = line.Item.BaseUnit, Quantity = quantity, Serials = line.Goods.Serials.Count == 0 ? [] : [.. serials] };

    private static decimal RoundDown(decimal quantity, int decimals) => decimal.Round(quantity, decimals, MidpointRounding.ToNegativeInfinity);
}
