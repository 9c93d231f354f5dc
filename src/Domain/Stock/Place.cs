using System.Text.Json.Serialization;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock;

/// <summary>Where a leg of a movement stands: a real bin, or one of the places beyond our doors.</summary>
public enum PlaceKind
{
    Bin,
    Supplier,
    Customer,

    /// <summary>Where counted or found differences come from and go to.</summary>
    Adjustment,
    Scrap,
    Opening,
}

/// <summary>A bin with the condition in which the goods lie there, or a place beyond our doors, which has neither.</summary>
public readonly record struct Place(
    PlaceKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BinId? Bin,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StockCondition? Condition)
{
    public static Place Supplier => new(PlaceKind.Supplier, Bin: null, Condition: null);

    public static Place Customer => new(PlaceKind.Customer, Bin: null, Condition: null);

    public static Place Adjustment => new(PlaceKind.Adjustment, Bin: null, Condition: null);

    public static Place Scrap => new(PlaceKind.Scrap, Bin: null, Condition: null);

    public static Place Opening => new(PlaceKind.Opening, Bin: null, Condition: null);

    public bool IsWhole => Kind == PlaceKind.Bin ? Bin is not null && Condition is not null : Bin is null && Condition is null;

    public static Place In(BinId bin, StockCondition condition) => new(PlaceKind.Bin, bin, condition);

    public override string ToString() => Kind == PlaceKind.Bin ? $"{Bin} {Condition}" : Kind.ToString();
}
