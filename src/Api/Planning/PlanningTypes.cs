using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Planning;
using Platform.Domain.Warehouses;

namespace Platform.Api.Planning;

internal sealed class ReplenishmentPolicyType : Readable<ReplenishmentPolicy>
{
    public ReplenishmentPolicyType()
        : base("ReplenishmentPolicy", "replenishmentPolicies", "planning.read")
    {
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Number);
        Column(row => row.EffectiveFrom, "Its first day.");
        Column(row => row.EffectiveUntil);
        Column(row => row.Method, "How the reorder point and the quantity come about.");
        Column(row => row.ReorderPoint, "At or below this much projected stock something is proposed; computed when null.");
        Column(row => row.OrderUpTo, "Up to this much.");
        Column(row => row.OrderQuantity, "This much at a time.");
        Column(row => row.SafetyStock, "Kept for the unexpected.");
        Column(row => row.ServiceTarget, "In how many of a hundred cycles nobody should wait.");
        Column(row => row.ServiceFactor);
        Column(row => row.CoverDays, "For how many days of demand beyond the reorder point is bought.");
        Column(row => row.LeadTimeDays, "Instead of the supplier's.");
        Column(row => row.LeadTimeSpreadDays, "Instead of the supplier's.");
        Column(row => row.ReviewDays, "How long the item is not looked at, in days.");
        Column(row => row.ReviewWeekdays);
        Column(row => row.Minimum, "The least that is proposed.");
        Column(row => row.Multiple, "What is proposed comes in multiples of this.");
        Column(row => row.DemandDays, "How many days of the past the demand is taken from.");
        Column(row => row.UsesForecast, "Whether forecasts count instead of the past where there are some.");
        Column(row => row.TransferRule, "What is thought of first: another site's surplus, or buying.");
        Column(row => row.Reason, "Why.");
        Column(row => row.SetBy, "The account that set it.");
        Column(row => row.SetAt, "When it was set.");
        One<Item>("item", row => row.ItemId, "The item.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<Supplier>("supplier", row => row.SupplierId, "From whom it is usually bought.");
    }
}

internal sealed class TransferLaneType : Readable<TransferLane>
{
    public TransferLaneType()
        : base("TransferLane", "transferLanes", "planning.read")
    {
        Scoped(ScopeKind.Warehouse, row => row.ToWarehouseId);
        Column(row => row.Days, "How many days it takes.");
        Column(row => row.CostPerUnit, "What each base unit costs on the way.");
        Column(row => row.CostPerTransfer, "What each transfer costs, however large.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<Warehouse>("fromWarehouse", row => row.FromWarehouseId, "Where the goods come from.");
        One<Warehouse>("toWarehouse", row => row.ToWarehouseId, "Where they are wanted.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of both costs.");
    }
}

internal sealed class ItemDemandType : Readable<ItemDemand>
{
    public ItemDemandType()
        : base("ItemDemand", "itemDemands", "planning.read")
    {
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Day, "The day.");
        Column(row => row.Source, "Where it is known from.");
        Column(row => row.Reference);
        Column(row => row.Quantity, "How much, in base units.");
        Column(row => row.Status, "Whether it counts.");
        Column(row => row.Reason);
        Column(row => row.Version);
        Column(row => row.RecordedAt, "When it was recorded.");
        One<Item>("item", row => row.ItemId, "What is wanted.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "Where.");
        One<FulfillmentChannel>("channel", row => row.ChannelId, "Through which channel.");
    }
}

internal sealed class ReplenishmentRunType : Readable<ReplenishmentRun>
{
    public ReplenishmentRunType()
        : base("ReplenishmentRun", "replenishmentRuns", "planning.read")
    {
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Day, "The day for which was planned.");
        Column(row => row.DemandTo);
        Column(row => row.ItemSites, "How many items at sites were looked at.");
        Column(row => row.Proposed, "How many new needs were found.");
        Column(row => row.Revised, "How many needs had changed.");
        Column(row => row.Withdrawn, "How many needs were gone.");
        Column(row => row.RunBy, "The account that ran it.");
        Column(row => row.RunAt, "When it ran.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site, or null for all.");
        Many<ReorderProposal>("proposals", row => row.RunId, "What it proposed or revised last.");
    }
}
