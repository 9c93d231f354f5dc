using System.Text.Json;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Policies;

namespace Platform.Domain.Payables.Matching;

public enum MatchMode
{
    /// <summary>With the order and with what was received: goods.</summary>
    ThreeWay,

    /// <summary>With the order only: services, which nobody receives.</summary>
    TwoWay,
}

/// <summary>
/// By how much invoices may differ. A rule for an item goes before one for a supplier, and that before one for a company; one
/// without any is for all the others. Where a percentage and an amount are given, a difference must lie within both.
/// </summary>
/// <param name="Name">What people call the rule.</param>
/// <param name="Item">The item it is for.</param>
/// <param name="Supplier">The supplier it is for.</param>
/// <param name="LegalEntity">The company it is for.</param>
/// <param name="Mode">With what lines of services are compared.</param>
/// <param name="PricePercent">The most that a price may differ from the order's, in percent.</param>
/// <param name="PriceAmount">The most that a line may differ because of its price, in the policy's currency.</param>
/// <param name="QuantityPercent">The most that more may be charged than was received, in percent.</param>
/// <param name="QuantityAmount">The most that more may be charged than was received, in base units.</param>
/// <param name="AcceptUpTo">The largest difference that one person may accept, in the policy's currency; others are asked above it.</param>
/// <param name="QualityBlocks">An invoice waits while goods of it are under inspection or held; otherwise it does not.</param>
public sealed record MatchRule(
    string Name,
    ItemId? Item,
    SupplierId? Supplier,
    LegalEntityId? LegalEntity,
    MatchMode Mode,
    decimal? PricePercent,
    decimal? PriceAmount,
    decimal? QuantityPercent,
    decimal? QuantityAmount,
    decimal? AcceptUpTo,
    bool? QualityBlocks)
{
    /// <summary>Nothing may differ, and nobody accepts a difference alone.</summary>
    internal static MatchRule Exact { get; } = new("exact", null, null, null, MatchMode.ThreeWay, null, null, null, null, null, null);

    internal int Precedence => (Item is null ? 0 : 4) + (Supplier is null ? 0 : 2) + (LegalEntity is null ? 0 : 1);

    internal bool Fits(ItemId? item, SupplierId supplier, LegalEntityId entity) =>
        (Item is null || Item == item) && (Supplier is null || Supplier == supplier) && (LegalEntity is null || LegalEntity == entity);
}

/// <summary>All rules; amounts are in one currency.</summary>
public sealed record MatchRules(string Currency, IReadOnlyList<MatchRule> Rules)
{
    /// <summary>The most particular rule that fits; the first of several equally particular ones.</summary>
    internal MatchRule RuleFor(ItemId? item, SupplierId supplier, LegalEntityId entity) =>
        Rules.Where(rule => rule.Fits(item, supplier, entity)).MaxBy(rule => rule.Precedence) ?? MatchRule.Exact;
}

/// <summary>Writes the next version of the match policy, whole; it decides nothing until it was simulated and somebody else publishes it.</summary>
[Needs("payables.govern")]
[Refuses<InvalidField>, Refuses<CurrencyUnknown>, Refuses<ItemNotFound>, Refuses<SupplierNotFound>, Refuses<LegalEntityNotFound>]
public sealed record DraftMatchPolicy(MatchRules Policy, string Note) : ICommand<PolicyDrafted>;

internal sealed class DraftMatchPolicyHandler(PlatformDb db) : ICommandHandler<DraftMatchPolicy, PolicyDrafted>
{
    private const int MostRules = 1000;

    public async Task<Result<PolicyDrafted>> HandleAsync(DraftMatchPolicy command, Envelope envelope, CancellationToken ct)
    {
        var rules = command.Policy.Rules;
        var invalid = Field.Whole("rules", rules.Count, least: 1, most: MostRules)
            ?? Field.Text("note", command.Note, most: 500)
            ?? rules.Select((rule, at) => Check(rule, $"rules.{at}")).FirstOrDefault(found => found is not null);
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.FindCurrencyAsync(command.Policy.Currency, ct) is null)
        {
            return new CurrencyUnknown(command.Policy.Currency);
        }

        return await RefuseScopesAsync(rules, ct) is { } unknown
            ? unknown
            : await db.DraftPolicyAsync(PolicyKind.InvoiceMatch, command.Policy, command.Note, envelope, ct);
    }

    private static InvalidField? Check(MatchRule rule, string at) =>
        Field.Text($"{at}.name", rule.Name, most: 100)
        ?? Field.Known<MatchMode>($"{at}.mode", rule.Mode)
        ?? Limit($"{at}.pricePercent", rule.PricePercent, 1000m)
        ?? Limit($"{at}.priceAmount", rule.PriceAmount, 1_000_000_000m)
        ?? Limit($"{at}.quantityPercent", rule.QuantityPercent, 1000m)
        ?? Limit($"{at}.quantityAmount", rule.QuantityAmount, 1_000_000_000m)
        ?? Limit($"{at}.acceptUpTo", rule.AcceptUpTo, 1_000_000_000m);

    private static InvalidField? Limit(string field, decimal? value, decimal most) =>
        value is null or 0m ? null : Field.Positive(field, value, most, decimals: 4);

    private async Task<DomainError?> RefuseScopesAsync(IReadOnlyList<MatchRule> rules, CancellationToken ct)
    {
        foreach (var rule in rules)
        {
            if (rule.Item is { } item && !await db.IsItemKnownAsync(item, ct))
            {
                return new ItemNotFound(item);
            }

            if (rule.Supplier is { } supplier && await db.FindSupplierAsync(supplier, ct) is null)
            {
                return new SupplierNotFound(supplier);
            }

            if (rule.LegalEntity is { } entity && await db.ShareLegalEntityAsync(entity, ct) is null)
            {
                return new LegalEntityNotFound(entity);
            }
        }

        return null;
    }
}

/// <summary>Plays a draft against the invoice lines of the last months: how many would have been held, or let pass.</summary>
internal sealed class MatchSimulation(PlatformDb db, ExchangeRates rates) : IPolicySimulation
{
    private const int MostLines = 10_000;
    private const int Days = 90;

    public PolicyKind Kind => PolicyKind.InvoiceMatch;

    public async Task<IReadOnlyList<(string Was, string WouldBe)>> RunAsync(PolicyVersion draft, DateTimeOffset now, CancellationToken ct)
    {
        var body = draft.Read<MatchRules>();
        var played = new List<(string Was, string WouldBe)>();
        foreach (var (line, invoice) in await db.FindComparedLinesAsync(now.AddDays(-Days), MostLines, ct))
        {
            var rule = body.RuleFor(line.ItemId, invoice.SupplierId, invoice.LegalEntityId);
            var worth = await rates.WorthAsync(1m, body.Currency, invoice.CurrencyCode, invoice.InvoiceDate, ct);
            foreach (var fact in JsonSerializer.Deserialize<List<MatchFact>>(line.Explanation, KernelJson.Options)!)
            {
                if (fact.Limits(rule, worth) is { } limits)
                {
                    played.Add((fact.IsWithin ? $"{fact.What} passed" : $"{fact.What} held",
                        limits.Allow(fact.Expected, fact.Found) ? $"{fact.What} passed" : $"{fact.What} held"));
                }
            }
        }

        return played;
    }
}
