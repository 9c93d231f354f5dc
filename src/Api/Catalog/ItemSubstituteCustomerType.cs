using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;

namespace Platform.Api.Catalog;

internal sealed class ItemSubstituteCustomerType : Readable<ItemSubstituteCustomer>
{
    public ItemSubstituteCustomerType()
        : base("ItemSubstituteCustomer", "itemSubstituteCustomers", "partners.read")
    {
        ScopedLike<Customer>(row => row.CustomerId);
        Column(row => row.Rule, "Whether the customer takes the substitute.");
        One<ItemSubstitute>("itemSubstitute", row => row.ItemSubstituteId, "Which substitution.");
        One<Customer>("customer", row => row.CustomerId, "Whose rule it is.");
    }
}
