using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;

namespace Platform.Api.Catalog;

internal sealed class ItemSupplierPartType : Readable<ItemSupplierPart>
{
    public ItemSupplierPartType()
        : base("ItemSupplierPart", "itemSupplierParts", "catalog.read")
    {
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.PartNumber, "What the supplier calls it.");
        Column(row => row.CreatedAt);
        One<Item>("item", row => row.ItemId, "Our item.");
        One<Supplier>("supplier", row => row.SupplierId, "Who sells it under this number.");
    }
}
