using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;

namespace Platform.Api.Catalog;

internal sealed class ItemDuplicateOverrideType : Readable<ItemDuplicateOverride>
{
    public ItemDuplicateOverrideType()
        : base("ItemDuplicateOverride", "itemDuplicateOverrides", "catalog.read")
    {
        Shared();
        Column(row => row.Cause, "Why they look like one.");
        Column(row => row.OverriddenBy, "Who said that they are two.");
        Column(row => row.Reason, "Why they are two.");
        Column(row => row.CreatedAt);
        One<Item>("item", row => row.ItemId, "One of them.");
        One<Item>("other", row => row.OtherId, "The other one.");
    }
}
