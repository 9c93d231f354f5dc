using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;

namespace Platform.Api.Catalog;

internal sealed class ItemUnitType : Readable<ItemUnit>
{
    public ItemUnitType()
        : base("ItemUnit", "itemUnits", "catalog.read")
    {
        Shared();
        Column(row => row.Code);
        Column(row => row.Name);
        Column(row => row.Numerator, "Base units in so many packs as the denominator says.");
        Column(row => row.Denominator, "Packs that hold as many base units as the numerator says.");
        Column(row => row.Decimals, "How many decimals a quantity in it may have.");
        Column(row => row.Gtin, "The number on its label.");
        Column(row => row.LengthMm, "Length in millimetres.");
        Column(row => row.WidthMm, "Width in millimetres.");
        Column(row => row.HeightMm, "Height in millimetres.");
        Column(row => row.WeightKg, "Weight in kilograms.");
        Column(row => row.Status);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<Item>("item", row => row.ItemId, "What it is a unit of.");
    }
}
