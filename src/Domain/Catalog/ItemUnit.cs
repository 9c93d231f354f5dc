using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;

namespace Platform.Domain.Catalog;

/// <summary>The outer measures of one unit of a pack.</summary>
public sealed record PackSize(decimal LengthMm, decimal WidthMm, decimal HeightMm);

/// <summary>One unit of the pack holds numerator / denominator base units, exactly.</summary>
public sealed record PackDefinition(
    string Code,
    string Name,
    long Numerator,
    long Denominator,
    int Decimals,
    string? Gtin,
    PackSize? Size,
    decimal? WeightKg)
{
    /// <summary>Beyond a million million in one pack a factor is a typing error, and products would leave 64 bits.</summary>
    private const long MostInOne = 1_000_000_000_000;

    internal InvalidField? Check() =>
        UnitRules.Code("code", Code)
        ?? Field.Text("name", Name, most: 100)
        ?? Field.Whole("numerator", Numerator, least: 1, most: MostInOne)
        ?? Field.Whole("denominator", Denominator, least: 1, most: MostInOne)
        ?? Field.Whole("decimals", Decimals, least: 0, most: Unit.MostDecimals)
        ?? GtinRule.Check("gtin", Gtin)
        ?? Field.Positive("size.lengthMm", Size?.LengthMm, most: 100_000m, decimals: 3)
        ?? Field.Positive("size.widthMm", Size?.WidthMm, most: 100_000m, decimals: 3)
        ?? Field.Positive("size.heightMm", Size?.HeightMm, most: 100_000m, decimals: 3)
        ?? Field.Positive("weightKg", WeightKg, most: 1_000_000m, decimals: 6);
}

/// <summary>A unit in which an item is ordered, stored or sold: the base unit, or a pack of it.</summary>
public sealed class ItemUnit
{
    private ItemUnit()
    {
    }

    public ItemUnitId Id { get; private set; }

    public ItemId ItemId { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    public long Numerator { get; private set; }

    public long Denominator { get; private set; }

    public int Decimals { get; private set; }

    public string? Gtin { get; private set; }

    public decimal? LengthMm { get; private set; }

    public decimal? WidthMm { get; private set; }

    public decimal? HeightMm { get; private set; }

    public decimal? WeightKg { get; private set; }

    public RowStatus Status { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal PackDefinition Definition() => new(
        Code, Name, Numerator, Denominator, Decimals, Gtin,
        LengthMm is null ? null : new PackSize(LengthMm.Value, WidthMm!.Value, HeightMm!.Value),
        WeightKg);

    internal static ItemUnit Create(ItemUnitId id, ItemId item, PackDefinition definition, DateTimeOffset now)
    {
        var unit = new ItemUnit
        {
            Id = id,
            ItemId = item,
            Code = definition.Code,
            Status = RowStatus.Active,
            CreatedAt = now,
        };
        unit.Apply(definition, now);
        return unit;
    }

    internal void Apply(PackDefinition definition, DateTimeOffset now)
    {
        // In lowest terms, so that 24/2 and 12/1 are seen to be one factor.
        var factor = UnitFactor.Create(definition.Numerator, definition.Denominator).Value;
        Name = definition.Name;
        Numerator = factor.Numerator;
        Denominator = factor.Denominator;
        Decimals = definition.Decimals;
        Gtin = definition.Gtin;
        LengthMm = definition.Size?.LengthMm;
        WidthMm = definition.Size?.WidthMm;
        HeightMm = definition.Size?.HeightMm;
        WeightKg = definition.WeightKg;
        Version++;
        UpdatedAt = now;
    }

    internal void Retire(DateTimeOffset now)
    {
        Status = RowStatus.Retired;
        Version++;
        UpdatedAt = now;
    }
}
