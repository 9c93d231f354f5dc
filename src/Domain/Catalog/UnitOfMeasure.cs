namespace Platform.Domain.Catalog;

/// <summary>A unit that items may be kept or weighed in. Packs are an item's own.</summary>
public sealed class UnitOfMeasure
{
    private UnitOfMeasure()
    {
    }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    public UnitKind Kind { get; private set; }

    /// <summary>0 for what is only counted whole (CAT-05).</summary>
    public int Decimals { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static UnitOfMeasure Create(UnitDefined defined) => new()
    {
        Code = defined.Unit,
        Name = defined.Name,
        Kind = defined.Kind,
        Decimals = defined.Decimals,
        Version = 1,
        CreatedAt = defined.At,
        UpdatedAt = defined.At,
    };
}
