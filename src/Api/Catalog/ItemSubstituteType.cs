using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;

namespace Platform.Api.Catalog;

internal sealed class ItemSubstituteType : Readable<ItemSubstitute>
{
    public ItemSubstituteType()
        : base("ItemSubstitute", "itemSubstitutes", "catalog.read")
    {
        Shared();
        Column(row => row.IsSymmetric, "Whether each may stand in for the other.");
        Column(row => row.Rank);
        Column(row => row.ValidFrom, "The first day on which it may be offered.");
        Column(row => row.ValidTo, "The last day on which it may be offered.");
        Column(row => row.NeedsApproval, "Whether somebody decides before it is offered.");
        Column(row => row.Status);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<Item>("item", row => row.ItemId, "What is asked for.");
        One<Item>("substitute", row => row.SubstituteId, "What may be given in its place.");
        Many<ItemSubstituteCustomer>("customers", row => row.ItemSubstituteId, "Rules of single customers.");
    }
}
