using System.Collections.Frozen;
using Platform.Domain.Access;

namespace Platform.Api.Access;

/// <summary>What each role may do. Whatever stands here for no role is done by nobody.</summary>
public static class RolePermissions
{
    private static readonly string[] SeesTheHouse = ["catalog.read", "network.read", "stock.read", "stewardship.read", "quality.read", "putaway.read"];

    private static readonly string[] SeesTheBusiness =
    [
        .. SeesTheHouse, "partners.read", "events.read", "exceptions.read", "exceptions.raise", "approvals.read", "approvals.request",
        "approvals.comment", "policies.read",
    ];

    private static readonly string[] WorksOnCases = ["exceptions.triage", "exceptions.work"];

    /// <summary>With a role of the matrix: being asked, deciding, and lending the seat while away.</summary>
    private static readonly string[] Decides = ["approvals.decide", "approvals.delegate"];

    private static readonly string[] Plans =
        ["planning.policy", "planning.request", "planning.run", "planning.decide", "planning.demand", "planning.lanes"];

    private static readonly string[] SeesMoney = ["stock.value.read", "finance.read"];

    private static readonly FrozenDictionary<Role, FrozenSet<string>> Table = new Dictionary<Role, string[]>
    {
        [Role.WarehouseWorker] =
        [
            .. SeesTheHouse, "putaway.direct", "putaway.work", "stock.move", "stock.condition", "catalog.lots", "stewardship.request", "exceptions.raise",
            "purchasing.read", "receiving.read", "receiving.receive",
        ],
        [Role.WarehouseSupervisor] =
        [
            .. SeesTheBusiness, .. WorksOnCases, "purchasing.read", "purchasing.approve", "payables.read", "payables.approve", "payables.resolve", "finance.reopen",
            .. Decides, "approver.supervisor",
            "planning.read", "planning.request", "planning.policy",
            "stock.move", "stock.condition", "stock.adjust", "stock.reverse", "stock.reserve", "catalog.lots",
            "quality.hold", "quality.dispose", "quality.carry_out", "putaway.direct", "putaway.work", "putaway.override", "network.block_bins", "network.layout", "stewardship.request", "stewardship.decide", "steward.warehousing",
            "receiving.read", "receiving.announce", "receiving.flag", "receiving.settle", "receiving.validate", "receiving.receive",
            "receiving.reverse", "receiving.docks", "receiving.schedule", "receiving.approve_surplus",
        ],
        [Role.InventoryController] =
        [
            .. SeesTheBusiness, .. WorksOnCases, .. Decides, "approver.inventory", "quality.hold", "quality.release", "quality.dispose", "quality.carry_out", "stock.value.read", "audit.read", "export.run",
            "import.run", "stock.post", "stock.move", "stock.condition", "stock.adjust",
            "stock.write-off", "stock.reverse", "stock.reserve", "stock.reserve.expire", "stock.recall", "catalog.lots", "catalog.write",
            "catalog.override_duplicate", "network.block_bins", "stewardship.request", "stewardship.decide", "steward.catalog", "steward.quality",
            "purchasing.read", "receiving.read", "receiving.flag", "receiving.settle", "receiving.validate", "receiving.reverse", "receiving.receive",
        ],
        [Role.Buyer] =
        [
            "payables.read",
            .. SeesTheBusiness, .. WorksOnCases, "purchasing.read", "receiving.read", "receiving.announce", "receiving.settle", "receiving.schedule", "purchasing.order", "purchasing.release", "purchasing.confirm",
            "purchasing.terms", "purchasing.agree", "purchasing.score", "planning.read", "planning.request", "planning.decide",
            "stock.value.read", "export.run", "partners.write", "partners.suppliers", "partners.owners", "catalog.write",
            "stewardship.request", "stewardship.decide", "steward.purchasing", "steward.partners",
        ],
        [Role.Planner] =
        [
            .. SeesTheBusiness, .. WorksOnCases, "purchasing.read", "receiving.read", "stock.value.read", "export.run", "stock.policy", "stock.reserve", "catalog.write",
            "planning.read", .. Plans,
            "stewardship.request", "stewardship.decide", "steward.planning",
        ],
        [Role.CustomerService] =
        [
            .. SeesTheBusiness, .. WorksOnCases, "stock.reserve", "partners.write", "partners.customers", "stewardship.request", "stewardship.decide", "steward.sales",
        ],
        [Role.Finance] =
        [
            "payables.read", "payables.enter", "payables.resolve", "payables.approve", "payables.post", "payables.pay", "payables.credit",
            "payables.landed_cost", "payables.govern", "finance.reopen",
            .. SeesTheBusiness, .. WorksOnCases, "purchasing.read", "receiving.read", "receiving.approve_surplus", "purchasing.approve", .. Decides, "approver.finance",
            "planning.read", "purchasing.budget",
            .. SeesMoney, "audit.read", "export.run", "finance.close", "finance.currencies", "finance.rates", "stock.cost",
            "partners.credit_hold", "partners.approve_supplier", "stewardship.request", "stewardship.decide", "steward.finance",
            "steward.compliance",
        ],
        [Role.Operations] =
        [
            "payables.read", "payables.approve", "payables.resolve", "finance.reopen",
            .. SeesTheBusiness, .. WorksOnCases, "purchasing.read", "receiving.read", "purchasing.approve", .. Decides, "approver.operations", "approver.director", "quality.hold", "quality.release", "quality.compliance", "quality.carry_out", "putaway.rules", "exceptions.govern",
            "receiving.govern", "receiving.docks", "receiving.flag", "receiving.approve_surplus",
            "planning.read", "planning.lanes", "planning.policy",
            "approvals.govern", "approvals.stop_automation", "policies.simulate", "policies.publish",
            "stock.value.read", "audit.read", "export.run", "plan.read", "schema.read", "metrics.read", "network.entities", "network.warehouses",
            "network.layout", "network.block_bins", "network.calendars", "network.channels", "network.import", "stock.policy", "stock.recall",
            "stewardship.assign", "stewardship.request", "stewardship.decide", "steward.network", "steward.warehousing",
        ],
        [Role.Executive] = [.. SeesTheBusiness, .. SeesMoney, "purchasing.read", "receiving.read", "payables.read", "export.run"],
        [Role.DataScientist] = [.. SeesTheBusiness, .. SeesMoney, "purchasing.read", "receiving.read", "payables.read", "planning.read", "export.run", "schema.read", "plan.read"],
        [Role.Integrator] =
        [
            .. SeesTheBusiness, "export.run", "import.run", "schema.read", "plan.read", "webhooks.manage", "catalog.import", "partners.import", "network.import",
            "stock.import", "stock.post", "stock.reserve", "stock.reserve.expire", "finance.rates", "receiving.read", "receiving.announce", "receiving.flag",
            "planning.read", "planning.demand",
        ],
        [Role.SupplierPortal] = ["catalog.read", "partners.read", "purchasing.read", "purchasing.confirm", "receiving.read", "receiving.announce"],
        [Role.Quality] =
        [
            .. SeesTheBusiness, .. WorksOnCases, "stock.value.read", "export.run", "quality.rules", "policies.simulate", "quality.inspect", "quality.dispose",
            "quality.hold", "quality.release", "quality.carry_out", .. Decides, "approver.quality", "stock.condition", "stock.move", "catalog.lots", "stewardship.request", "stewardship.decide", "steward.quality",
        ],
        [Role.Administrator] =
        [
            "access.read", "access.users", "access.roles", "access.keys", "audit.read", "schema.read", "plan.read", "webhooks.manage",
            "metrics.read",
        ],
    }.ToFrozenDictionary(row => row.Key, row => row.Value.ToFrozenSet(StringComparer.Ordinal));

    public static IReadOnlySet<string> Of(Role role) => Table[role];

    /// <summary>What several roles allow together.</summary>
    public static FrozenSet<string> Of(IEnumerable<Role> roles) =>
        roles.SelectMany(role => Table[role]).ToFrozenSet(StringComparer.Ordinal);
}
