using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>SCN-02, SCN-10, SCN-25: what may not be taken is not taken, whoever tries, and everybody can see why.</summary>
public sealed class HeldBackTests(Distributor distributor) : IClassFixture<Distributor>
{
    [Fact]
    public async Task An_unconfirmed_cross_dock_shows_as_a_failure_of_process_and_is_refused_once_scans_are_asked_for_SCN_02()
    {
        // given
        var worker = await distributor.AsPersonAsync(Role.WarehouseWorker);
        var item = await distributor.ItemAsync("Breaker");
        await distributor.StockedAsync(item, "DOCK", 10m, 2m);
        var move = new
        {
            legalEntityId = distributor.Entity,
            from = new { binId = distributor.Bins["DOCK"], itemId = item, condition = "USABLE" },
            toId = distributor.Bins["STAGE"],
            quantity = 3,
        };

        // when scans are not asked for, the move is made and seen
        await worker.DoAsync("moveStock", move, "__typename");
        var adherence = await worker.AskAsync(
            "query($item: ID!) { crossDockMoves(where: { item: { id: { eq: $item } } }) { nodes { isConfirmed quantity mover } } }", new { item });
        adherence["crossDockMoves"]!["nodes"]!.AsArray().Count.ShouldBe(1);
        ((bool)adherence["crossDockMoves"]!["nodes"]![0]!["isConfirmed"]!).ShouldBeFalse();

        // when they are
        await distributor.PublishedAsync(
            Role.Operations, "draftPutawayRules",
            new
            {
                putaway = new
                {
                    rules = new[]
                    {
                        new
                        {
                            name = "all to reserve", warehouseIds = Array.Empty<string>(), itemIds = Array.Empty<string>(),
                            categories = Array.Empty<string>(), velocities = Array.Empty<string>(), sizes = Array.Empty<string>(),
                            handlings = Array.Empty<string>(), targets = new[] { new { role = "RESERVE", zoneIds = Array.Empty<string>() } },
                        },
                    },
                    scanCompliance = true,
                    dueMinutes = 240,
                },
                note = "scan everything",
            });

        // then
        (await worker.RefusedAsync("moveStock", move)).ShouldBe("SCAN_REQUIRED");
        (await distributor.ConditionsAsync(item)).ShouldBe(new Dictionary<string, decimal>(StringComparer.Ordinal) { ["USABLE"] = 10m });

        // and the directed way leads there, with the scan
        var directed = await worker.DoAsync(
            "directPutaway", new { legalEntityId = distributor.Entity, spot = move.from }, "putawayDirected { directed rest taskIds }");
        var task = (string)directed["putawayDirected"]!["taskIds"]![0]!;
        await worker.DoAsync("claimTask", new { taskId = task, version = 1 }, "__typename");
        var code = (string)(await worker.AskAsync("query($id: ID!) { itemById(id: $id) { code } }", new { id = item }))["itemById"]!["code"]!;
        (await worker.RefusedAsync("confirmTask", new { taskId = task, version = 2, scannedItem = code, scannedBin = "PICK", quantity = 7 }))
            .ShouldBe("BIN_DIFFERS");
        await worker.DoAsync("confirmTask", new { taskId = task, version = 2, scannedItem = code, scannedBin = "RES", quantity = 7 }, "__typename");
    }

    [Fact]
    public async Task Of_a_hundred_that_came_six_are_broken_nobody_gets_them_and_they_go_back_by_the_word_of_others_SCN_10()
    {
        // given
        var worker = await distributor.AsPersonAsync(Role.WarehouseSupervisor);
        var quality = await distributor.AsPersonAsync(Role.Quality);
        var supplier = await distributor.SupplierAsync("Bruchwerk");
        var item = await distributor.ItemAsync("Lamp");
        var line = await distributor.OrderedLineAsync(supplier, item, 100m, 5m);
        var photo = new { uri = "https://photos.example/lamp.jpg", sha256 = new string('a', 64) };

        // when
        await (await distributor.AnotherAsync(Role.WarehouseSupervisor)).DoAsync(
            "postReceipt",
            new
            {
                warehouseId = distributor.Warehouse,
                binId = distributor.Bins["DOCK"],
                lines = new object[]
                {
                    new { orderLineId = line, unit = "EA", quantity = 94, condition = "GOOD", serials = Array.Empty<string>() },
                    new { orderLineId = line, unit = "EA", quantity = 6, condition = "DAMAGED", serials = Array.Empty<string>(), evidence = photo },
                },
            },
            "__typename");

        // then: 94 may be taken, 6 may not
        (await distributor.ConditionsAsync(item)).ShouldBe(
            new Dictionary<string, decimal>(StringComparer.Ordinal) { ["USABLE"] = 94m, ["DAMAGED"] = 6m }, ignoreOrder: true);
        var spot = new { binId = distributor.Bins["DOCK"], itemId = item, condition = "DAMAGED" };
        (await worker.RefusedAsync(
            "changeCondition", new { legalEntityId = distributor.Entity, spot, to = "USABLE", quantity = 6, reason = "looks fine" }))
            .ShouldBe("RELEASE_IS_DECIDED");

        // when they are to go back
        var proposed = await quality.DoAsync(
            "proposeDisposition",
            new
            {
                legalEntityId = distributor.Entity, kind = "RETURN_TO_SUPPLIER", spot, quantity = 6, supplierId = supplier, reason = "broken on arrival",
                evidence = photo.uri,
            },
            "dispositionProposed { status } request { id shownHash kind { code } }");
        ((string)proposed["request"]!["kind"]!["code"]!).ShouldBe("SUPPLIER_RETURN");
        (await distributor.ConditionsAsync(item))["DAMAGED"].ShouldBe(6m);
        await distributor.ApprovedAsync(proposed["request"]!);

        // then
        (await distributor.ConditionsAsync(item)).ShouldBe(new Dictionary<string, decimal>(StringComparer.Ordinal) { ["USABLE"] = 94m });
    }

    [Fact]
    public async Task Nobody_gets_round_the_rules_of_adjustments_and_holds_SCN_25()
    {
        // given
        var controller = await distributor.AsPersonAsync(Role.InventoryController);
        var worker = await distributor.AsPersonAsync(Role.WarehouseWorker);
        var item = await distributor.ItemAsync("Cable");
        await distributor.StockedAsync(item, "RES", 500m, 10m);
        var spot = new { binId = distributor.Bins["RES"], itemId = item, condition = "USABLE" };
        var adjustment = new { legalEntityId = distributor.Entity, spot, change = -200, reason = new { code = "COUNT", text = "not found" } };

        // then: the informal way is refused
        (await worker.TurnedAwayAsync("adjustStock", adjustment)).ShouldBe("AUTH_NOT_AUTHORIZED");
        (await controller.RefusedAsync("adjustStock", adjustment)).ShouldBe("APPROVAL_REQUIRED");
        var asked = await controller.DoAsync("askToAdjust", adjustment, "request { id shownHash kind { code } }");
        (await controller.RefusedAsync(
            "approveRequest", new { requestId = (string)asked["request"]!["id"]!, shownHash = (string)asked["request"]!["shownHash"]! }))
            .ShouldBe("OWN_REQUEST");
        (await distributor.ConditionsAsync(item))["USABLE"].ShouldBe(500m);

        // when somebody else agrees, it is made
        await distributor.ApprovedAsync(asked["request"]!);
        (await distributor.ConditionsAsync(item))["USABLE"].ShouldBe(300m);

        // when goods are held back, no road leads round it, and not for whoever held them back either
        var quality = await distributor.AsPersonAsync(Role.Quality);
        var hold = await quality.DoAsync(
            "placeHold", new { kind = "QUALITY", scope = new { legalEntityId = distributor.Entity, itemId = item }, reason = "frayed" }, "hold { id }");
        var id = (string)hold["hold"]!["id"]!;
        var held = new { binId = distributor.Bins["RES"], itemId = item, condition = "QUARANTINED" };
        (await worker.RefusedAsync(
            "changeCondition", new { legalEntityId = distributor.Entity, spot = held, to = "USABLE", quantity = 1, reason = "need it" })).ShouldBe("RELEASE_IS_DECIDED");
        (await quality.RefusedAsync("releaseHold", new { holdId = id, version = 1, reason = "fine" })).ShouldBe("PLACER_MAY_NOT_RELEASE");
        (await worker.TurnedAwayAsync("releaseHold", new { holdId = id, version = 1, reason = "fine" })).ShouldBe("AUTH_NOT_AUTHORIZED");
        (await controller.RefusedAsync(
            "reserveStock",
            new { itemId = item, warehouseId = distributor.Warehouse, quantity = 1, demand = new { kind = "SALES_ORDER", id = Guid.CreateVersion7() } }))
            .ShouldBe("NOT_ENOUGH_TO_PROMISE");
        await controller.DoAsync("releaseHold", new { holdId = id, version = 1, reason = "looked at again" }, "__typename");
        (await distributor.ConditionsAsync(item))["USABLE"].ShouldBe(300m);
    }
}
