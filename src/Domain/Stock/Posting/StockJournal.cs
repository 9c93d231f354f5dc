using System.Diagnostics;
using Platform.Domain.Catalog;
using Platform.Domain.Finance;
using Platform.Domain.Stock.Valuation;

namespace Platform.Domain.Stock.Posting;

/// <summary>One amount of a document against one account.</summary>
internal readonly record struct JournalPart(AccountRole Contra, AccountRole Stock, decimal Amount);

/// <summary>Which accounts a change of value is booked to.</summary>
internal static class StockJournal
{
    /// <summary>Goods wait on the interim account until their invoice comes.</summary>
    public static AccountRole StockAccountOf(MovementType type) =>
        type == MovementType.Receipt ? AccountRole.InventoryInterim : AccountRole.Inventory;

    public static AccountRole ContraOf(MovementType type, MovementLine line)
    {
        if (type == MovementType.Adjust && line.To.Kind == PlaceKind.Scrap)
        {
            return AccountRole.WriteOff;
        }

        return MovementRules.Of(type).Contra
            ?? throw new UnreachableException($"{type} moves value, and no account says where to.");
    }

    public static AccountRole ContraOf(ValueKind kind) => kind switch
    {
        ValueKind.LandedCost => AccountRole.LandedCostAccrual,
        ValueKind.InvoiceVariance => AccountRole.AccountsPayable,
        ValueKind.Revaluation or ValueKind.StdCostChange => AccountRole.Revaluation,
        ValueKind.Receipt or ValueKind.Issue or ValueKind.TakeBack or ValueKind.Return =>
            throw new UnreachableException($"{kind} takes its account from its movement."),
    };

    /// <summary>Where the part goes that did not stay in stock.</summary>
    public static AccountRole RestOf(CostingMethod flow, ValueKind kind) =>
        flow == CostingMethod.Standard || kind is ValueKind.TakeBack or ValueKind.Issue
            ? AccountRole.PurchaseVariance
            : AccountRole.CostOfGoodsSold;

    public static IReadOnlyList<JournalMove> Of(Valued valued, IReadOnlyList<JournalPart> parts, AccountRole rest)
    {
        var journal = new List<JournalMove>(2);
        if (parts is [var sole])
        {
            JournalMove.Add(journal, sole.Stock, sole.Contra, valued.OnHand);
            if (rest != sole.Contra)
            {
                JournalMove.Add(journal, rest, sole.Contra, valued.Rest);
            }

            return journal;
        }

        foreach (var part in parts)
        {
            JournalMove.Add(journal, part.Stock, part.Contra, part.Amount);
        }

        JournalMove.Add(journal, rest, AccountRole.Inventory, valued.Rest);
        return journal;
    }
}
