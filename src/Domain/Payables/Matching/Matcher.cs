using Platform.Domain.Exceptions;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;

namespace Platform.Domain.Payables.Matching;

/// <summary>What of a line was compared.</summary>
public enum Compared
{
    Price,
    Quantity,

    /// <summary>So much of a receipt covers the line.</summary>
    Receipt,

    /// <summary>A case about its receipts is open.</summary>
    ReceiptCase,

    /// <summary>Goods of it are under inspection, or held.</summary>
    Quality,

    /// <summary>No order says what it should be.</summary>
    NoOrder,
}

/// <summary>One comparison: what should be, what is, how far off, and what is tolerated.</summary>
public sealed record MatchFact(
    Compared What, string? Receipt, decimal Expected, decimal Found, decimal Difference, decimal? Percent, string Rule,
    decimal? ToleratedPercent, decimal? ToleratedAmount, bool IsWithin)
{
    internal Limits? Limits(MatchRule rule, decimal? worth) => What switch
    {
        Compared.Price => new Limits(rule.PricePercent, rule.PriceAmount is { } amount ? amount * (worth ?? 0m) : null),
        Compared.Quantity => new Limits(rule.QuantityPercent, rule.QuantityAmount),
        Compared.Receipt or Compared.ReceiptCase or Compared.Quality or Compared.NoOrder => null,
    };
}

/// <summary>How far something may be off. Given both ways it must lie within both: the percentage guards small lines, the amount large ones.</summary>
internal readonly record struct Limits(decimal? Percent, decimal? Amount)
{
    public decimal Of(decimal expected) => Tolerance.Limit(Percent, Amount, expected);

    public bool Allow(decimal expected, decimal found) => decimal.Abs(found - expected) <= Of(expected);
}

/// <summary>The rule of a line, its amounts in the invoice's currency.</summary>
internal sealed record AppliedRule(string Name, MatchMode Mode, Limits Price, Limits Quantity, decimal? AcceptUpTo, bool QualityBlocks);

/// <summary>What is left of a receipt line for invoices.</summary>
internal sealed record OpenReceipt(ReceiptLineId Id, string Name, decimal Open);

/// <summary>Everything that the comparison of a line looks at.</summary>
internal sealed record MatchInput(
    SupplierInvoiceLine Line,
    OrderLineTerms? Terms,
    IReadOnlyList<OpenReceipt> Open,
    AppliedRule Rule,
    IReadOnlyDictionary<InvoiceHoldReason, InvoiceHoldResolution> Decided,
    IReadOnlyList<ExceptionCaseId> Cases,
    decimal UnderQuality,
    int Digits);

internal sealed record TakenReceipt(ReceiptLineId Receipt, decimal Quantity, decimal ExpectedNet);

internal sealed record PlannedHold(
    InvoiceHoldReason Reason, string Explanation, decimal? Expected, decimal? Found, decimal? Tolerated, decimal Amount, ExceptionCaseId? ReceiptCase);

/// <summary>How a line was judged.</summary>
internal sealed record LineVerdict(
    IReadOnlyList<TakenReceipt> Taken,
    decimal Matched,
    decimal Disputed,
    decimal PayableNet,
    decimal PayableTax,
    IReadOnlyList<PlannedHold> Holds,
    IReadOnlyList<MatchFact> Explanation);

/// <summary>
/// Compares a line with what was ordered and received (FIN-04). Receipts are taken in the order in which they came; what is on hold
/// keeps what it took, so no receipt pays two invoices. Pure.
/// </summary>
internal static class Matcher
{
    public static LineVerdict Judge(MatchInput input)
    {
        var line = input.Line;
        if (input.Terms is not { } terms)
        {
            var fact = new MatchFact(Compared.NoOrder, null, 0m, line.Net, 0m, null, input.Rule.Name, null, null, IsWithin: true);
            return new LineVerdict([], 0m, 0m, line.Net, line.Tax, [], [fact]);
        }

        var facts = new List<MatchFact>();
        var holds = new List<PlannedHold>();
        var quantity = Quantity(input, terms, facts, holds);
        var payableNet = Price(input, terms, quantity.Paid, facts, holds);
        foreach (var open in input.Cases)
        {
            facts.Add(new MatchFact(Compared.ReceiptCase, open.ToString(), 0m, 0m, 0m, null, input.Rule.Name, null, null, IsWithin: false));
            holds.Add(new PlannedHold(
                InvoiceHoldReason.ReceiptCase, $"Case {open} about what was received is open", null, null, null,
                Rounding.HalfUp(quantity.Missing * terms.BaseUnitPrice, input.Digits), open));
        }

        if (input is { Rule.QualityBlocks: true, UnderQuality: > 0m })
        {
            facts.Add(new MatchFact(
                Compared.Quality, null, 0m, input.UnderQuality, input.UnderQuality, null, input.Rule.Name, null, null, IsWithin: false));
            holds.Add(new PlannedHold(
                InvoiceHoldReason.Quality, "Goods of it are under inspection or held", 0m, input.UnderQuality, 0m,
                Rounding.HalfUp(decimal.Min(input.UnderQuality, line.BaseQuantity) * terms.BaseUnitPrice, input.Digits), ReceiptCase: null));
        }

        var tax = line.Net == 0m ? line.Tax : decimal.Min(line.Tax, Rounding.HalfUp(line.Tax * payableNet / line.Net, input.Digits));
        return new LineVerdict(
            quantity.Taken, quantity.Covered, line.BaseQuantity - quantity.Paid, payableNet, tax, holds, facts);
    }

    private readonly record struct JudgedQuantity(
        decimal Covered, decimal Missing, decimal Paid, IReadOnlyList<TakenReceipt> Taken);

    private static JudgedQuantity Quantity(MatchInput input, OrderLineTerms terms, List<MatchFact> facts, List<PlannedHold> holds)
    {
        var wanted = input.Line.BaseQuantity;
        // Goods entered as a service are goods: what was received for a line is what it is paid by.
        var isTwoWay = input.Line.Kind == InvoiceLineKind.Service && input.Rule.Mode == MatchMode.TwoWay && terms.Received == 0m;
        var available = isTwoWay
            ? decimal.Max(0m, terms.BaseQuantity - (terms.Invoiced - terms.Credited))
            : input.Open.Sum(receipt => receipt.Open);
        var covered = decimal.Min(wanted, available);
        var missing = wanted - covered;
        var taken = isTwoWay ? [] : Take(input, terms, covered);
        facts.AddRange(taken.Select(one => new MatchFact(
            Compared.Receipt, input.Open.First(open => open.Id == one.Receipt).Name, one.Quantity, one.Quantity, 0m, null, input.Rule.Name, null, null,
            IsWithin: true)));
        var limits = input.Rule.Quantity is (null, null) ? new Limits(terms.UnderPercent, null) : input.Rule.Quantity;
        // Tolerated is a little too much charged; what never came is not a little.
        var isWithin = missing == 0m || (covered > 0m && limits.Allow(available, wanted));
        facts.Add(new MatchFact(
            Compared.Quantity, null, available, wanted, missing, available == 0m ? null : decimal.Round(missing * 100m / available, 4),
            input.Rule.Name, limits.Percent, limits.Amount, isWithin));
        if (isWithin || input.Decided.GetValueOrDefault(InvoiceHoldReason.Quantity) == InvoiceHoldResolution.PayAsInvoiced)
        {
            return new JudgedQuantity(covered, missing, wanted, taken);
        }

        if (!PaysReceived(input) || covered == 0m)
        {
            var reason = !isTwoWay && terms.Open > 0m ? InvoiceHoldReason.AwaitingReceipt : InvoiceHoldReason.Quantity;
            holds.Add(new PlannedHold(
                reason, reason == InvoiceHoldReason.Quantity ? "More is charged than was received" : "Its goods have not all come",
                available, wanted, limits.Of(available), Rounding.HalfUp(missing * terms.BaseUnitPrice, input.Digits), ReceiptCase: null));
        }

        return new JudgedQuantity(covered, missing, covered, taken);
    }

    private static bool PaysReceived(MatchInput input) =>
        input.Decided.GetValueOrDefault(InvoiceHoldReason.Quantity) == InvoiceHoldResolution.PayAsReceived
        || input.Decided.GetValueOrDefault(InvoiceHoldReason.AwaitingReceipt) == InvoiceHoldResolution.PayAsReceived
        // FIN-05: the closed case confirmed what came.
        || input.Decided.GetValueOrDefault(InvoiceHoldReason.ReceiptCase) == InvoiceHoldResolution.CaseClosed;

    private static List<TakenReceipt> Take(MatchInput input, OrderLineTerms terms, decimal covered)
    {
        var parts = new List<(ReceiptLineId Receipt, decimal Quantity)>();
        var left = covered;
        foreach (var receipt in input.Open.Where(receipt => receipt.Open > 0m))
        {
            if (left == 0m)
            {
                break;
            }

            var part = decimal.Min(receipt.Open, left);
            parts.Add((receipt.Id, part));
            left -= part;
        }

        if (parts.Count == 0)
        {
            return [];
        }

        var expected = Rounding.Share(
            Rounding.HalfUp(covered * terms.BaseUnitPrice, input.Digits), [.. parts.Select(part => part.Quantity)], input.Digits);
        return [.. parts.Select((part, at) => new TakenReceipt(part.Receipt, part.Quantity, expected[at]))];
    }

    /// <summary>What is paid for so much of the line: as it is charged, or as it was ordered where somebody decided so.</summary>
    private static decimal Price(
        MatchInput input, OrderLineTerms terms, decimal paid, List<MatchFact> facts, List<PlannedHold> holds)
    {
        if (paid == 0m)
        {
            return 0m;
        }

        var line = input.Line;
        var found = paid == line.BaseQuantity ? line.Net : Rounding.HalfUp(line.Net * paid / line.BaseQuantity, input.Digits);
        var expected = Rounding.HalfUp(terms.BaseUnitPrice * paid, input.Digits);
        var coin = new decimal(1, 0, 0, isNegative: false, (byte)input.Digits);
        var difference = found - expected;
        // A coin is what rounding a line makes; it is no other price.
        var isWithin = decimal.Abs(difference) <= coin || input.Rule.Price.Allow(expected, found);
        facts.Add(new MatchFact(
            Compared.Price, null, expected, found, difference, expected == 0m ? null : decimal.Round(difference * 100m / expected, 4),
            input.Rule.Name, input.Rule.Price.Percent, input.Rule.Price.Amount, isWithin));
        switch (isWithin ? InvoiceHoldResolution.PayAsInvoiced : input.Decided.GetValueOrDefault(InvoiceHoldReason.Price))
        {
            case InvoiceHoldResolution.PayAsInvoiced:
                return found;
            case InvoiceHoldResolution.PayAsOrdered:
                return decimal.Min(found, expected);
            default:
                holds.Add(new PlannedHold(
                    InvoiceHoldReason.Price, "Another price is charged than was ordered", expected, found, input.Rule.Price.Of(expected),
                    decimal.Abs(difference), ReceiptCase: null));
                return found;
        }
    }
}
