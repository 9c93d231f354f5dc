using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;

namespace Platform.Api.Catalog;

internal sealed class UnitType : Readable<UnitOfMeasure>
{
    public UnitType()
        : base("Unit", "units", "catalog.read")
    {
        Shared();
        Column(unit => unit.Code);
        Column(unit => unit.Name);
        Column(unit => unit.Kind, "What it measures.");
        Column(unit => unit.Decimals);
        Column(unit => unit.Version);
        Column(unit => unit.CreatedAt);
        Column(unit => unit.UpdatedAt);
        FindBy(unit => unit.Code);
        Many<Item>("items", item => item.BaseUnit, "Items that are kept in this unit.");
    }
}
