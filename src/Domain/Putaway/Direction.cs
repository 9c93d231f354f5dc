using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Putaway;

/// <summary>Goods that lie somewhere and are to be carried to where they are kept.</summary>
internal sealed record GoodsToPut(
    LegalEntityId LegalEntity, WarehouseId Warehouse, BinId Bin, ItemId Item, LotId? Lot, SerialId? Serial, HandlingUnitId? HandlingUnit,
    OwnerId Owner, StockCondition Condition, ReceiptLineId? ReceiptLine);

/// <summary>A bin that did not take the goods, and by which rule.</summary>
public sealed record RefusedBin(string Bin, string Why);

/// <summary>Why goods go where they go.</summary>
/// <param name="Policy">The version of the rules; null where nobody published any.</param>
/// <param name="Rule">The line that decided.</param>
/// <param name="Why">In words.</param>
/// <param name="Considered">How many bins were looked at.</param>
/// <param name="Refused">Bins that came before and refused; the first of them.</param>
public sealed record PutawayExplanation(int? Policy, string? Rule, string Why, int Considered, IReadOnlyList<RefusedBin> Refused);

/// <summary>So many units with the bin that they go to; without a bin, no bin takes them.</summary>
internal sealed record DirectedShare(
    WarehouseTaskKind Kind, BinId? Bin, decimal Quantity, PutawayExplanation Explanation, ReservationId? Reservation, WarehouseTaskId? SplitFrom);

/// <summary>Chooses bins. Pure: the same rules, goods and bins give the same answer.</summary>
internal static class Direction
{
    /// <summary>An explanation is read by people.</summary>
    private const int MostRefusals = 20;

    public static IReadOnlyList<DirectedShare> Direct(
        (PutawayRules Body, int? Number) policy, FittingGoods goods, WarehouseId warehouse, decimal quantity, IReadOnlyList<CandidateBin> bins)
    {
        var shares = new List<DirectedShare>();
        var refused = new List<RefusedBin>();
        var left = quantity;
        var rule = policy.Body.Rules.FirstOrDefault(one => one.Fits(goods.Item, warehouse));
        foreach (var target in rule?.Targets ?? [])
        {
            foreach (var candidate in InOrder(bins.Where(bin => Matches(bin, target, goods)), goods))
            {
                if (left == 0m)
                {
                    return shares;
                }

                var room = BinFitness.RoomFor(candidate, goods, target.UpTo);
                if (room.Units == 0m)
                {
                    refused.Add(new RefusedBin(candidate.Bin.Code, room.Refusal!));
                    continue;
                }

                var share = decimal.Min(room.Units, left);
                left -= share;
                shares.Add(new DirectedShare(
                    WarehouseTaskKind.Putaway, candidate.Bin.Id, share, Explain(policy.Number, rule!.Name, Why(candidate, target, goods, room, share), bins.Count, refused),
                    Reservation: null, SplitFrom: null));
            }
        }

        if (left > 0m)
        {
            var why = rule is null ? "No rule says where these goods go." : "No bin that the rule names takes them.";
            shares.Add(new DirectedShare(
                WarehouseTaskKind.Putaway, Bin: null, left, Explain(policy.Number, rule?.Name, why, bins.Count, refused), Reservation: null, SplitFrom: null));
        }

        return shares;
    }

    /// <summary>What is held back is never put among what may be taken.</summary>
    private static bool Matches(CandidateBin candidate, PutawayTarget target, FittingGoods goods) =>
        candidate.Bin.Role == RoleFor(target.Role, goods.Condition) && (target.Zones.Count == 0 || target.Zones.Contains(candidate.Zone.Id));

    private static BinRole RoleFor(BinRole wanted, StockCondition condition) =>
        condition is StockCondition.Quarantined or StockCondition.Damaged ? BinRole.Quarantine
        : condition == StockCondition.Inspection ? BinRole.Inspection
        : wanted;

    /// <summary>Its own bin first, then where some of it lies already, then as people walk.</summary>
    private static IOrderedEnumerable<CandidateBin> InOrder(IEnumerable<CandidateBin> bins, FittingGoods goods) =>
        bins.OrderByDescending(one => one.Bin.DedicatedItemId == goods.Item.Id)
            .ThenByDescending(one => one.UnitsOf(goods.Item.Id) > 0m)
            .ThenBy(one => one.Zone.Rank)
            .ThenBy(one => one.Bin.Rank)
            .ThenBy(one => one.Bin.Code, StringComparer.Ordinal);

    private static string Why(CandidateBin candidate, PutawayTarget target, FittingGoods goods, Room room, decimal share)
    {
        var choice = candidate.Bin.DedicatedItemId == goods.Item.Id ? "it is dedicated to the item"
            : candidate.UnitsOf(goods.Item.Id) > 0m ? "some of the item lies there already"
            : "it is the first on the way that takes the goods";
        return FormattableString.Invariant($"{target.Role} bin {candidate.Bin.Code}: {choice}")
            + (room.Units == share && room.Units != decimal.MaxValue ? ", and then it is full." : ".");
    }

    private static PutawayExplanation Explain(int? policy, string? rule, string why, int considered, List<RefusedBin> refused) =>
        new(policy, rule, why, considered, [.. refused.Take(MostRefusals)]);
}
