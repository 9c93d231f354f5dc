using Platform.Domain.Planning;

namespace Platform.Api.Live.Rules;

/// <summary>What is planned is heard of at the site it is for; what two sites share, at both.</summary>
internal sealed class PlanningEvents : IEventRules
{
    private const string Read = "planning.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.InWarehouse<ReplenishmentPolicySet>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<DemandRecorded>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<DemandDecided>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<ReplenishmentRequested>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<ProposalMoved>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<SupplierSharesSet>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<TransferLaneSet>(Read, happened => happened.ToWarehouse),
        Rule.Shared<ReordersProposed>(Read),
    ];
}
