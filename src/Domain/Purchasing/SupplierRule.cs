using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Purchasing;

/// <summary>What a supplier has to keep to when it delivers (PRC-16).</summary>
public enum SupplierRuleKind
{
    /// <summary>A delivery is announced so long before it arrives.</summary>
    Announcement,
    Label,
    Packaging,
    Documents,
}

/// <summary>A rule of delivery, for one supplier or for all, and what a breach is charged.</summary>
public sealed class SupplierRule
{
    private SupplierRule()
    {
    }

    public SupplierRuleId Id { get; private set; }

    public SupplierId? SupplierId { get; private set; }

    public SupplierRuleKind Kind { get; private set; }

    public string Words { get; private set; } = string.Empty;

    public int? Hours { get; private set; }

    public decimal? Charge { get; private set; }

    public string? CurrencyCode { get; private set; }

    public bool IsOn { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static SupplierRule Of(SupplierRuleId id, SetSupplierRule set, DateTimeOffset at)
    {
        var rule = new SupplierRule { Id = id, SupplierId = set.Supplier, Kind = set.Kind, CreatedAt = at };
        rule.Apply(set, at);
        return rule;
    }

    internal void Apply(SetSupplierRule set, DateTimeOffset at)
    {
        (Words, Hours, Charge, CurrencyCode, IsOn) = (set.Words, set.Hours, set.Charge, set.Currency, set.IsOn);
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>Writes down or changes a rule of delivery. Whom and what it is about stays; another one is another rule.</summary>
/// <param name="Rule">The rule that changes; null for a new one.</param>
/// <param name="Version">The version that was seen last; 0 for a new one.</param>
/// <param name="Supplier">Whom it is for; everybody when null.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Words">What is to be kept to.</param>
/// <param name="Hours">How long before its arrival a delivery is announced, for announcements.</param>
/// <param name="Charge">What a breach is charged, once somebody agreed.</param>
/// <param name="Currency">The currency of the charge.</param>
/// <param name="IsOn">Whether it holds.</param>
[Needs("purchasing.terms")]
[Refuses<InvalidField>, Refuses<SupplierRuleNotFound>, Refuses<StaleVersion>, Refuses<SupplierNotFound>, Refuses<CurrencyUnknown>]
public sealed record SetSupplierRule(
    SupplierRuleId? Rule, int Version, SupplierId? Supplier, SupplierRuleKind Kind, string Words, int? Hours, decimal? Charge, string? Currency, bool IsOn)
    : ICommand<SupplierRuleSet>;

public sealed record SupplierRuleSet(SupplierRuleId SupplierRule, SupplierId? Supplier, SupplierRuleKind Kind, bool IsOn, int Version) : IEvent
{
    public Subject Subject => new(nameof(Purchasing.SupplierRule), SupplierRule.Value);
}

public sealed record SupplierRuleNotFound(SupplierRuleId Rule) : DomainError
{
    public override string Message => $"There is no rule of delivery {Rule}.";
}

internal sealed class SetSupplierRuleHandler(PlatformDb db) : ICommandHandler<SetSupplierRule, SupplierRuleSet>
{
    public async Task<Result<SupplierRuleSet>> HandleAsync(SetSupplierRule command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        if (command.Supplier is { } supplier && await db.FindSupplierAsync(supplier, ct) is null)
        {
            return new SupplierNotFound(supplier);
        }

        if (command.Currency is { } currency && await db.FindCurrencyAsync(currency, ct) is not { Status: CurrencyStatus.Active })
        {
            return new CurrencyUnknown(currency);
        }

        var rule = command.Rule is { } id ? await db.LockRuleAsync(id, ct) : null;
        if (command.Rule is { } missing && rule is null)
        {
            return new SupplierRuleNotFound(missing);
        }

        if ((rule?.Version ?? 0) != command.Version)
        {
            return new StaleVersion(nameof(SupplierRule), rule?.Id.Value ?? Guid.Empty, command.Version, rule?.Version ?? 0);
        }

        if (rule is null)
        {
            rule = SupplierRule.Of(new SupplierRuleId(Guid.CreateVersion7(envelope.Now)), command, envelope.Now);
            db.Add(rule);
        }
        else if ((rule.SupplierId, rule.Kind) != (command.Supplier, command.Kind))
        {
            return Field.Invalid("kind", "must stay as it was, like the supplier: write down another rule", command.Kind.ToString());
        }
        else
        {
            rule.Apply(command, envelope.Now);
        }

        var set = new SupplierRuleSet(rule.Id, rule.SupplierId, rule.Kind, rule.IsOn, rule.Version);
        db.Raise(set);
        return set;
    }

    private static InvalidField? Check(SetSupplierRule command) =>
        Field.Known<SupplierRuleKind>("kind", command.Kind)
        ?? Field.Text("words", command.Words, most: 500)
        ?? Field.Whole("hours", command.Hours, least: 0, most: 720)
        ?? (command.Kind == SupplierRuleKind.Announcement == command.Hours is not null
            ? null
            : Field.Invalid("hours", "must be given for announcements, and for nothing else", null))
        ?? Field.Positive("charge", command.Charge, most: 1_000_000m, decimals: 4)
        ?? (command.Charge is null == command.Currency is null ? null : Field.Invalid("currency", "must be given with a charge", command.Currency));
}
