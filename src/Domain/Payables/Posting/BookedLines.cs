using Platform.Domain.Kernel.Values;
using Platform.Domain.Payables.Matching;

namespace Platform.Domain.Payables.Posting;

/// <summary>What an invoice, or a part of it, comes to in the currency of the books.</summary>
internal sealed record BookedAmounts(decimal Total, decimal Tax, IReadOnlyList<decimal> Lines)
{
    /// <summary>The sum is rounded once; tax is rounded, and the lines share the rest, so that everything adds up to the coin.</summary>
    public static BookedAmounts Of(decimal net, decimal tax, IReadOnlyList<decimal> lines, decimal rate, int digits)
    {
        var total = Rounding.HalfUp((net + tax) * rate, digits);
        var bookedTax = Rounding.HalfUp(tax * rate, digits);
        var shares = net == 0m ? new decimal[lines.Count] : Rounding.Share(total - bookedTax, lines, digits);
        return new BookedAmounts(total, net == 0m ? total : bookedTax, shares);
    }
}

/// <summary>How the amount of one match falls apart: what was accrued, what the currency made of it, and what the price did.</summary>
/// <param name="Cleared">The share of the accrual.</param>
/// <param name="Exchange">The same goods at the order's price: what they cost at the invoice's rate more than at the receipt's.</param>
/// <param name="Variance">The rest: another price.</param>
internal readonly record struct SplitMatch(ClearedAccrual Cleared, decimal Exchange, decimal Variance)
{
    public static SplitMatch Of(decimal booked, ClearedAccrual cleared, decimal expectedNet, decimal? rate, int digits)
    {
        var exchange = rate is { } foreign ? Rounding.HalfUp(expectedNet * foreign, digits) - cleared.Accrued : 0m;
        return new SplitMatch(cleared, exchange, booked - cleared.Accrued - exchange);
    }
}

/// <summary>Shares the amount of a line over the receipts that it pays for.</summary>
internal static class MatchShares
{
    public static decimal[] Of(decimal booked, IReadOnlyList<InvoiceMatch> matches, int digits) =>
        Rounding.Share(booked, [.. matches.Select(match => match.Quantity)], digits);
}
