using System.Collections.Frozen;
using Platform.Domain.Access;

namespace Platform.Api.Access;

/// <summary>What each role may do. Whatever stands here for no role is done by nobody.</summary>
public static class RolePermissions
{
    private static readonly string[] SeesTheHouse =
    [
        "catalog.read",
        "network.read",
        "putaway.read",
        "quality.read",
        "stewardship.read",
        "stock.read",
    ];

    private static readonly string[] SeesTheBusiness =
    [
        .. SeesTheHouse,
        "approvals.comment", "approvals.read", "approvals.request",
        "events.read",
        "exceptions.raise", "exceptions.read",
        "partners.read",
        "policies.read",
        "recommendations.read",
        "schedules.read",
    ];

    private static readonly string[] WorksOnCases = ["exceptions.triage", "exceptions.work"];

    /// <summary>With a role of the matrix: being asked, deciding, and lending the seat while away.</summary>
    private static readonly string[] Decides = ["approvals.decide", "approvals.delegate"];

    private static readonly string[] Plans =
    [
        "planning.decide", "planning.demand", "planning.lanes", "planning.policy", "planning.request",
        "planning.run",
    ];

    private static readonly string[] SeesMoney = ["finance.read", "stock.value.read"];

    private static readonly FrozenDictionary<Role, FrozenSet<string>> Table = new Dictionary<Role, string[]>
    {
        [Role.WarehouseWorker] =
        [
            .. SeesTheHouse,
            "catalog.lots",
            "exceptions.raise",
            "purchasing.breach", "purchasing.read",
            "putaway.direct", "putaway.work",
            "receiving.read", "receiving.receive",
            "stewardship.request",
            "stock.condition", "stock.move",
        ],
        [Role.WarehouseSupervisor] =
        [
            .. SeesTheBusiness, .. WorksOnCases, .. Decides,
            "approver.supervisor",
            "catalog.lots",
            "finance.reopen",
            "network.block_bins", "network.layout",
            "payables.approve", "payables.read", "payables.resolve",
            "planning.policy", "planning.read", "planning.request",
            "purchasing.approve", "purchasing.breach", "purchasing.read",
            "putaway.direct", "putaway.override", "putaway.work",
            "quality.carry_out", "quality.dispose", "quality.hold",
            "receiving.announce", "receiving.approve_surplus", "receiving.docks", "receiving.flag", "receiving.read",
            "receiving.receive", "receiving.reverse", "receiving.schedule", "receiving.settle", "receiving.validate",
            "steward.warehousing",
            "stewardship.decide", "stewardship.request",
            "stock.adjust", "stock.condition", "stock.move", "stock.reserve", "stock.reverse",
        ],
        [Role.InventoryController] =
        [
            .. SeesTheBusiness, .. WorksOnCases, .. Decides,
            "approver.inventory",
            "audit.read",
            "catalog.lots", "catalog.override_duplicate", "catalog.write",
            "export.run",
            "import.run",
            "network.block_bins",
            "purchasing.read",
            "quality.carry_out", "quality.dispose", "quality.hold", "quality.release",
            "receiving.flag", "receiving.read", "receiving.receive", "receiving.reverse", "receiving.settle",
            "receiving.validate",
            "steward.catalog", "steward.quality",
            "stewardship.decide", "stewardship.request",
            "stock.adjust", "stock.condition", "stock.move", "stock.post", "stock.recall", "stock.reserve",
            "stock.reserve.expire", "stock.reverse", "stock.value.read", "stock.write-off",
        ],
        [Role.Buyer] =
        [
            .. SeesTheBusiness, .. WorksOnCases,
            "catalog.write",
            "export.run",
            "partners.owners", "partners.suppliers", "partners.write",
            "payables.read",
            "planning.decide", "planning.read", "planning.request",
            "purchasing.agree", "purchasing.breach", "purchasing.confirm", "purchasing.order", "purchasing.read", "purchasing.release",
            "purchasing.score", "purchasing.terms",
            "receiving.announce", "receiving.read", "receiving.schedule", "receiving.settle",
            "steward.partners", "steward.purchasing",
            "stewardship.decide", "stewardship.request",
            "stock.value.read",
        ],
        [Role.Planner] =
        [
            .. SeesTheBusiness, .. WorksOnCases, .. Plans, .. Decides,
            "approver.planning",
            "catalog.write",
            "export.run",
            "planning.read",
            "purchasing.read",
            "receiving.read",
            "schedules.govern",
            "steward.planning",
            "stewardship.decide", "stewardship.request",
            "stock.policy", "stock.reserve", "stock.value.read",
        ],
        [Role.CustomerService] =
        [
            .. SeesTheBusiness, .. WorksOnCases,
            "partners.customers", "partners.write",
            "steward.sales",
            "stewardship.decide", "stewardship.request",
            "stock.reserve",
        ],
        [Role.Finance] =
        [
            .. SeesTheBusiness, .. WorksOnCases, .. Decides, .. SeesMoney,
            "approver.finance",
            "audit.read",
            "export.run",
            "finance.close", "finance.currencies", "finance.rates", "finance.reopen",
            "partners.approve_supplier", "partners.credit_hold",
            "payables.approve", "payables.credit", "payables.enter", "payables.govern", "payables.landed_cost",
            "payables.pay", "payables.post", "payables.read", "payables.resolve",
            "planning.read",
            "purchasing.approve", "purchasing.budget", "purchasing.read",
            "receiving.approve_surplus", "receiving.read",
            "steward.compliance", "steward.finance",
            "stewardship.decide", "stewardship.request",
            "stock.cost",
        ],
        [Role.Operations] =
        [
            .. SeesTheBusiness, .. WorksOnCases, .. Decides,
            "approvals.govern", "approvals.stop_automation",
            "approver.director", "approver.operations",
            "audit.read",
            "exceptions.govern",
            "export.run",
            "finance.reopen",
            "metrics.read",
            "network.block_bins", "network.calendars", "network.channels", "network.entities", "network.import",
            "network.layout", "network.warehouses",
            "payables.approve", "payables.read", "payables.resolve",
            "plan.read",
            "planning.lanes", "planning.policy", "planning.read", "planning.run",
            "policies.publish", "policies.simulate",
            "purchasing.approve", "purchasing.read",
            "putaway.rules",
            "quality.carry_out", "quality.compliance", "quality.hold", "quality.release",
            "receiving.approve_surplus", "receiving.docks", "receiving.flag", "receiving.govern", "receiving.read",
            "recommendations.govern",
            "schedules.govern",
            "schema.read",
            "steward.network", "steward.warehousing",
            "stewardship.assign", "stewardship.decide", "stewardship.request",
            "stock.policy", "stock.recall", "stock.value.read",
        ],
        [Role.Executive] =
        [
            .. SeesTheBusiness, .. SeesMoney,
            "export.run",
            "payables.read",
            "purchasing.read",
            "receiving.read",
        ],
        [Role.DataScientist] =
        [
            .. SeesTheBusiness, .. SeesMoney,
            "export.run",
            "payables.read",
            "plan.read",
            "planning.read",
            "policies.simulate",
            "purchasing.read",
            "receiving.read",
            "recommendations.file",
            "schema.read",
        ],
        [Role.Integrator] =
        [
            .. SeesTheBusiness,
            "catalog.import",
            "export.run",
            "finance.rates",
            "import.run",
            "network.import",
            "partners.import",
            "plan.read",
            "planning.demand", "planning.read",
            "receiving.announce", "receiving.flag", "receiving.read",
            "schema.read",
            "stock.import", "stock.post", "stock.reserve", "stock.reserve.expire",
            "webhooks.manage",
        ],
        [Role.SupplierPortal] =
        [
            "catalog.read",
            "partners.read",
            "purchasing.confirm", "purchasing.read",
            "receiving.announce", "receiving.read",
        ],
        [Role.Quality] =
        [
            .. SeesTheBusiness, .. WorksOnCases, .. Decides,
            "approver.quality",
            "catalog.lots",
            "export.run",
            "policies.simulate",
            "quality.carry_out", "quality.dispose", "quality.hold", "quality.inspect", "quality.release",
            "quality.rules",
            "steward.quality",
            "stewardship.decide", "stewardship.request",
            "stock.condition", "stock.move", "stock.value.read",
        ],
        [Role.Administrator] =
        [
            "access.keys", "access.read", "access.roles", "access.users",
            "audit.read",
            "metrics.read",
            "plan.read",
            "schema.read",
            "webhooks.manage",
        ],
    }.ToFrozenDictionary(row => row.Key, row => row.Value.ToFrozenSet(StringComparer.Ordinal));

    public static IReadOnlySet<string> Of(Role role) => Table[role];

    /// <summary>What several roles allow together.</summary>
    public static FrozenSet<string> Of(IEnumerable<Role> roles) =>
        roles.SelectMany(role => Table[role]).ToFrozenSet(StringComparer.Ordinal);
}
