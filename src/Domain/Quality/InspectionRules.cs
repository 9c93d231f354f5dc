using System.Globalization;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality;

/// <summary>Which lots of what arrives are inspected.</summary>
public enum InspectionMode
{
    /// <summary>None: what arrives is accepted.</summary>
    Never,
    EveryLot,

    /// <summary>One of so many lots of the item from the supplier.</summary>
    SkipLot,

    /// <summary>Until a lot of the item from the supplier was accepted.</summary>
    FirstArticle,
}

/// <summary>From a lot of this size on, so many units are looked at, and so many of them may fail.</summary>
public sealed record SampleStep(decimal FromQuantity, int Sample, int AcceptUpTo);

/// <summary>What is looked at. With limits it is measured; without, it is right or wrong.</summary>
/// <param name="Code">What results refer to.</param>
/// <param name="Name">What the inspector is told to look at.</param>
/// <param name="Least">The smallest measure that passes.</param>
/// <param name="Most">The largest measure that passes.</param>
/// <param name="Unit">In what it is measured.</param>
/// <param name="IsCritical">One failure fails the lot, whatever the sample table allows.</param>
public sealed record Characteristic(string Code, string Name, decimal? Least, decimal? Most, string? Unit, bool IsCritical)
{
    internal bool IsMeasured => Least is not null || Most is not null;

    internal bool Passes(decimal measured) => (Least is null || measured >= Least) && (Most is null || measured <= Most);
}

/// <summary>One line of the rules: goods that fulfil all that it asks are inspected as it says. What is null or empty is not asked.</summary>
/// <param name="Name">What the line is called where it is applied.</param>
/// <param name="Items">Items.</param>
/// <param name="Categories">Categories of items.</param>
/// <param name="Suppliers">Who delivered.</param>
/// <param name="Warehouses">Where it arrived.</param>
/// <param name="IsRegulated">Whether the item is regulated.</param>
/// <param name="MinRisk">At least so much risk was found in the delivery, from 0 to 1.</param>
/// <param name="Mode">Which lots.</param>
/// <param name="OneOf">One of so many lots, for <see cref="InspectionMode.SkipLot"/>.</param>
/// <param name="SamplePercent">How much of a lot is looked at, where the table does not say; all of it when null.</param>
/// <param name="Samples">Samples by the size of the lot.</param>
/// <param name="Characteristics">What is looked at.</param>
/// <param name="DueHours">How long goods may wait for it.</param>
public sealed record InspectionRule(
    string Name,
    IReadOnlyList<ItemId> Items,
    IReadOnlyList<string> Categories,
    IReadOnlyList<SupplierId> Suppliers,
    IReadOnlyList<WarehouseId> Warehouses,
    bool? IsRegulated,
    decimal? MinRisk,
    InspectionMode Mode,
    int? OneOf,
    decimal? SamplePercent,
    IReadOnlyList<SampleStep> Samples,
    IReadOnlyList<Characteristic> Characteristics,
    int DueHours)
{
    /// <summary>How many units are looked at of a lot, and how many of them may fail.</summary>
    internal (decimal Sample, int AcceptUpTo) SampleOf(decimal quantity)
    {
        var step = Samples.Where(one => one.FromQuantity <= quantity).MaxBy(one => one.FromQuantity);
        if (step is not null)
        {
            return (decimal.Min(step.Sample, quantity), step.AcceptUpTo);
        }

        // At least one whole unit: a sample of nothing proves nothing.
        return SamplePercent is { } percent
            ? (decimal.Min(quantity, decimal.Max(1m, decimal.Ceiling(quantity * percent / 100m))), 0)
            : (quantity, 0);
    }

    internal InvalidField? Check(string at) =>
        Field.Text($"{at}.name", Name, most: 100)
        ?? Field.Known<InspectionMode>($"{at}.mode", Mode)
        ?? ((Mode == InspectionMode.SkipLot) == (OneOf is not null)
            ? Field.Whole($"{at}.oneOf", OneOf, least: 2, most: 1000)
            : Field.Invalid($"{at}.oneOf", "is given exactly for SKIP_LOT", OneOf?.ToString(CultureInfo.InvariantCulture)))
        ?? Field.Positive($"{at}.minRisk", MinRisk, most: 1m, decimals: 6)
        ?? Field.Positive($"{at}.samplePercent", SamplePercent, most: 100m, decimals: 4)
        ?? Field.Whole($"{at}.dueHours", DueHours, least: 1, most: 2160)
        ?? CheckSamples(at)
        ?? CheckCharacteristics(at);

    private InvalidField? CheckSamples(string at) =>
        Field.Whole($"{at}.samples", Samples.Count, least: 0, most: 50)
        ?? (Samples.Select(step => step.FromQuantity).Distinct().Count() < Samples.Count
            ? Field.Invalid($"{at}.samples", "must name each size of lot once", given: null)
            : null)
        ?? Samples.Select(step =>
            Field.Positive($"{at}.samples.fromQuantity", step.FromQuantity, most: 1_000_000_000m, decimals: 6)
            ?? Field.Whole($"{at}.samples.sample", step.Sample, least: 1, most: 1_000_000)
            ?? Field.Whole($"{at}.samples.acceptUpTo", step.AcceptUpTo, least: 0, most: step.Sample - 1)).FirstOrDefault(found => found is not null);

    private InvalidField? CheckCharacteristics(string at) =>
        Field.Whole($"{at}.characteristics", Characteristics.Count, least: Mode == InspectionMode.Never ? 0 : 1, most: 50)
        ?? (Characteristics.Select(one => one.Code).Distinct(StringComparer.Ordinal).Count() < Characteristics.Count
            ? Field.Invalid($"{at}.characteristics", "must name each once", given: null)
            : null)
        ?? Characteristics.Select(one =>
            Field.Code($"{at}.characteristics.code", one.Code)
            ?? Field.Text($"{at}.characteristics.name", one.Name, most: 200)
            ?? Field.OptionalText($"{at}.characteristics.unit", one.Unit, most: 20)
            ?? (one.Least > one.Most
                ? Field.Invalid($"{at}.characteristics.least", "must not be above most", one.Least?.ToString(CultureInfo.InvariantCulture))
                : null)).FirstOrDefault(found => found is not null);
}

/// <summary>All lines; the first that fits decides. Where none does, goods are not inspected.</summary>
public sealed record InspectionRules(IReadOnlyList<InspectionRule> Rules)
{
    internal InspectionRule? RuleFor(Inspectable about) =>
        Rules.FirstOrDefault(rule =>
            (rule.Items.Count == 0 || rule.Items.Contains(about.Item))
            && (rule.Categories.Count == 0 || (about.Category is { } category && rule.Categories.Contains(category, StringComparer.Ordinal)))
            && (rule.Suppliers.Count == 0 || (about.Supplier is { } supplier && rule.Suppliers.Contains(supplier)))
            && (rule.Warehouses.Count == 0 || rule.Warehouses.Contains(about.Warehouse))
            && (rule.IsRegulated is null || rule.IsRegulated == about.IsRegulated)
            && (rule.MinRisk is null || about.Risk >= rule.MinRisk));
}

/// <summary>What the rules look at.</summary>
internal sealed record Inspectable(
    ItemId Item, string? Category, bool IsRegulated, SupplierId? Supplier, WarehouseId Warehouse, decimal? Risk, decimal Quantity);

/// <summary>What came of the item from the supplier before.</summary>
/// <param name="SinceInspected">How many lots were let pass since one was inspected; null when none was.</param>
/// <param name="WasAccepted">Whether a lot was ever accepted.</param>
internal sealed record LotHistory(int? SinceInspected, bool WasAccepted);

/// <summary>Decides whether a lot is inspected, and says why. Pure.</summary>
internal static class InspectionJudge
{
    public static InspectionNeed Judge(InspectionRules? rules, int? policy, Inspectable about, LotHistory history)
    {
        if (rules?.RuleFor(about) is not { } rule)
        {
            return InspectionNeed.None(policy, rule: null, "No rule asks for an inspection.");
        }

        var (isNeeded, why) = rule.Mode switch
        {
            InspectionMode.Never => (false, "The rule lets these goods pass."),
            InspectionMode.EveryLot => (true, "Every lot is inspected."),
            InspectionMode.FirstArticle => history.WasAccepted
                ? (false, "A lot of the item from this supplier was accepted before.")
                : (true, "No lot of the item from this supplier was accepted yet."),
            InspectionMode.SkipLot => Skips(rule.OneOf!.Value, history.SinceInspected),
        };
        var (sample, acceptUpTo) = rule.SampleOf(about.Quantity);
        return isNeeded
            ? new InspectionNeed(true, policy, rule.Name, why, sample, acceptUpTo, rule.Characteristics, rule.DueHours)
            : InspectionNeed.None(policy, rule.Name, why);
    }

    private static (bool IsNeeded, string Why) Skips(int oneOf, int? since)
    {
        var passed = string.Create(CultureInfo.InvariantCulture, $"One of {oneOf} lots is inspected; {since ?? 0} passed since the last.");
        return since is null
            ? (true, string.Create(CultureInfo.InvariantCulture, $"One of {oneOf} lots is inspected, and this is the first."))
            : (since + 1 >= oneOf, passed);
    }
}

/// <summary>Whether goods that arrived are inspected, and how.</summary>
/// <param name="IsNeeded">Whether they are.</param>
/// <param name="PolicyNumber">The version of the rules; null when nobody published any.</param>
/// <param name="Rule">The line that decided; null when none fits.</param>
/// <param name="Why">In words.</param>
/// <param name="Sample">How many units are looked at.</param>
/// <param name="AcceptUpTo">How many of them may fail.</param>
/// <param name="Characteristics">What is looked at.</param>
/// <param name="DueHours">How long goods may wait for it.</param>
public sealed record InspectionNeed(
    bool IsNeeded, int? PolicyNumber, string? Rule, string Why, decimal Sample, int AcceptUpTo,
    IReadOnlyList<Characteristic> Characteristics, int DueHours)
{
    private static readonly Characteristic Mended = new("REWORK", "Whether it was put right", Least: null, Most: null, Unit: null, IsCritical: true);

    private static readonly Characteristic Concerned = new("HOLD", "Whether what it is held for concerns it", Least: null, Most: null, Unit: null, IsCritical: true);

    /// <summary>All of what was put right is looked at, by what it was looked at before.</summary>
    internal static InspectionNeed AfterRework(string number, decimal quantity, IReadOnlyList<Characteristic>? before) =>
        new(true, null, Rule: null, $"Disposition {number}: put right, and looked at again.", quantity, 0, [.. before ?? [], Mended], DueHours: 24);

    /// <summary>Goods that arrive while a hold stands over their kind are never usable at once.</summary>
    internal static InspectionNeed UnderHold(string hold, string reason, decimal quantity) =>
        new(true, null, Rule: null, $"Hold {hold} stands: {reason}", quantity, 0, [Concerned], DueHours: 24);

    internal static InspectionNeed None(int? policy, string? rule, string why) => new(false, policy, rule, why, 0m, 0, [], 0);
}
