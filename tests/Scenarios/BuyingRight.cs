using System.Text.Json.Nodes;
using Platform.Domain.Access;
using Platform.Domain.Partners;
using Platform.GraphQL.Conventions;

namespace Platform.Tests.Scenarios;

/// <summary>SCN-18 (what is known before buying), SCN-19 and the buying side of SCN-25, told through the graph alone.</summary>
public sealed class BuyingRight(Distributor distributor) : IClassFixture<Distributor>
{
    private const string Proposals =
        """
        query Needs($item: ID!) {
          reorderProposals(where: { item: { id: { eq: $item } } }, order: [{ number: ASC }]) {
            nodes {
              id version number kind status quantity
              options(order: [{ rank: ASC }]) { nodes { id kind verdict outcome rejectedBecause quantity cost arrivesOn } }
              order { id version number status total }
            }
          }
        }
        """;

    [Fact]
    public async Task A_supplier_drifts_the_safety_stock_no_longer_holds_and_another_site_is_offered_before_buying_SCN_18()
    {
        // given: 400 lie in Bremen, which needs no more than 100; Hamburg is empty; the supplier takes ten days
        var (supplier, item) = (await distributor.SupplierAsync("Slow Castings"), await distributor.ItemAsync("Valve body"));
        var (bremen, bins) = await distributor.WarehouseAsync("Bremen");
        var (planner, buyer) = (await distributor.AsPersonAsync(Role.Planner), await distributor.AsPersonAsync(Role.Buyer));
        await StockAsync(item, bins["RES"], 400m);
        await buyer.DoAsync(
            "agreeItemTerms",
            new { supplierId = supplier, itemId = item, number = 0, validFrom = "2026-03-02", terms = Terms(leadTime: 10m, price: 4m) }, "itemTerms { number }");
        await planner.DoAsync("setReplenishmentPolicy", Policy(item, bremen, 0, MinMax(supplier)), "replenishmentPolicy { number }");
        var target = MinMax(supplier);
        target["transferRule"] = "FIRST";
        await planner.DoAsync("setReplenishmentPolicy", Policy(item, distributor.Warehouse, 0, target), "replenishmentPolicy { number }");
        await planner.DoAsync(
            "setTransferLane",
            new { fromWarehouseId = bremen, toWarehouseId = distributor.Warehouse, version = 0, days = 2, costPerUnit = 0.05m, costPerTransfer = 40m, currency = "EUR" },
            "transferLane { version }");

        // when: the lead time is found to be sixteen days; the planner asks for a policy that says so, a supervisor agrees
        var drifted = MinMax(supplier);
        (drifted["transferRule"], drifted["leadTimeDays"], drifted["reorderPoint"]) = ("FIRST", 16, 32);
        var change = Policy(item, distributor.Warehouse, 1, drifted);
        change["reason"] = "The lead time drifted from 10 to 16 days: the safety stock no longer holds";
        var asked = await planner.DoAsync("requestPolicyChange", change, "request { id shownHash effects }");
        await (await distributor.AsPersonAsync(Role.WarehouseSupervisor)).DoAsync(
            "approveRequest", new { requestId = (string)asked["request"]!["id"]!, shownHash = (string)asked["request"]!["shownHash"]! }, "request { status }");
        await planner.DoAsync("proposeReorders", new { itemIds = new[] { item } }, "replenishmentRun { proposed }");

        // then: the need, and every way to meet it, the transfer first
        var need = await NeedAsync(planner, item);
        ((decimal)need["quantity"]!).ShouldBe(100m);
        var ways = need["options"]!["nodes"]!.AsArray();
        ways.Select(way => ((string)way!["kind"]!, (string)way["verdict"]!, (decimal)way["cost"]!))
            .ShouldBe([("TRANSFER", "FITS", 45m), ("BUY", "FITS", 400m)]);
        var positions = await planner.AskAsync(
            "query P($item: ID!) { replenishmentPositions(where: { item: { id: { eq: $item } } }) { nodes { warehouse { id } leadTimeDays leadTimeSource reorderPoint surplus } } }",
            new { item });
        positions["replenishmentPositions"]!["nodes"]!.AsArray()
            .Select(one => ((string)one!["warehouse"]!["id"]! == distributor.Warehouse, (decimal)one["leadTimeDays"]!, (decimal)one["surplus"]!))
            .OrderBy(one => one.Item1).ShouldBe([(false, 10m, 300m), (true, 16m, 0m)]);

        // and buying all the same needs a reason, which is kept
        var buying = new JsonObject
        {
            ["reorderProposalId"] = (string)need["id"]!, ["version"] = (int)need["version"]!, ["optionId"] = (string)ways[1]!["id"]!,
        };
        (await buyer.RefusedAsync("decideSourcing", buying)).ShouldBe("TRANSFER_FIRST");
        buying["optionId"] = (string)ways[0]!["id"]!;
        await planner.DoAsync("decideSourcing", buying, "reorderProposal { status }");
        var decided = await NeedAsync(planner, item);
        ((string)decided["status"]!).ShouldBe("DECIDED");
        decided["options"]!["nodes"]!.AsArray().Select(way => ((string)way!["outcome"]!, (string?)way["rejectedBecause"]))
            .ShouldBe([("CHOSEN", null), ("REJECTED", "DEARER")]);

        // and nothing was ordered, and nothing is proposed again
        decided["order"].ShouldBeNull();
        await planner.DoAsync("proposeReorders", new { itemIds = new[] { item } }, "replenishmentRun { proposed }");
        (await NeedsAsync(planner, item)).Count.ShouldBe(1);
        await MoveAsync(decided, item, (bins["RES"], distributor.Bins["TRANSIT"], distributor.Bins["RES"]));
        await BuyAllTheSameAsync(planner, buyer, item);
    }

    /// <summary>The goods leave Bremen, lie on the road, and are received at Hamburg; the ledger knows where they are all the time.</summary>
    private async Task MoveAsync(JsonNode decided, string item, (string From, string Transit, string To) bins)
    {
        var controller = await distributor.AsPersonAsync(Role.WarehouseSupervisor);
        var shipped = await controller.DoAsync(
            "shipTransfer",
            new
            {
                reorderProposalId = (string)decided["id"]!, version = (int)decided["version"]!, transitBinId = bins.Transit,
                goods = new[] { new { binId = bins.From, quantity = 100m } },
            },
            "reorderProposal { status version }");
        ((string)shipped["reorderProposal"]!["status"]!).ShouldBe("IN_TRANSIT");
        var arrived = await controller.DoAsync(
            "receiveTransfer",
            new
            {
                reorderProposalId = (string)decided["id"]!, version = (int)shipped["reorderProposal"]!["version"]!,
                goods = new[] { new { binId = bins.To, quantity = 100m } },
            },
            "reorderProposal { status }");
        ((string)arrived["reorderProposal"]!["status"]!).ShouldBe("DONE");
        var balances = await controller.AskAsync(
            "query B($item: ID!) { stockBalances(where: { item: { id: { eq: $item } } }) { nodes { onHand bin { id } } } }", new { item });
        balances["stockBalances"]!["nodes"]!.AsArray().Where(row => (decimal)row!["onHand"]! > 0m)
            .Select(row => ((string)row!["bin"]!["id"]!, (decimal)row["onHand"]!)).ShouldBe([(bins.From, 300m), (bins.To, 100m)], ignoreOrder: true);
    }

    /// <summary>Buying although the other site has enough: refused without a reason; with one, the transfer says why it was not taken.</summary>
    private static async Task BuyAllTheSameAsync(Person planner, Person buyer, string item)
    {
        var asked = await planner.DoAsync(
            "requestReplenishment",
            new { itemId = item, warehouseId = await SiteAsync(planner, item), quantity = 50m, neededOn = "2026-04-01", reason = "a fair" }, "reorderProposal { id }");
        var id = (string)asked["reorderProposal"]!["id"]!;
        var need = (await NeedsAsync(planner, item)).Single(one => (string)one!["id"]! == id)!;
        var ways = need["options"]!["nodes"]!.AsArray();
        ways.Select(way => (string)way!["kind"]!).ShouldBe(["TRANSFER", "BUY"]);
        var buying = new JsonObject { ["reorderProposalId"] = id, ["version"] = (int)need["version"]!, ["optionId"] = (string)ways[1]!["id"]! };
        (await buyer.RefusedAsync("decideSourcing", buying)).ShouldBe("TRANSFER_FIRST");
        buying["reason"] = "Bremen keeps its surplus for a customer";
        var decided = await buyer.DoAsync("decideSourcing", buying, "reorderProposal { status decisionReason supplier { id } warehouse { id } }");
        ((string)decided["reorderProposal"]!["decisionReason"]!).ShouldBe("Bremen keeps its surplus for a customer");
        need = (await NeedsAsync(planner, item)).Single(one => (string)one!["id"]! == id)!;
        need["options"]!["nodes"]!.AsArray().Select(way => ((string)way!["outcome"]!, (string?)way["rejectedBecause"]))
            .ShouldBe([("REJECTED", "PLANNER"), ("CHOSEN", null)]);
        var order = await buyer.DoAsync(
            "orderProposals",
            new
            {
                supplierId = (string)decided["reorderProposal"]!["supplier"]!["id"]!, warehouseId = (string)decided["reorderProposal"]!["warehouse"]!["id"]!,
                reorderProposalIds = new[] { id },
            },
            "order { total status }");
        ((decimal)order["order"]!["total"]!, (string)order["order"]!["status"]!).ShouldBe((200m, "DRAFT"));
    }

    /// <summary>Where the item is to be replenished with lead times of its own.</summary>
    private static async Task<string> SiteAsync(Person who, string item)
    {
        var positions = await who.AskAsync(
            "query P($item: ID!) { replenishmentPositions(where: { item: { id: { eq: $item } }, leadTimeSource: { eq: POLICY } }) { nodes { warehouse { id } } } }",
            new { item });
        return (string)positions["replenishmentPositions"]!["nodes"]!.AsArray().ShouldHaveSingleItem()!["warehouse"]!["id"]!;
    }

    [Fact]
    public async Task A_second_order_for_the_same_need_waits_until_somebody_decides_SCN_19()
    {
        var (supplier, item) = (await distributor.SupplierAsync("Twin Supplies"), await distributor.ItemAsync("Gasket"));
        var (planner, buyer) = (await distributor.AsPersonAsync(Role.Planner), await distributor.AsPersonAsync(Role.Buyer));

        // two channels send the same customer's order: it counts once
        var integrator = await distributor.AsPersonAsync(Role.Integrator);
        var demand = new
        {
            itemId = item, warehouseId = distributor.Warehouse, source = "SALES_ORDER", reference = "SO-4711", days = new[] { new { day = "2026-03-06", quantity = 40m } },
        };
        var first = await integrator.DoAsync("recordDemand", demand, "demandRecorded { status }");
        ((string)first["demandRecorded"]!["status"]!).ShouldBe("COUNTED");
        var channel = await ChannelAsync();
        var again = await integrator.DoAsync(
            "recordDemand",
            new { demand.itemId, demand.warehouseId, demand.source, demand.reference, demand.days, channelId = channel }, "demandRecorded { status itemDemandId }");
        ((string)again["demandRecorded"]!["status"]!).ShouldBe("SUSPECT");
        await planner.DoAsync("setReplenishmentPolicy", Policy(item, distributor.Warehouse, 0, MinMax(null)), "__typename");
        await planner.DoAsync("proposeReorders", new { itemIds = new[] { item } }, "__typename");
        var position = await planner.AskAsync(
            "query P($item: ID!) { replenishmentPositions(where: { item: { id: { eq: $item } } }) { nodes { committed } } }", new { item });
        ((decimal)position["replenishmentPositions"]!["nodes"]![0]!["committed"]!).ShouldBe(40m);
        (await CasesAsync(planner, "DUPLICATE_DEMAND", item)).ShouldBe(1);

        // two buyers order for the same need: the second is refused, and named what covers it
        var one = await DraftAsync(buyer, supplier, item);
        var two = await DraftAsync(await distributor.AnotherAsync(Role.Buyer), supplier, item);
        await buyer.DoAsync("submitOrder", new { orderId = one, version = 1 }, "order { status }");
        var refused = await buyer.RefusalAsync("submitOrder", new { orderId = two, version = 1 }, "... on DuplicateBuyError { coveredBy { number open } }");
        ((string)refused["code"]!).ShouldBe("DUPLICATE_BUY");
        ((decimal)refused["coveredBy"]![0]!["open"]!).ShouldBe(100m);
        ((string)(await OrderAsync(buyer, two))["status"]!).ShouldBe("DRAFT");

        // with a reason it goes to approval, and procurement sees a case
        await buyer.DoAsync("submitOrder", new { orderId = two, version = 1, duplicateReason = "a second shift starts" }, "order { status }");
        ((string)(await OrderAsync(buyer, two))["status"]!).ShouldBe("PENDING_APPROVAL");
        var cases = await buyer.AskAsync(
            """
            query C($supplier: ID!) {
              exceptionCases(where: { category: { code: { eq: "DUPLICATE_PO" } }, supplier: { id: { eq: $supplier } } }) {
                nodes { status valueAtStake facts }
              }
            }
            """,
            new { supplier });
        var about = cases["exceptionCases"]!["nodes"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)about["status"]!, (decimal)about["valueAtStake"]!).ShouldBe(("NEW", 200m));
        about["facts"]!.ToJsonString().ShouldContain("a second shift starts");

        // and the demand that came twice is decided once: what was counted stays what is wanted
        var suspect = (string)again["demandRecorded"]!["itemDemandId"]!;
        await planner.DoAsync(
            "decideDemand", new { itemDemandId = suspect, version = 1, verdict = "REFUSE", reason = "the same order" }, "demandDecided { status }");
        await planner.DoAsync("proposeReorders", new { itemIds = new[] { item } }, "__typename");
        position = await planner.AskAsync(
            "query P($item: ID!) { replenishmentPositions(where: { item: { id: { eq: $item } } }) { nodes { committed } } }", new { item });
        ((decimal)position["replenishmentPositions"]!["nodes"]![0]!["committed"]!).ShouldBe(40m);
    }

    [Fact]
    public async Task Nobody_gets_around_approval_budget_or_separation_of_duties_SCN_25()
    {
        var (supplier, item) = (await distributor.SupplierAsync("Strict & Sons"), await distributor.ItemAsync("Seal"));
        var (buyer, finance) = (await distributor.AsPersonAsync(Role.Buyer), await distributor.AsPersonAsync(Role.Finance));
        var order = await DraftAsync(buyer, supplier, item);

        // not released before it was approved, not approved by hand, not by who asked
        (await buyer.RefusedAsync("releaseOrder", new { orderId = order, version = 1 })).ShouldBe("WRONG_ORDER_STATUS");
        (await buyer.TurnedAwayAsync("authoriseOrder", new { orderId = order, revision = 0 })).ShouldBe("AUTH_NOT_AUTHORIZED");
        var supervisor = await distributor.AsPersonAsync(Role.WarehouseSupervisor);
        (await supervisor.RefusedAsync("authoriseOrder", new { orderId = order, revision = 0 })).ShouldBe("ORDER_NEEDS_APPROVAL");

        // beyond the budget only with whoever answers for it
        await finance.DoAsync(
            "setBudget", new { legalEntityId = distributor.Entity, period = "2026-03-01", version = 0, amount = 10m }, "budget { version }");
        (await buyer.RefusedAsync("submitOrder", new { orderId = order, version = 1 })).ShouldBe("BUDGET_EXCEEDED");
        (await buyer.TurnedAwayAsync("allowOverrun", new { orderId = order, version = 1, reason = "I say so" })).ShouldBe("AUTH_NOT_AUTHORIZED");
        await finance.DoAsync("allowOverrun", new { orderId = order, version = 1, reason = "a customer pays for it" }, "order { overrunReason }");
        var submitted = await buyer.DoAsync("submitOrder", new { orderId = order, version = 2 }, "request { id shownHash exceptionType }");
        ((string)submitted["request"]!["exceptionType"]!).ShouldBe("OVER_BUDGET");

        // the order that stands there is the one that goes out
        var late = new { requestId = (string)submitted["request"]!["id"]!, shownHash = new string('0', 64) };
        (await supervisor.RefusedAsync("approveRequest", late)).ShouldBe("SHOWN_SOMETHING_ELSE");
        await supervisor.DoAsync("approveRequest", new { late.requestId, shownHash = (string)submitted["request"]!["shownHash"]! }, "request { status }");
        await buyer.DoAsync("releaseOrder", new { orderId = order, version = 4 }, "order { status }");
        await finance.DoAsync(
            "setBudget", new { legalEntityId = distributor.Entity, period = "2026-03-01", version = 1, amount = 1_000_000m }, "budget { version }");
    }

    [Fact]
    public async Task A_supplier_sees_and_answers_its_own_orders_and_nobody_elses_PRC_17()
    {
        // given: an order at each of two suppliers, and somebody who works for the first
        var (mine, other) = (await distributor.SupplierAsync("Mine"), await distributor.SupplierAsync("Other"));
        var item = await distributor.ItemAsync("Bracket");
        var buyer = await distributor.AsPersonAsync(Role.Buyer);
        var (own, foreign) = (await ReleasedAsync(buyer, mine, item, "2026-04-01"), await ReleasedAsync(buyer, other, item, "2026-06-01"));
        foreach (var supplier in new[] { mine, other })
        {
            await buyer.DoAsync(
                "agreeItemTerms",
                new { supplierId = supplier, itemId = item, number = 0, validFrom = "2026-03-02", terms = Terms(leadTime: 10m, price: 4m) }, "itemTerms { number }");
        }

        // and a budget, and scorecards of both, which the house sees
        await (await distributor.AsPersonAsync(Role.Finance)).DoAsync(
            "setBudget", new { legalEntityId = distributor.Entity, period = "2026-12-01", version = 0, amount = 1_000m }, "budget { version }");
        await buyer.DoAsync("computeScorecards", new { from = "2026-04-01", until = "2026-06-01" }, "scorecardsComputed { scorecards }");
        var house = await buyer.AskAsync("{ budgets { totalCount } supplierScorecards { totalCount } }");
        ((int)house["budgets"]!["totalCount"]!).ShouldBeGreaterThan(0);
        ((int)house["supplierScorecards"]!["totalCount"]!).ShouldBeGreaterThan(1);
        NodeIdFormat.TryRead(mine, out _, out var raw).ShouldBeTrue();
        var portal = await distributor.LimitedAsync(Role.SupplierPortal, new RowLimits(null, null, [SupplierId.From(new Guid(raw))]));

        // then: it sees its own, and nothing of how we plan
        var seen = await portal.AskAsync("{ purchaseOrders { totalCount nodes { id } } supplierItemTerms { totalCount } budgets { totalCount } supplierScorecards { totalCount } }");
        seen["purchaseOrders"]!["nodes"]!.AsArray().Select(one => (string)one!["id"]!).ShouldBe([own]);
        ((int)seen["supplierItemTerms"]!["totalCount"]!).ShouldBe(1);
        ((int)seen["budgets"]!["totalCount"]!).ShouldBe(0);
        ((int)seen["supplierScorecards"]!["totalCount"]!).ShouldBe(0);
        var planning = await portal.SendAsync("{ reorderProposals { totalCount } }", new { });
        ((string)planning["errors"]![0]!["extensions"]!["code"]!).ShouldBe("AUTH_NOT_AUTHORIZED");

        // and answers its own, later than asked: what is expected follows, and buyers see a case
        object Answer(string order) => new { orderId = order, version = 4, reference = "AB-77", lines = new[] { new { line = 1, quantity = 90m, on = "2026-04-12" } } };
        (await portal.RefusedAsync("acknowledgeOrder", Answer(foreign))).ShouldBe("PURCHASE_ORDER_NOT_FOUND");
        await portal.DoAsync("acknowledgeOrder", Answer(own), "order { status }");
        var order = await OrderAsync(buyer, own);
        ((string)order["status"]!).ShouldBe("ACKNOWLEDGED");
        ((string)order["lines"]!["nodes"]![0]!["confirmedOn"]!).ShouldBe("2026-04-12");
        ((string)(await OrderAsync(buyer, foreign))["status"]!).ShouldBe("RELEASED");
        (await CasesAsync(buyer, "SUPPLIER_DELAY", item)).ShouldBe(1);
        (await portal.TurnedAwayAsync("cancelOrder", new { orderId = own, version = 5, reason = "no" })).ShouldBe("AUTH_NOT_AUTHORIZED");
    }

    private static JsonObject MinMax(string? supplier) => new()
    {
        ["method"] = "MIN_MAX", ["reorderPoint"] = 20, ["orderUpTo"] = 100, ["coverDays"] = 0, ["supplierId"] = supplier,
        ["leadTimeDays"] = supplier is null ? 10 : null, ["reviewDays"] = 0,
        ["reviewWeekdays"] = new JsonArray("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"), ["demandDays"] = 30, ["usesForecast"] = false,
        ["transferRule"] = "SHOW",
    };

    private static JsonObject Policy(string item, string warehouse, int number, JsonObject terms) => new()
    {
        ["itemId"] = item, ["warehouseId"] = warehouse, ["number"] = number, ["effectiveFrom"] = "2026-03-02", ["terms"] = terms, ["reason"] = "as agreed",
    };

    private static object Terms(decimal leadTime, decimal price) => new
    {
        leadTimeDays = leadTime, leadTimeSpreadDays = 2m, leadTimeSource = "AGREED", currency = "EUR", unitPrice = price,
        priceBreaks = Array.Empty<object>(), overPercent = 5m, underPercent = 5m,
    };

    private static async Task<JsonArray> NeedsAsync(Person who, string item) =>
        (await who.AskAsync(Proposals, new { item }))["reorderProposals"]!["nodes"]!.AsArray();

    private static async Task<JsonNode> NeedAsync(Person who, string item) => (await NeedsAsync(who, item)).ShouldHaveSingleItem()!;

    private static async Task<JsonNode> OrderAsync(Person who, string order) => (await who.AskAsync(
        "query O($id: ID!) { node(id: $id) { ... on PurchaseOrder { status version lines { nodes { confirmedOn confirmedQuantity } } } } }", new { id = order }))["node"]!;

    private static async Task<int> CasesAsync(Person who, string category, string item) => (int)(await who.AskAsync(
        "query C($item: ID!, $category: String!) { exceptionCases(where: { category: { code: { eq: $category } }, item: { id: { eq: $item } } }) { totalCount } }",
        new { item, category }))["exceptionCases"]!["totalCount"]!;

    private async Task<string> ChannelAsync()
    {
        var opened = await (await distributor.AsPersonAsync(Role.Operations)).DoAsync(
            "openChannel", new { legalEntityId = distributor.Entity, code = distributor.NextCode("WEB"), name = "Web shop", kind = "WEB" }, "channel { id }");
        return (string)opened["channel"]!["id"]!;
    }

    private async Task StockAsync(string item, string bin, decimal quantity) =>
        await (await distributor.AsPersonAsync(Role.InventoryController)).DoAsync(
            "postMovements",
            new
            {
                legalEntityId = distributor.Entity,
                document = new { kind = "Opening" },
                lines = new[]
                {
                    new
                    {
                        type = "OPENING", itemId = item, from = new { kind = "OPENING" },
                        to = (object)new { kind = "BIN", condition = "USABLE", binId = bin }, quantity, unitCost = 1m,
                    },
                },
            },
            "__typename");

    private Task<string> DraftAsync(Person buyer, string supplier, string item) => DraftAsync(buyer, supplier, item, "2026-03-20");

    private async Task<string> DraftAsync(Person buyer, string supplier, string item, string expectedOn)
    {
        var drafted = await buyer.DoAsync(
            "draftOrder",
            new
            {
                legalEntityId = distributor.Entity, warehouseId = distributor.Warehouse, supplierId = supplier, kind = "STANDARD", currency = "EUR",
                lines = new[] { new { itemId = item, unit = "EA", quantity = 100m, unitPrice = 2m, expectedOn, overPercent = 0m, underPercent = 0m } },
            },
            "order { id }");
        return (string)drafted["order"]!["id"]!;
    }

    private async Task<string> ReleasedAsync(Person buyer, string supplier, string item, string expectedOn)
    {
        var order = await DraftAsync(buyer, supplier, item, expectedOn);
        var submitted = await buyer.DoAsync("submitOrder", new { orderId = order, version = 1 }, "request { id shownHash }");
        await (await distributor.AsPersonAsync(Role.WarehouseSupervisor)).DoAsync(
            "approveRequest",
            new { requestId = (string)submitted["request"]!["id"]!, shownHash = (string)submitted["request"]!["shownHash"]! }, "__typename");
        await buyer.DoAsync("releaseOrder", new { orderId = order, version = 3 }, "order { status }");
        return order;
    }
}
