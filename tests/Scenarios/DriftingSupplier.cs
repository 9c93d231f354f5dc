using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Domain.Access;
using Platform.Domain.Kernel;

namespace Platform.Tests.Scenarios;

/// <summary>A distributor whose lead times are watched without a pause.</summary>
public sealed class WatchedDistributor : Distributor
{
    protected override IReadOnlyDictionary<string, string?> Configuration => new Dictionary<string, string?>(base.Configuration, StringComparer.Ordinal)
    {
        ["Platform:Intelligence:Enabled"] = "true",
        ["Platform:Intelligence:LookEvery"] = "00:00:00.2",
    };

    /// <summary>A model's account that was given roles by mistake.</summary>
    public async Task<Person> AsModelAsync(params IReadOnlyList<Role> roles)
    {
        var created = await RunAsync(new CreateUser("a-model", "A model", ActorKind.Model, SamePersonAs: null, roles, RowLimits.None));
        return new Person(this, created.Value.User);
    }
}

/// <summary>SCN-18, SCN-31 and SCN-32: from deliveries that come later to a decision that is recorded, told through the graph alone.</summary>
public sealed class DriftingSupplier(WatchedDistributor distributor) : IClassFixture<WatchedDistributor>
{
    private const string Recommendations =
        """
        query Advice($supplier: ID!) {
          recommendations(where: { supplier: { id: { eq: $supplier } } }, order: [{ title: ASC }]) {
            nodes {
              id status kind title score baseScore low high probability valueAtStake counterfactual caveats modelName modelVersion inputsHash
              trackRight trackOf deadline rejectedBecause decisionNote decidedByName decidedInput proposedByKind
              item { id }
              reasons(order: [{ rank: ASC }]) { nodes { code says value usual contribution } }
              evidence { nodes { recordKind recordId reasonCode } }
              alternatives(order: [{ rank: ASC }]) { nodes { kind says effect cost days } }
              request { id shownHash status kind { code } effects }
            }
          }
        }
        """;

    [Fact]
    public async Task Ten_days_become_sixteen_and_people_accept_edit_and_reject_what_is_recommended_SCN_18_31_32()
    {
        // given: three items from one supplier that takes ten days, and Bremen has more than it needs of them
        var supplier = await distributor.SupplierAsync("Drift Castings");
        var (planner, supervisor) = (await distributor.AsPersonAsync(Role.Planner), await distributor.AsPersonAsync(Role.WarehouseSupervisor));
        string[] items = [await distributor.ItemAsync("Body"), await distributor.ItemAsync("Cap"), await distributor.ItemAsync("Disc")];
        var (bremen, bins) = await distributor.WarehouseAsync("Bremen");
        foreach (var days in new[] { 10, 9, 11, 10, 10 })
        {
            await DeliveredAsync(supplier, items, days);
        }

        ((string)(await planner.AskAsync("{ intelligence { state } }"))["intelligence"]!["state"]!).ShouldBeOneOf("STARTING", "ON_RULES");
        foreach (var item in items)
        {
            await PlannedAsync(supplier, item, bremen, bins["RES"]);
        }

        // when: the next deliveries take sixteen
        await DeliveredAsync(supplier, items, 16);
        await DeliveredAsync(supplier, items, 17);
        await planner.DoAsync("proposeReorders", new { itemIds = items }, "replenishmentRun { proposed }");

        // then: the drift is known with its beginning and its size
        var advice = await FiledAsync(planner, supplier, items.Length);
        var drift = (await planner.AskAsync(
            "query D($s: ID!) { supplierDrifts(where: { supplier: { id: { eq: $s } } }) { nodes { state beganWith usualDays nowDays sizeDays } } }", new { s = supplier }))
            ["supplierDrifts"]!["nodes"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)drift["state"]!, (int)drift["beganWith"]!).ShouldBe(("LONGER", 16));
        ((decimal)drift["usualDays"]!).ShouldBe(10m, 0.1m);
        ((decimal)drift["sizeDays"]!).ShouldBe(6.5m, 0.1m);

        // and each item has a recommendation that explains itself: reasons that add up, rows, a way out, and a transfer before buying
        foreach (var one in advice)
        {
            ((string)one!["status"]!, (string)one["kind"]!, (string)one["proposedByKind"]!).ShouldBe(("IN_QUEUE", "LEAD_TIME_DRIFT", "MODEL"));
            ((decimal)one["score"]!).ShouldBe(16.5m, 0.1m);
            ((decimal)one["baseScore"]! + one["reasons"]!["nodes"]!.AsArray().Sum(reason => (decimal)reason!["contribution"]!)).ShouldBe((decimal)one["score"]!);
            ((string)one["reasons"]!["nodes"]![0]!["code"]!).ShouldBe("DRIFT");
            one["evidence"]!["nodes"]!.AsArray().Count.ShouldBe(6);
            one["alternatives"]!["nodes"]!.AsArray().Select(way => (string)way!["kind"]!).ShouldBe(["TRANSFER", "KEEP"]);
            ((string)one["counterfactual"]!).ShouldContain("nothing would be recommended");
            ((string)one["request"]!["kind"]!["code"]!, (string)one["request"]!["status"]!).ShouldBe(("RECOMMENDATION", "PENDING"));
        }

        // the first is accepted: the policy is changed by whoever accepted, once
        await supervisor.DoAsync("approveRequest", Shown(advice[0]!), "request { status }");
        ((string)(await LookAsync(planner, supplier, advice[0]!))["status"]!).ShouldBe("EXECUTED");
        var policy = await PolicyAsync(planner, (string)advice[0]!["item"]!["id"]!);
        ((int)policy["number"]!, (decimal)policy["leadTimeDays"]!, (string)policy["transferRule"]!).ShouldBe((2, 16.5m, "FIRST"));
        (await supervisor.RefusedAsync("approveRequest", Shown(advice[0]!))).ShouldBe("WRONG_APPROVAL_STATUS");

        // the second is edited and carried out as edited; what was recommended stands beside it
        var terms = Terms(supplier);
        (terms["leadTimeDays"], terms["reorderPoint"], terms["orderUpTo"]) = (15, 170, 350);
        await supervisor.DoAsync(
            "modifyRecommendation",
            new { recommendationId = (string)advice[1]!["id"]!, shownHash = (string)advice[1]!["request"]!["shownHash"]!, terms, reason = "half of it comes by air" },
            "recommendation { status }");
        var edited = await LookAsync(planner, supplier, advice[1]!);
        ((string)edited["status"]!, (decimal)edited["score"]!).ShouldBe(("EXECUTED", (decimal)advice[1]!["score"]!));
        edited["decidedInput"].ShouldNotBeNull();
        ((decimal)(await PolicyAsync(planner, (string)advice[1]!["item"]!["id"]!))["leadTimeDays"]!).ShouldBe(15m);

        // the third is rejected with a reason; nothing changes, the monitor counts the overrides, and the label can be read (SCN-31)
        await supervisor.DoAsync(
            "rejectRecommendation",
            new
            {
                recommendationId = (string)advice[2]!["id"]!, shownHash = (string)advice[2]!["request"]!["shownHash"]!, because = "KNOWN_CAUSE",
                note = "A strike that is over",
            },
            "recommendation { status }");
        var rejected = await LookAsync(planner, supplier, advice[2]!);
        ((string)rejected["status"]!, (string)rejected["rejectedBecause"]!, (string)rejected["decisionNote"]!)
            .ShouldBe(("REJECTED", "KNOWN_CAUSE", "A strike that is over"));
        ((int)(await PolicyAsync(planner, (string)advice[2]!["item"]!["id"]!))["number"]!).ShouldBe(1);
        await planner.DoAsync("proposeReorders", new { itemIds = items }, "__typename");
        await UntilAsync(async () => await planner.AskAsync("{ servedModels { nodes { decided overridden state } } }") is var served
            && served["servedModels"]!["nodes"]![0] is { } model && (int)model["decided"]! == 3 && (int)model["overridden"]! == 2);
        var verdicts = await planner.AskAsync("{ leadTimeOutlooks { nodes { verdict why } } }");
        verdicts["leadTimeOutlooks"]!["nodes"]!.AsArray().ShouldContain(one => (string)one!["verdict"]! == "REJECTED_LATELY");

        // and a model does nothing of this itself, whatever it was given (SCN-32)
        await NothingByItselfAsync(supplier, items[2], advice[2]!);
    }

    private async Task NothingByItselfAsync(string supplier, string item, JsonNode advice)
    {
        var model = await distributor.AsModelAsync(Role.InventoryController, Role.DataScientist);
        var before = await PolicyAsync(await distributor.AsPersonAsync(Role.Planner), item);
        (string Mutation, object Input)[] tries =
        [
            ("setReplenishmentPolicy", Policy(item, distributor.Warehouse, 1, Terms(supplier))),
            ("postMovements", new { legalEntityId = distributor.Entity, document = new { kind = "Opening" }, lines = Array.Empty<object>() }),
            ("approveRequest", Shown(advice)),
            ("rejectRecommendation", new { recommendationId = (string)advice["id"]!, shownHash = (string)advice["request"]!["shownHash"]!, because = "OTHER", note = "mine" }),
            ("linkSubstitute", new { itemId = item, substituteId = item, rank = 1 }),
        ];
        foreach (var (mutation, input) in tries)
        {
            var answer = await model.SendAsync(
                $"mutation Try($input: {char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input!) {{ {mutation}(input: $input) {{ __typename errors {{ ... on Error {{ code }} }} }} }}",
                new { input });
            (answer["errors"] is not null || answer["data"]?[mutation]?["errors"] is JsonArray { Count: > 0 }).ShouldBeTrue($"{mutation}: {answer.ToJsonString()}");
        }

        (await PolicyAsync(await distributor.AsPersonAsync(Role.Planner), item)).ToJsonString().ShouldBe(before.ToJsonString());
    }

    /// <summary>Ordered today, and here after so many days.</summary>
    private async Task DeliveredAsync(string supplier, string[] items, int days)
    {
        var (_, lines) = await distributor.OrderedAsync(supplier, [.. items.Select(item => (item, 30m, 4m))]);
        distributor.Clock.Advance(TimeSpan.FromDays(days));
        await (await distributor.AsPersonAsync(Role.WarehouseWorker)).DoAsync(
            "postReceipt",
            new { warehouseId = distributor.Warehouse, binId = distributor.Bins["DOCK"], lines = lines.Select(line => Inbound.Good(line, 30m)) },
            "__typename");

        // What is recorded now is known from the next moment on.
        distributor.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    /// <summary>Ten a day are wanted; at 120 the stock is filled up to 300, and Bremen has 400 for nothing.</summary>
    private async Task PlannedAsync(string supplier, string item, string bremen, string bin)
    {
        var planner = await distributor.AsPersonAsync(Role.Planner);
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
                        to = (object)new { kind = "BIN", condition = "USABLE", binId = bin }, quantity = 600m, unitCost = 4m,
                    },
                },
            },
            "__typename");
        await (await distributor.AsPersonAsync(Role.Buyer)).DoAsync(
            "agreeItemTerms",
            new
            {
                supplierId = supplier, itemId = item, number = 0, validFrom = Today(),
                terms = new
                {
                    leadTimeDays = 10m, leadTimeSpreadDays = 1m, leadTimeSource = "AGREED", currency = "EUR", unitPrice = 4m, priceBreaks = Array.Empty<object>(),
                    overPercent = 5m, underPercent = 5m,
                },
            },
            "__typename");
        await planner.DoAsync("setReplenishmentPolicy", Policy(item, distributor.Warehouse, 0, Terms(supplier)), "__typename");
        await planner.DoAsync("setReplenishmentPolicy", Policy(item, bremen, 0, Terms(supplier)), "__typename");
        await planner.DoAsync(
            "recordDemand",
            new
            {
                itemId = item, warehouseId = distributor.Warehouse, source = "FORECAST", reference = "2026",
                days = Enumerable.Range(0, 120).Select(day => new { day = Day(day), quantity = 10m }),
            },
            "__typename");
        if (_hasLane)
        {
            return;
        }

        _hasLane = true;
        await planner.DoAsync(
            "setTransferLane",
            new { fromWarehouseId = bremen, toWarehouseId = distributor.Warehouse, version = 0, days = 2, costPerUnit = 0.05m, costPerTransfer = 40m, currency = "EUR" },
            "__typename");
    }

    private bool _hasLane;

    private static JsonObject Terms(string supplier) => new()
    {
        ["method"] = "MIN_MAX", ["reorderPoint"] = 120, ["orderUpTo"] = 300, ["coverDays"] = 0, ["supplierId"] = supplier, ["reviewDays"] = 0,
        ["reviewWeekdays"] = new JsonArray("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"),
        ["demandDays"] = 30, ["usesForecast"] = true, ["transferRule"] = "SHOW",
    };

    private JsonObject Policy(string item, string warehouse, int number, JsonObject terms) => new()
    {
        ["itemId"] = item, ["warehouseId"] = warehouse, ["number"] = number, ["effectiveFrom"] = Today(), ["terms"] = terms, ["reason"] = "as agreed",
    };

    private static object Shown(JsonNode advice) =>
        new { requestId = (string)advice["request"]!["id"]!, shownHash = (string)advice["request"]!["shownHash"]! };

    private static async Task<JsonNode> LookAsync(Person who, string supplier, JsonNode advice) =>
        (await who.AskAsync(Recommendations, new { supplier }))["recommendations"]!["nodes"]!.AsArray()
            .Single(one => (string)one!["id"]! == (string)advice["id"]!)!;

    private static async Task<JsonNode> PolicyAsync(Person who, string item) => (await who.AskAsync(
        """
        query P($item: ID!) {
          replenishmentPolicies(first: 1, where: { item: { id: { eq: $item } }, warehouse: { name: { eq: "Hamburg" } } }, order: [{ number: DESC }]) {
            nodes { number leadTimeDays reorderPoint transferRule }
          }
        }
        """,
        new { item }))["replenishmentPolicies"]!["nodes"]![0]!;

    private async Task<JsonArray> FiledAsync(Person who, string supplier, int count)
    {
        await UntilAsync(async () => (int)(await who.AskAsync("{ recommendations { totalCount } }"))["recommendations"]!["totalCount"]! >= count);
        return (await who.AskAsync(Recommendations, new { supplier }))["recommendations"]!["nodes"]!.AsArray();
    }

    private async Task UntilAsync(Func<Task<bool>> isSo)
    {
        // The clock stands still, and with it what a person may ask in a minute.
        for (var tries = 0; tries < 40; tries++)
        {
            if (await isSo())
            {
                return;
            }

            await Task.Delay(250);
        }

        var state = await (await distributor.AsPersonAsync(Role.Executive)).AskAsync(
            "{ intelligence { state why lastLookAt orders supplies } leadTimeOutlooks { nodes { verdict why days } } supplierDrifts { nodes { state deliveries } } }");
        throw new ShouldAssertException($"It did not become so: {state.ToJsonString()}");
    }

    private string Today() => Day(0);

    private string Day(int ahead) => distributor.Clock.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
