using Platform.Api.Reading.Declaring;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Api.Warehouses;

internal sealed class FulfillmentChannelType : Readable<FulfillmentChannel>
{
    public FulfillmentChannelType()
        : base("FulfillmentChannel", "fulfillmentChannels", "network.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Column(row => row.Code, "What people call it by; unique in its legal entity.");
        Column(row => row.Name);
        Column(row => row.Kind, "Whom it sells to.");
        Column(row => row.Status);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "Who sells.");
        Many<WarehouseChannel>("warehouses", row => row.FulfillmentChannelId, "The warehouses that serve it.");
    }
}
