using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;

namespace Platform.Domain.Receiving;

/// <summary>Works out of what was told what the ledger needs: base units, lots and serials, and what a unit should cost.</summary>
internal sealed class CountingGoods(PlatformDb db, LedgerEntities entities, ExchangeRates rates, ReceivingPolicies policies)
{
    public async Task<Result<CountedDelivery>> CountAsync(
        Delivery delivery, IReadOnlyDictionary<PurchaseOrderLineId, OrderLineTerms> locked, Envelope envelope, CancellationToken ct)
    {
        var ids = delivery.Lines.Select(line => locked[line.OrderLine].Item).Distinct().ToList();
        var items = await db.Set<Item>().AsNoTracking().Where(item => ids.Contains(item.Id)).ToDictionaryAsync(item => item.Id, ct);
        var units = (await db.Set<ItemUnit>().AsNoTracking().Where(unit => ids.Contains(unit.ItemId)).ToListAsync(ct)).ToLookup(unit => unit.ItemId);
        var told = new List<ToldLine>(delivery.Lines.Count);
        for (var at = 0; at < delivery.Lines.Count; at++)
        {
            var line = delivery.Lines[at];
            var ordered = locked[line.OrderLine];
            var item = items[ordered.Item];
            var converted = new ItemUnits(item, units[item.Id]).InBase($"lines.{at}.quantity", line.Quantity, line.Unit);
            if (!converted.Succeeded(out var quantity))
            {
                return converted.Error!;
            }

            var terms = await policies.TermsForAsync(Receivable.Of(ordered), envelope.Now, ct);
            var most = decimal.Max(terms.MostOf(ordered), delivery.AgreedUpTo ?? 0m);
            var decimals = units[item.Id].Single(unit => unit.Code == item.BaseUnit).Decimals;
            var one = new ToldLine(at, line, ordered, item, quantity.Amount, terms, most, decimals);
            if (one.RefuseTracking() is { } invalid)
            {
                return invalid;
            }

            told.Add(one);
        }

        var split = OverReceipts.Split(told);
        if (!split.Succeeded(out var parts))
        {
            return split.Error!;
        }

        return parts.Accepted.Count == 0 ? new CountedDelivery([], parts.Surplus) : await TakeInAsync(parts, envelope, ct);
    }

    private async Task<Result<CountedDelivery>> TakeInAsync(SplitDelivery parts, Envelope envelope, CancellationToken ct)
    {
        var told = parts.Accepted;
        var unitsIn = await TakeInUnitsAsync(told, envelope, ct);
        if (!unitsIn.Succeeded(out var arrived))
        {
            return unitsIn.Error!;
        }

        var costs = await CostsAsync(told, envelope, ct);
        return costs.Succeeded(out var priced)
            ? new CountedDelivery([.. told.SelectMany(line => line.Expand(arrived, priced))], parts.Surplus)
            : costs.Error!;
    }

    private async Task<Result<ArrivedUnits>> TakeInUnitsAsync(IReadOnlyList<ToldLine> told, Envelope envelope, CancellationToken ct)
    {
        var tracked = told.Where(line => line.Goods.Lot is not null).ToList();
        var taken = tracked.Count == 0
            ? Result.Of<IReadOnlyDictionary<(ItemId Item, string Code), Lot>>(new Dictionary<(ItemId Item, string Code), Lot>())
            : await db.TakeInLotsAsync([.. tracked.Select(line => line.Lot())], told[0].Ordered.Supplier, envelope, ct);
        if (!taken.Succeeded(out var lots))
        {
            return taken.Error!;
        }

        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        if (tracked.Select(line => line.RefuseAge(lots[(line.Item.Id, line.Goods.Lot!.Code)], today)).FirstOrDefault(found => found is not null) is { } tooOld)
        {
            return tooOld;
        }

        var serials = new Dictionary<(ItemId Item, string Code), SerialId>();
        foreach (var item in told.Where(line => line.Goods.Serials.Count > 0).GroupBy(line => line.Item.Id).OrderBy(item => item.Key.Value))
        {
            var codes = item
                .SelectMany(line => line.Goods.Serials.Select(code => (Code: code, Lot: line.Goods.Lot is { } lot ? lots[(item.Key, lot.Code)].Id : (LotId?)null)))
                .DistinctBy(serial => serial.Code, StringComparer.Ordinal)
                .ToDictionary(serial => serial.Code, serial => serial.Lot, StringComparer.Ordinal);
            var registered = await db.TakeInSerialsAsync(item.Key, codes, envelope, ct);
            if (!registered.Succeeded(out var known))
            {
                return registered.Error!;
            }

            foreach (var (code, serial) in known)
            {
                serials.Add((item.Key, code), serial);
            }
        }

        return new ArrivedUnits(lots, serials);
    }

    /// <summary>What a base unit of each order line should cost, in the company's currency at the rate of the day.</summary>
    private async Task<Result<LineCosts>> CostsAsync(IReadOnlyList<ToldLine> told, Envelope envelope, CancellationToken ct)
    {
        var currency = (await entities.FindAsync(db, told[0].Ordered.LegalEntity, ct))!.Currency;
        var day = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        var costs = new Dictionary<PurchaseOrderLineId, decimal>();
        var known = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var line in told.DistinctBy(line => line.Ordered.Id))
        {
            var from = line.Ordered.Currency;
            if (!known.TryGetValue(from, out var rate))
            {
                if (await rates.WorthAsync(1m, from, currency, day, ct) is not { } found)
                {
                    return new NoExchangeRate(from, currency, day);
                }

                known.Add(from, rate = found);
            }

            // What is priced by weight is valued by weight: the price of a piece is that of its nominal weight.
            var price = line.Ordered.BaseUnitPrice / (line.Item.IsCatchWeight ? line.Item.NominalWeight!.Value : 1m);
            costs.Add(line.Ordered.Id, decimal.Round(price * rate, UnitCost.Decimals, MidpointRounding.AwayFromZero));
        }

        return new LineCosts(currency, costs);
    }
}

internal sealed record ArrivedUnits(
    IReadOnlyDictionary<(ItemId Item, string Code), Lot> Lots, IReadOnlyDictionary<(ItemId Item, string Code), SerialId> Serials);

internal sealed record LineCosts(string Currency, IReadOnlyDictionary<PurchaseOrderLineId, decimal> OfLine);

/// <summary>One line as it was told, beside what it is about.</summary>
internal sealed record ToldLine(
    int At, ReceivedGoods Goods, OrderLineTerms Ordered, Item Item, decimal Quantity, ReceivingTerms Terms, decimal Most, int Decimals)
{
    /// <summary>RCV-06: lot and serials are taken down where the item demands it, at once and not later.</summary>
    public InvalidField? RefuseTracking() => Item.Tracking switch
    {
        Tracking.None when Goods.Lot is not null || Goods.Serials.Count > 0 => Field.Invalid($"lines.{At}", "is of an item that is not tracked", Item.Code),
        Tracking.Lot when Goods.Lot is null => Field.Invalid($"lines.{At}.lot", "is needed: the item is tracked by lot", given: null),
        Tracking.Lot when Goods.Serials.Count > 0 => Field.Invalid($"lines.{At}.serials", "are not kept of this item", Item.Code),
        Tracking.Serial when Goods.Serials.Count != Quantity => Field.Invalid($"lines.{At}.serials", "must name every single unit", FormattableString.Invariant($"{Goods.Serials.Count} of {Quantity:0.######}")),
        _ => null,
    };

    public ShelfLifeTooShort? RefuseAge(Lot lot, DateOnly today) =>
        Item.MinimumDaysAtReceipt is { } least && lot.ExpiresOn is { } expires && expires.DayNumber - today.DayNumber < least
            ? new ShelfLifeTooShort(Item.Id, lot.Code, expires, expires.DayNumber - today.DayNumber, least)
            : null;

    public ArrivingLot Lot() =>
        new(Item, Goods.Lot!.Code, Goods.Lot.SupplierLot, Goods.Lot.ManufacturedOn, Goods.Lot.ExpiresOn, Goods.Lot.CountryOfOrigin);

    /// <summary>A line for every serial; otherwise one.</summary>
    public IEnumerable<CountedGoods> Expand(ArrivedUnits units, LineCosts costs)
    {
        var lot = Goods.Lot is { } named ? units.Lots[(Item.Id, named.Code)].Id : (LotId?)null;
        var whole = new CountedGoods(
            Ordered, Most, lot, Goods.Lot?.Code, Serial: null, Goods.Unit, Goods.Quantity, Quantity, Goods.Weight, Goods.Condition, Goods.Evidence,
            Terms.Release, costs.OfLine[Ordered.Id], costs.Currency);
        return Goods.Serials.Count == 0
            ? [whole]
            : Goods.Serials.Select(code => whole with { Serial = units.Serials[(Item.Id, code)], Unit = Item.BaseUnit, Entered = 1m, Quantity = 1m });
    }
}

/// <summary>What comes in, and what is too much of it.</summary>
internal sealed record CountedDelivery(IReadOnlyList<CountedGoods> Counted, IReadOnlyList<SurplusGoods> Surplus);

internal sealed record SplitDelivery(IReadOnlyList<ToldLine> Accepted, IReadOnlyList<SurplusGoods> Surplus);
