using Platform.Domain.Catalog;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>One run of the planning.</summary>
public sealed class ReplenishmentRun
{
    private ReplenishmentRun()
    {
    }

    public ReplenishmentRunId Id { get; private set; }

    public WarehouseId? WarehouseId { get; private set; }

    public DateOnly Day { get; private set; }

    /// <summary>Up to when the ledger's issues were known.</summary>
    public DateTimeOffset DemandTo { get; private set; }

    public int ItemSites { get; private set; }

    public int Proposed { get; private set; }

    public int Revised { get; private set; }

    public int Withdrawn { get; private set; }

    public Guid RunBy { get; private set; }

    public DateTimeOffset RunAt { get; private set; }
}

/// <summary>Where the demand per day is taken from.</summary>
public enum DemandBasis
{
    History,
    Forecast,
}

/// <summary>Who says how long it takes.</summary>
public enum LeadTimeBasis
{
    Policy,
    Terms,
    Supplier,
}

/// <summary>The whole arithmetic of an item at a site, as the last run saw it (PRC-03, PRC-04). Quantities in base units.</summary>
public sealed class ReplenishmentPosition
{
    private ReplenishmentPosition()
    {
    }

    public ItemId ItemId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public ReplenishmentPolicyId PolicyId { get; private set; }

    public ReplenishmentRunId RunId { get; private set; }

    /// <summary>Usable, here, and held by no allocation.</summary>
    public decimal Free { get; private set; }

    /// <summary>Here, and waiting for inspection or putaway: no reason to buy.</summary>
    public decimal Waiting { get; private set; }

    public decimal InTransit { get; private set; }

    /// <summary>What suppliers are still to bring, as confirmed.</summary>
    public decimal OnOrder { get; private set; }

    /// <summary>The part of it that should have come already.</summary>
    public decimal Overdue { get; private set; }

    /// <summary>What was decided to come and is in no order yet.</summary>
    public decimal DecidedIn { get; private set; }

    /// <summary>What was decided to go to other sites.</summary>
    public decimal DecidedOut { get; private set; }

    public decimal Promised { get; private set; }

    /// <summary>What orders and projects want within the lead time.</summary>
    public decimal Committed { get; private set; }

    /// <summary>Everything that is or comes, less everything that is promised.</summary>
    public decimal Projected { get; private set; }

    public decimal DemandPerDay { get; private set; }

    /// <summary>The standard deviation of the demand of a day.</summary>
    public decimal DemandSpread { get; private set; }

    public DemandBasis DemandSource { get; private set; }

    public decimal LeadTimeDays { get; private set; }

    public decimal LeadTimeSpreadDays { get; private set; }

    public LeadTimeBasis LeadTimeSource { get; private set; }

    public int ReviewDays { get; private set; }

    /// <summary>How many standard deviations of safety the service target needs.</summary>
    public decimal ServiceFactor { get; private set; }

    /// <summary>The factor times the root of (lead and review time × demand spread² + demand² × lead time spread²), or as set.</summary>
    public decimal SafetyStock { get; private set; }

    /// <summary>Demand over lead and review time and the safety stock, or as set.</summary>
    public decimal ReorderPoint { get; private set; }

    public decimal OrderUpTo { get; private set; }

    public decimal Multiple { get; private set; }

    /// <summary>The most that will be missing before anything ordered now could come.</summary>
    public decimal Gap { get; private set; }

    /// <summary>When what is here now is used up.</summary>
    public DateOnly? RunsOutOn { get; private set; }

    public decimal EmergencyQuantity { get; private set; }

    public decimal OrderQuantity { get; private set; }

    /// <summary>How much more lies here than the policy wants: others may have it.</summary>
    public decimal Surplus { get; private set; }

    public bool IsDue { get; private set; }

    public DateTimeOffset ComputedAt { get; private set; }
}

/// <summary>Supply that became later or less and was not planned again yet.</summary>
public sealed class SupplyChange
{
    private SupplyChange()
    {
    }

    public Guid Id { get; private set; }

    public Purchasing.PurchaseOrderId OrderId { get; private set; }

    public ItemId ItemId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    internal static SupplyChange Of(Purchasing.OrderLineTerms line, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        OrderId = line.Order,
        ItemId = line.Item,
        WarehouseId = line.Warehouse,
        ChangedAt = at,
    };
}
