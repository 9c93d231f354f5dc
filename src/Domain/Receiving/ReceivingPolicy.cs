using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

/// <summary>What happens to more than is tolerated (RCV-04).</summary>
public enum OverReceiptRule
{
    Refuse,

    /// <summary>What is tolerated comes in; the rest waits, and others decide whether it is taken.</summary>
    Hold,
}

/// <summary>One line of the rules. Names nothing: for everything. What is null is not said, and a line that is less specific says it.</summary>
/// <param name="Name">What the line is called where it is applied.</param>
/// <param name="Item">The item it is for.</param>
/// <param name="Supplier">The supplier it is for.</param>
/// <param name="Warehouse">The site it is for.</param>
/// <param name="LegalEntity">The company it is for.</param>
/// <param name="OverPercent">How much more may come, in percent.</param>
/// <param name="OverQuantity">How much more may come, in base units; where both are given, the narrower counts.</param>
/// <param name="UnderPercent">How much less may come without a word, in percent.</param>
/// <param name="UnderQuantity">How much less may come without a word, in base units; where both are given, the narrower counts.</param>
/// <param name="OverReceipt">What happens to more than that.</param>
/// <param name="Release">From when on goods may be taken.</param>
/// <param name="RiskThreshold">From this risk on, from 0 to 1, a delivery is counted twice.</param>
/// <param name="MostHoursToPost">How long after the count the ledger may hear of it.</param>
public sealed record ReceivingRule(
    string Name, ItemId? Item, SupplierId? Supplier, WarehouseId? Warehouse, LegalEntityId? LegalEntity, decimal? OverPercent,
    decimal? OverQuantity, decimal? UnderPercent, decimal? UnderQuantity, OverReceiptRule? OverReceipt, ReleasePoint? Release,
    decimal? RiskThreshold, int? MostHoursToPost)
{
    /// <summary>Item before supplier before site before company.</summary>
    internal int Precedence => (Item is null ? 0 : 8) + (Supplier is null ? 0 : 4) + (Warehouse is null ? 0 : 2) + (LegalEntity is null ? 0 : 1);

    internal bool Fits(Receivable about) =>
        (Item is null || Item == about.Item)
        && (Supplier is null || Supplier == about.Supplier)
        && (Warehouse is null || Warehouse == about.Warehouse)
        && (LegalEntity is null || LegalEntity == about.LegalEntity);

    internal InvalidField? Check(string at) =>
        Field.Text($"{at}.name", Name, most: 100)
        ?? Least($"{at}.overPercent", OverPercent, most: 1000m)
        ?? Least($"{at}.overQuantity", OverQuantity, most: 1_000_000_000m)
        ?? Least($"{at}.underPercent", UnderPercent, most: 100m)
        ?? Least($"{at}.underQuantity", UnderQuantity, most: 1_000_000_000m)
        ?? Field.Known($"{at}.overReceipt", OverReceipt)
        ?? Field.Known($"{at}.release", Release)
        ?? Least($"{at}.riskThreshold", RiskThreshold, most: 1m)
        ?? Field.Whole($"{at}.mostHoursToPost", MostHoursToPost, least: 1, most: 2160);

    private static InvalidField? Least(string field, decimal? value, decimal most) =>
        value == 0m ? null : Field.Positive(field, value, most, decimals: 4);
}

/// <summary>What the rules look at.</summary>
internal sealed record Receivable(ItemId? Item, SupplierId Supplier, WarehouseId Warehouse, LegalEntityId LegalEntity)
{
    public static Receivable Of(OrderLineTerms line) => new(line.Item, line.Supplier, line.Warehouse, line.LegalEntity);

    public static Receivable Of(InboundShipment shipment) => new(Item: null, shipment.SupplierId, shipment.WarehouseId, shipment.LegalEntityId);
}

/// <summary>All lines; each value is said by the most specific line that says it: item before supplier before site before company.</summary>
public sealed record ReceivingRules(IReadOnlyList<ReceivingRule> Rules)
{
    internal ReceivingTerms TermsFor(Receivable about)
    {
        var fitting = Rules.Where(rule => rule.Fits(about)).OrderByDescending(rule => rule.Precedence).ToList();
        return new ReceivingTerms(
            Tolerate(fitting.FirstOrDefault(rule => rule.OverPercent is not null || rule.OverQuantity is not null), rule => (rule.OverPercent, rule.OverQuantity)),
            Tolerate(fitting.FirstOrDefault(rule => rule.UnderPercent is not null || rule.UnderQuantity is not null), rule => (rule.UnderPercent, rule.UnderQuantity)),
            fitting.FirstOrDefault(rule => rule.OverReceipt is not null)?.OverReceipt ?? ReceivingTerms.Usual.OverReceipt,
            fitting.FirstOrDefault(rule => rule.Release is not null)?.Release ?? ReceivingTerms.Usual.Release,
            fitting.FirstOrDefault(rule => rule.RiskThreshold is not null)?.RiskThreshold ?? ReceivingTerms.Usual.RiskThreshold,
            fitting.FirstOrDefault(rule => rule.MostHoursToPost is not null)?.MostHoursToPost ?? ReceivingTerms.Usual.MostHoursToPost);
    }

    private static Tolerance? Tolerate(ReceivingRule? rule, Func<ReceivingRule, (decimal? Percent, decimal? Quantity)> limits)
    {
        if (rule is null)
        {
            return null;
        }

        var (percent, quantity) = limits(rule);
        return Tolerance.Create(percent, quantity).Value;
    }
}

/// <summary>What holds for one line of a delivery. A tolerance that no rule states is the order's own.</summary>
internal sealed record ReceivingTerms(
    Tolerance? Over, Tolerance? Under, OverReceiptRule OverReceipt, ReleasePoint Release, decimal RiskThreshold, int MostHoursToPost)
{
    /// <summary>Where nobody published rules.</summary>
    public static ReceivingTerms Usual { get; } =
        new(Over: null, Under: null, OverReceiptRule.Refuse, ReleasePoint.AtReceipt, RiskThreshold: 0.7m, MostHoursToPost: 24);

    /// <summary>How many base units may come altogether.</summary>
    public decimal MostOf(OrderLineTerms line) => Over is null ? line.Most : line.BaseQuantity + Over.Of(line.BaseQuantity);

    public bool ToleratesLess(OrderLineTerms line, decimal expected, decimal actual)
    {
        var under = Under ?? Tolerance.Create(line.UnderPercent, absolute: null).Value;
        return under.Tolerates(expected, actual);
    }
}

/// <summary>The rules in force.</summary>
internal sealed class ReceivingPolicies(PlatformDb db)
{
    private readonly Dictionary<DateTimeOffset, ReceivingRules?> _inForce = [];

    public async Task<ReceivingTerms> TermsForAsync(Receivable about, DateTimeOffset now, CancellationToken ct)
    {
        if (!_inForce.TryGetValue(now, out var rules))
        {
            rules = (await db.FindPolicyInForceAsync<ReceivingRules>(PolicyKind.Receiving, now, ct))?.Body;
            _inForce[now] = rules;
        }

        return rules?.TermsFor(about) ?? ReceivingTerms.Usual;
    }
}

/// <summary>Writes the next version of the rules of receiving, whole; it decides nothing until it was simulated and somebody else publishes it.</summary>
[Needs("receiving.govern")]
[Refuses<InvalidField>]
public sealed record DraftReceivingPolicy(ReceivingRules Receiving, string Note) : ICommand<PolicyDrafted>;

internal sealed class DraftReceivingPolicyHandler(PlatformDb db) : ICommandHandler<DraftReceivingPolicy, PolicyDrafted>
{
    private const int MostRules = 2000;

    public async Task<Result<PolicyDrafted>> HandleAsync(DraftReceivingPolicy command, Envelope envelope, CancellationToken ct)
    {
        var rules = command.Receiving.Rules;
        var invalid = Field.Whole("receiving.rules", rules.Count, least: 1, most: MostRules)
            ?? Field.Text("note", command.Note, most: 500)
            ?? rules.Select((rule, at) => rule.Check($"receiving.rules.{at}")).FirstOrDefault(found => found is not null);
        return invalid is not null
            ? invalid
            : await db.DraftPolicyAsync(PolicyKind.Receiving, command.Receiving, command.Note, envelope, ct);
    }
}

/// <summary>Plays a draft against what came in the last months: from when on would it have been available?</summary>
internal sealed class ReceivingSimulation(PlatformDb db) : IPolicySimulation
{
    private const int MostLines = 10_000;
    private const int Days = 90;

    public PolicyKind Kind => PolicyKind.Receiving;

    public async Task<IReadOnlyList<(string Was, string WouldBe)>> RunAsync(PolicyVersion draft, DateTimeOffset now, CancellationToken ct)
    {
        var rules = draft.Read<ReceivingRules>();
        return
        [
            .. (await db.FindReceivedAsync(now.AddDays(-Days), MostLines, ct))
                .Select(one => ($"released {one.Release}", $"released {rules.TermsFor(one.About).Release}")),
        ];
    }
}
