using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>The new content of one field group of an item, whole: what is not said is emptied.</summary>
[JsonDerivedType(typeof(ItemIdentity), "identity")]
[JsonDerivedType(typeof(ItemTracking), "tracking")]
[JsonDerivedType(typeof(ItemWeighing), "weighing")]
[JsonDerivedType(typeof(ItemStorage), "storage")]
[JsonDerivedType(typeof(ItemCosting), "costing")]
[JsonDerivedType(typeof(ItemClassification), "classification")]
[JsonDerivedType(typeof(ItemOrigin), "origin")]
public abstract record ItemChange
{
    [JsonIgnore]
    public abstract FieldGroup Group { get; }

    /// <summary>The first rule of its own that a field breaks.</summary>
    internal abstract InvalidField? Check();

    /// <summary>A group that the register of changes kept.</summary>
    internal static ItemChange Read(FieldGroup group, string json)
    {
        var type = group switch
        {
            FieldGroup.Identity => typeof(ItemIdentity),
            FieldGroup.Tracking => typeof(ItemTracking),
            FieldGroup.Weighing => typeof(ItemWeighing),
            FieldGroup.Storage => typeof(ItemStorage),
            FieldGroup.Costing => typeof(ItemCosting),
            FieldGroup.Classification => typeof(ItemClassification),
            FieldGroup.Origin => typeof(ItemOrigin),
            _ => throw new InvalidOperationException($"{group} is no changeable group of an item."),
        };
        return (ItemChange)JsonSerializer.Deserialize(json, type, KernelJson.Options)!;
    }
}

/// <summary>What an item is called and how people and scanners recognise it.</summary>
public sealed record ItemIdentity(string Name, string? Description, string? Brand, string? Category, string? Gtin)
    : ItemChange
{
    public override FieldGroup Group => FieldGroup.Identity;

    internal override InvalidField? Check() =>
        Field.Text("name", Name, most: 200)
        ?? Field.OptionalText("description", Description, most: 4000)
        ?? Field.OptionalText("brand", Brand, most: 100)
        ?? Field.OptionalText("category", Category, most: 100)
        ?? GtinRule.Check("gtin", Gtin);
}

/// <summary>Days before the end of shelf life at which an item must be used up, leave the shelf, or be looked at.</summary>
public sealed record ShelfLife(
    int Days, ShelfLifeStart From, int UseByDays, int RemovalDays, int AlertDays, int MinimumDaysAtReceipt)
{
    internal InvalidField? Check() =>
        Field.Whole("shelfLife.days", Days, least: 1, most: 36_500)
        ?? Field.Known<ShelfLifeStart>("shelfLife.from", From)
        ?? Field.Whole("shelfLife.useByDays", UseByDays, least: 0, most: Days)
        ?? Field.Whole("shelfLife.removalDays", RemovalDays, least: UseByDays, most: Days)
        ?? Field.Whole("shelfLife.alertDays", AlertDays, least: RemovalDays, most: Days)
        ?? Field.Whole("shelfLife.minimumDaysAtReceipt", MinimumDaysAtReceipt, least: 0, most: Days);
}

/// <summary>Whether units of an item are told apart, by what, and how long they last.</summary>
public sealed record ItemTracking(Tracking Tracking, SerialScope? SerialScope, ShelfLife? ShelfLife) : ItemChange
{
    /// <summary>Told apart by nothing.</summary>
    public static ItemTracking Untracked { get; } = new(Tracking.None, SerialScope: null, ShelfLife: null);

    public override FieldGroup Group => FieldGroup.Tracking;

    internal override InvalidField? Check() =>
        Field.Known<Tracking>("tracking", Tracking)
        ?? Field.Known("serialScope", SerialScope)
        ?? (Tracking == Tracking.Serial == SerialScope is not null
            ? null
            : Field.Invalid("serialScope", "is given for serial tracking, and only then", SerialScope?.ToString()))
        ?? (ShelfLife is not null && Tracking == Tracking.None
            ? Field.Invalid("shelfLife", "needs lot or serial tracking: untracked units have no dates", $"{ShelfLife.Days}")
            : ShelfLife?.Check());
}

/// <summary>Moved in pieces, priced and valued by weight (CAT-11).</summary>
public sealed record CatchWeightRule(string Unit, decimal NominalWeight, decimal TolerancePercent);

/// <summary>Whether an item is sold by captured weight.</summary>
public sealed record ItemWeighing(CatchWeightRule? CatchWeight) : ItemChange
{
    public static ItemWeighing NotWeighed { get; } = new(CatchWeight: null);

    public override FieldGroup Group => FieldGroup.Weighing;

    internal override InvalidField? Check() =>
        CatchWeight is null
            ? null
            : UnitRules.Code("catchWeight.unit", CatchWeight.Unit)
                ?? Field.Positive("catchWeight.nominalWeight", CatchWeight.NominalWeight, most: 1_000_000m, decimals: 6)
                ?? Field.Positive("catchWeight.tolerancePercent", CatchWeight.TolerancePercent, most: 100m, decimals: 4);
}

/// <summary>What an item asks of the place that keeps it.</summary>
public sealed record ItemStorage(Temperature Temperature, HazardClass Hazard, SizeClass Size, HandlingClass Handling)
    : ItemChange
{
    public static ItemStorage Ordinary { get; } =
        new(Temperature.Ambient, HazardClass.None, SizeClass.Medium, HandlingClass.Standard);

    public override FieldGroup Group => FieldGroup.Storage;

    internal override InvalidField? Check() =>
        Field.Known<Temperature>("temperature", Temperature)
        ?? Field.Known<HazardClass>("hazard", Hazard)
        ?? Field.Known<SizeClass>("size", Size)
        ?? Field.Known<HandlingClass>("handling", Handling);
}

/// <summary>How the cost of an item is found.</summary>
public sealed record ItemCosting(CostingMethod Method) : ItemChange
{
    public override FieldGroup Group => FieldGroup.Costing;

    internal override InvalidField? Check() => Field.Known<CostingMethod>("method", Method);
}

/// <summary>Segments, with the method that found them: a class nobody can explain is a guess (CAT-13).</summary>
public sealed record ItemClassification(
    AbcClass? Abc,
    XyzClass? Xyz,
    Velocity? Velocity,
    Criticality? Criticality,
    ShrinkRisk? ShrinkRisk,
    RegulatorySensitivity? RegulatorySensitivity,
    string Method) : ItemChange
{
    public override FieldGroup Group => FieldGroup.Classification;

    internal override InvalidField? Check() =>
        Field.Known("abc", Abc)
        ?? Field.Known("xyz", Xyz)
        ?? Field.Known("velocity", Velocity)
        ?? Field.Known("criticality", Criticality)
        ?? Field.Known("shrinkRisk", ShrinkRisk)
        ?? Field.Known("regulatorySensitivity", RegulatorySensitivity)
        ?? Field.Text("method", Method, most: 200);
}

/// <summary>Where an item comes from, and whether authorities have a say.</summary>
public sealed record ItemOrigin(bool IsRegulated, bool IsImported, string? CountryOfOrigin) : ItemChange
{
    public static ItemOrigin Domestic { get; } = new(IsRegulated: false, IsImported: false, CountryOfOrigin: null);

    public override FieldGroup Group => FieldGroup.Origin;

    internal override InvalidField? Check() =>
        Field.OptionalCountry("countryOfOrigin", CountryOfOrigin)
        ?? (IsImported && CountryOfOrigin is null
            ? Field.Invalid("countryOfOrigin", "must be known for an imported item", given: null)
            : null);
}

/// <summary>Global trade item numbers have 8, 12, 13 or 14 digits, the last of which checks the others.</summary>
internal static partial class GtinRule
{
    public static InvalidField? Check(string field, string? gtin) =>
        gtin is null
            ? null
            : Field.Pattern(field, gtin, Digits(), "must have 8, 12, 13 or 14 digits")
                ?? (IsChecked(gtin) ? null : Field.Invalid(field, "must end with its check digit (GS1, modulo 10)", gtin));

    /// <summary>From the right, digits weigh 1, 3, 1, 3 …; the weighted sum ends with 0.</summary>
    private static bool IsChecked(string gtin)
    {
        var sum = 0;
        for (var i = 0; i < gtin.Length; i++)
        {
            sum += (gtin[^(i + 1)] - '0') * (i % 2 == 0 ? 1 : 3);
        }

        return sum % 10 == 0;
    }

    [GeneratedRegex(@"\A([0-9]{8}|[0-9]{12,14})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Digits();
}

internal static partial class UnitRules
{
    public static InvalidField? Code(string field, string? unit) =>
        Field.Pattern(field, unit, CodePattern(), "must be 1 to 12 capital letters, digits, _ or -");

    [GeneratedRegex(@"\A[A-Z0-9_-]{1,12}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex CodePattern();
}
