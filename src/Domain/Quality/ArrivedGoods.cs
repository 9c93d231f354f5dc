using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality;

/// <summary>Units of one lot, serial or handling unit, in base units.</summary>
public sealed record GoodsPart(LotId? Lot, SerialId? Serial, HandlingUnitId? HandlingUnit, decimal Quantity);

/// <summary>Goods of one item that somebody asks about before they are anybody's to take.</summary>
/// <param name="Source">The document line that brought them: one inspection is opened for each.</param>
/// <param name="LegalEntity">Whose company.</param>
/// <param name="Warehouse">Where.</param>
/// <param name="Bin">In which bin they lie or will lie.</param>
/// <param name="Item">What.</param>
/// <param name="Supplier">Who delivered, where somebody did.</param>
/// <param name="Owner">Whose they are; our own when null.</param>
/// <param name="Risk">The risk that was found in the delivery, from 0 to 1.</param>
/// <param name="AcceptedAs">What accepted goods are: usable, or received again where something else is still waited for.</param>
/// <param name="Parts">The units.</param>
public sealed record ArrivedGoods(
    Subject Source,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    BinId Bin,
    ItemId Item,
    SupplierId? Supplier,
    OwnerId? Owner,
    decimal? Risk,
    StockCondition AcceptedAs,
    IReadOnlyList<GoodsPart> Parts)
{
    internal decimal Quantity => Parts.Sum(part => part.Quantity);
}
