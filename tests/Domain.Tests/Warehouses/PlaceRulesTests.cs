using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Warehouses;

public sealed class PlaceRulesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly BinSetup Reserve = MasterData.BinOf(BinRole.Reserve);
    private static readonly BinCapacity Ten = new(10m, 100m, 1m, 2);

    public static TheoryData<BinSetup, BinSetup, bool, string?> Setups => new()
    {
        // was, becomes, holds stock, refused field
        { Reserve, Reserve with { Rank = 9 }, true, null },
        { Reserve, Reserve with { IsGroup = true }, true, "isGroup" }, // NET-01
        { Reserve, Reserve with { IsGroup = true }, false, null },
        { Reserve, Reserve with { Role = BinRole.Quarantine }, true, "role" },
        { Reserve, Reserve with { Role = BinRole.Quarantine }, false, null },
        { Reserve, Reserve with { Mixing = BinMixing.OneLot }, true, "mixing" },
        { Reserve with { Mixing = BinMixing.OneLot }, Reserve with { Mixing = BinMixing.Any }, true, null },
        { Reserve, Reserve with { Capacity = Ten }, true, "capacity" },
        { Reserve with { Capacity = Ten }, Reserve, true, null },
        { Reserve with { Capacity = Ten }, Reserve with { Capacity = Ten with { Units = 10.1m } }, true, null },
        { Reserve with { Capacity = Ten }, Reserve with { Capacity = Ten with { WeightKg = 99m } }, true, "capacity" },
        { Reserve with { Capacity = Ten }, Reserve with { Capacity = Ten with { HandlingUnits = 1 } }, true, "capacity" },
    };

    [Theory]
    [MemberData(nameof(Setups))]
    public void Under_stock_a_bin_keeps_its_role_and_never_tightens(BinSetup was, BinSetup becomes, bool holdsStock, string? refused)
    {
        var bin = BinWith(was);
        ItemId[] holds = holdsStock ? [new ItemId(Guid.CreateVersion7())] : [];

        BinRules.Refuse(bin, becomes, holds, children: 0).ShouldBe(refused is null ? null : new BinHoldsStock(bin.Id, refused));
    }

    [Fact]
    public void Groups_hold_nothing_and_bins_with_bins_stay_groups()
    {
        var group = BinWith(Reserve with { IsGroup = true });

        BinRules.Refuse(group, Reserve, [], children: 2).ShouldBe(new GroupHasBins(group.Id, 2));
        BinRules.Refuse(group, Reserve, [], children: 0).ShouldBeNull();
        BinRules.Refuse(group, new BinSlotting(default(ItemId)), [], 0).ShouldBe(new GroupHoldsNothing("dedicated item"));
        BinRules.Refuse(group, Reserve with { IsGroup = true, Capacity = Ten }, [], 0).ShouldBe(new GroupHoldsNothing("capacity"));
    }

    [Fact]
    public void A_bin_is_dedicated_to_what_lies_in_it_or_to_nothing_yet_there()
    {
        var bin = BinWith(Reserve);
        var (here, other) = (new ItemId(Guid.CreateVersion7()), new ItemId(Guid.CreateVersion7()));

        BinRules.Refuse(bin, new BinSlotting(here), [here], 0).ShouldBeNull();
        BinRules.Refuse(bin, new BinSlotting(other), [here], 0).ShouldBe(new BinHoldsAnotherItem(bin.Id, here));
        BinRules.Refuse(bin, new BinSlotting(other), [], 0).ShouldBeNull();
        BinRules.Refuse(bin, new BinSlotting(null), [here], 0).ShouldBeNull();
    }

    [Theory]
    [InlineData("FlammableLiquid,Oxidizer", "FlammableLiquid", "Oxidizer")]
    [InlineData("Oxidizer,Gas", "Gas", "Oxidizer")]
    [InlineData("Toxic,Oxidizer", "Oxidizer", "Toxic")]
    [InlineData("Explosive,Miscellaneous", "Explosive", "Miscellaneous")] // explosives lie alone
    [InlineData("Toxic,Radioactive", "Radioactive", "Toxic")]
    [InlineData("Explosive", null, null)]
    [InlineData("FlammableLiquid,FlammableSolid,Toxic", null, null)]
    [InlineData("", null, null)]
    public void Classes_that_react_do_not_share_a_zone_NET_03(string classes, string? one, string? other)
    {
        var hazards = classes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<HazardClass>).ToList();

        HazardSegregation.Refuse(hazards)
            .ShouldBe(one is null ? null : new HazardsNotTogether(Enum.Parse<HazardClass>(one), Enum.Parse<HazardClass>(other!)));
    }

    [Fact]
    public async Task A_zone_with_stock_keeps_its_temperature_and_the_hazards_that_may_lie_there()
    {
        // given
        var entity = await database.LegalEntityAsync("EUR");
        var (warehouse, _) = await database.WarehouseAsync(entity);
        var setup = new ZoneSetup("Cold", Temperature.Chilled, [HazardClass.Toxic, HazardClass.Gas], 1);
        var zone = (await database.RunAsync(new CreateZone(warehouse, "C", setup))).Value.Zone;
        var bin = await database.BinAsync(zone, BinRole.Reserve);
        var item = await database.ActiveItemAsync(MasterData.NewItem());
        await database.PutStockAsync(bin.Value, item.Value, entity.Value, 3m);
        var before = await database.TracesAsync();

        // when, then
        (await ChangeAsync(zone.Value, 1, setup with { Temperature = Temperature.Ambient })).Error.ShouldBe(new ZoneHoldsStock(zone, "temperature"));
        (await ChangeAsync(zone.Value, 1, setup with { Hazards = [HazardClass.Gas] })).Error.ShouldBe(new ZoneHoldsStock(zone, "hazards"));
        (await ChangeAsync(bin.Value, 1, Reserve with { IsGroup = true })).Error.ShouldBe(new BinHoldsStock(bin, "isGroup"));
        (await ChangeAsync(bin.Value, 1, new BinSlotting(await OtherItemAsync()))).Error.ShouldBe(new BinHoldsAnotherItem(bin, item));
        (await database.RunAsync(new RetireBin(bin, Version: 1, "gone"))).Error
            .ShouldBe(new StillInUse(RecordKind.Bin, bin.Value, [new RecordUse("stock rows", 1)]));
        (await database.RunAsync(new RetireZone(zone, Version: 1, "gone"))).Error
            .ShouldBe(new StillInUse(RecordKind.Zone, zone.Value, [new RecordUse("bins", 1)]));
        (await ChangeAsync(zone.Value, 1, setup with { Hazards = [HazardClass.Toxic, HazardClass.Gas, HazardClass.Corrosive] })).Error.ShouldBeNull();
        before.ShouldNotBe(await database.TracesAsync()); // only the last one left a trace

        await database.TakeStockAwayAsync(item.Value);
        (await database.RunAsync(new RetireBin(bin, Version: 1, "gone"))).Error.ShouldBeNull();
        (await database.RunAsync(new RetireBin(bin, Version: 2, "gone"))).Error.ShouldBe(new BinIsRetired(bin));
        (await database.RunAsync(new RetireZone(zone, Version: 2, "gone"))).Error.ShouldBeNull();
        (await database.RunAsync(new CreateBin(zone, "X", null, Reserve))).Error.ShouldBe(new ZoneIsRetired(zone));
    }

    [Fact]
    public async Task Bins_nest_under_groups_of_their_zone()
    {
        // given
        var (warehouse, zone) = await database.WarehouseAsync(await database.LegalEntityAsync("EUR"));
        var otherZone = (await database.RunAsync(new CreateZone(warehouse, "B", MasterData.AmbientZone))).Value.Zone;
        var group = (await database.RunAsync(new CreateBin(zone, "A-1", null, Reserve with { IsGroup = true }))).Value.Bin;

        // when, then
        var child = (await database.RunAsync(new CreateBin(zone, "A-1-1", group, Reserve))).Value.Bin;
        (await database.RunAsync(new CreateBin(otherZone, "B-1-1", group, Reserve))).Error.ShouldBe(new ParentIsNoGroup(group));
        (await database.RunAsync(new CreateBin(zone, "A-1-2", child, Reserve))).Error.ShouldBe(new ParentIsNoGroup(child));
        (await database.RunAsync(new CreateBin(zone, "A-1-1", null, Reserve))).Error.ShouldBe(new BinCodeTaken(zone, "A-1-1"));
        (await ChangeAsync(group.Value, 1, Reserve)).Error.ShouldBe(new GroupHasBins(group, 1));
        (await database.RunAsync(new RetireBin(group, Version: 1, "x"))).Error
            .ShouldBe(new StillInUse(RecordKind.Bin, group.Value, [new RecordUse("bins under it", 1)]));

        // and the database keeps it, whoever writes
        await Should.ThrowAsync<Npgsql.PostgresException>(() => database.ExecuteAsync($"update bin set is_group = false where id = '{group}'"));
        await Should.ThrowAsync<Npgsql.PostgresException>(() => database.ExecuteAsync($"update bin set zone_id = '{otherZone}' where id = '{child}'"));
    }

    [Fact]
    public async Task A_bin_is_blocked_in_or_out_with_a_reason_and_unblocked()
    {
        var (_, zone) = await database.WarehouseAsync(await database.LegalEntityAsync("EUR"));
        var bin = await database.BinAsync(zone, BinRole.ForwardPick);

        (await database.RunAsync(new UnblockBin(bin, Version: 1))).Error.ShouldBe(new BinNotBlocked(bin));
        (await database.RunAsync(new BlockBin(bin, Version: 1, GoodsIn: false, GoodsOut: false, "x"))).Error.ShouldBeOfType<InvalidField>();
        (await database.RunAsync(new BlockBin(bin, Version: 1, GoodsIn: true, GoodsOut: false, "broken rack"))).Error.ShouldBeNull();
        var blocked = await database.LookAsync(db => db.Set<Bin>().SingleAsync(b => b.Id == bin));
        (blocked.IsBlockedIn, blocked.IsBlockedOut, blocked.BlockReason).ShouldBe((true, false, "broken rack"));
        (await database.RunAsync(new BlockBin(bin, Version: 1, GoodsIn: true, GoodsOut: true, "late"))).Error
            .ShouldBe(new StaleVersion("Bin", bin.Value, 1, 2));
        (await database.RunAsync(new UnblockBin(bin, Version: 2))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task Sixteen_at_once_with_one_code_make_one_of_each_place()
    {
        var entity = await database.LegalEntityAsync("EUR");
        var (warehouse, zone) = await database.WarehouseAsync(entity);
        var calendar = await database.CalendarAsync();
        var code = MasterData.Code("ONE");

        await OneAsync(() => database.RunAsync(new CreateWarehouse(entity, code, MasterData.Setup(calendar))), "WAREHOUSE_CODE_TAKEN");
        await OneAsync(() => database.RunAsync(new CreateZone(warehouse, code, MasterData.AmbientZone)), "ZONE_CODE_TAKEN");
        await OneAsync(() => database.RunAsync(new CreateBin(zone, code, null, Reserve)), "BIN_CODE_TAKEN");
        await OneAsync(
            () => database.RunAsync(new CreateCalendar(code, new CalendarWeek("x", [DayOfWeek.Monday]))), "CALENDAR_CODE_TAKEN");
        await OneAsync(() => database.RunAsync(new OpenChannel(entity, code, "Web", ChannelKind.Web)), "CHANNEL_CODE_TAKEN");
    }

    [Fact]
    public async Task A_channel_is_served_from_its_own_entity_only_NET_05()
    {
        var (entity, other) = (await database.LegalEntityAsync("EUR"), await database.LegalEntityAsync("USD"));
        var ((warehouse, _), (foreign, _)) = (await database.WarehouseAsync(entity), await database.WarehouseAsync(other));
        var channel = (await database.RunAsync(new OpenChannel(entity, MasterData.Code("CH"), "Web shop", ChannelKind.Web))).Value.Channel;

        (await database.RunAsync(new ServeChannel(foreign, channel, 1))).Error.ShouldBe(new ChannelOfAnotherEntity(channel, entity, other));
        (await database.RunAsync(new ServeChannel(warehouse, channel, 0))).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("rank");
        (await database.RunAsync(new ServeChannel(warehouse, channel, 1))).Error.ShouldBeNull();
        (await database.RunAsync(new ServeChannel(warehouse, channel, 2))).Error.ShouldBeNull(); // another rank
        (await database.RunAsync(new CloseChannel(channel, Version: 1, "no"))).Error
            .ShouldBe(new StillInUse(RecordKind.FulfillmentChannel, channel.Value, [new RecordUse("warehouses that serve it", 1)]));
        (await database.RunAsync(new StopServingChannel(warehouse, channel))).Error.ShouldBeNull();
        (await database.RunAsync(new CloseChannel(channel, Version: 1, "done"))).Error.ShouldBeNull();
        (await database.RunAsync(new ServeChannel(warehouse, channel, 1))).Error.ShouldBe(new ChannelNotFound(channel));
    }

    [Fact]
    public async Task An_import_of_bins_builds_groups_and_bins_line_by_line()
    {
        var (warehouse, _) = await database.WarehouseAsync(await database.LegalEntityAsync("EUR"));
        BinLine[] lines =
        [
            new("A", "I-1", null, Reserve with { IsGroup = true }),
            new("A", "I-1-1", "I-1", Reserve with { Capacity = Ten }),
            new("A", "I-1-2", "I-9", Reserve),                                               // no such group
            new("Z", "I-2", null, Reserve),                                                  // no such zone
            new("A", "I-1-1", null, Reserve),                                                // twice
            new("A", "I-3", null, Reserve with { Capacity = Ten with { WeightKg = -1m } }),
        ];
        var before = await database.TracesAsync();

        (await database.RunAsync(new ImportBins(warehouse, lines, ImportPolicy.RejectEverything))).Error
            .ShouldBeOfType<ImportRejected>().Wrong.Select(line => line.Line).ShouldBe([2, 3, 4, 5]);
        (await database.TracesAsync()).ShouldBe(before);

        var imported = (await database.RunAsync(new ImportBins(warehouse, lines, ImportPolicy.IgnoreFailed))).Value;
        (imported.Landed, imported.Refused).ShouldBe((3, 3));
        imported.Lines[5].Problems.ShouldHaveSingleItem().Field.ShouldBe("capacity.weightKg");
        imported.Lines[2].Problems.ShouldHaveSingleItem().Code.ShouldBe("PLACE_CODE_UNKNOWN");
        (await database.ScalarAsync<string>(
            $"select p.code from bin b join bin p on p.id = b.parent_id where b.id = '{imported.Lines[1].Id}'")).ShouldBe("I-1");
    }

    public static TheoryData<string, LocationChange> WrongChanges => new()
    {
        { "name", MasterData.AmbientZone with { Name = "" } },
        { "temperature", MasterData.AmbientZone with { Temperature = (Temperature)9 } },
        { "rank", MasterData.AmbientZone with { Rank = -1 } },
        { "hazards", MasterData.AmbientZone with { Hazards = [HazardClass.None] } },
        { "hazards", MasterData.AmbientZone with { Hazards = [HazardClass.Gas, HazardClass.Gas] } },
        { "role", Reserve with { Role = (BinRole)99 } },
        { "rank", Reserve with { Rank = 1_000_000 } },
        { "mixing", Reserve with { Mixing = (BinMixing)9 } },
        { "capacity.units", Reserve with { Capacity = Ten with { Units = 0m } } },
        { "capacity.volumeM3", Reserve with { Capacity = Ten with { VolumeM3 = 0.0000001m } } },
        { "capacity.handlingUnits", Reserve with { Capacity = Ten with { HandlingUnits = 0 } } },
        { "name", MasterData.Setup(default) with { Name = " x" } },
        { "role", MasterData.Setup(default) with { Role = (WarehouseRole)9 } },
        { "timeZone", MasterData.Setup(default) with { TimeZone = "" } },
        { "country", MasterData.Setup(default) with { Country = "DEU" } },
        { "address", MasterData.Setup(default) with { Address = "a\0" } },
    };

    [Theory]
    [MemberData(nameof(WrongChanges))]
    public void A_change_of_a_place_is_refused_naming_the_field(string field, LocationChange change) =>
        change.Check().ShouldNotBeNull().Field.ShouldBe(field);

    [Fact]
    public async Task A_warehouse_needs_a_calendar_a_time_zone_and_perhaps_somebody_who_runs_it_NET_04()
    {
        var entity = await database.LegalEntityAsync("EUR");
        var good = MasterData.Setup(await database.CalendarAsync());
        var nowhere = new CalendarId(Guid.Empty);
        var nobody = new Platform.Domain.Partners.PartnerId(Guid.Empty);
        var before = await database.TracesAsync();

        (await WarehouseErrorAsync(good with { Calendar = nowhere })).ShouldBe(new CalendarNotFound(nowhere));
        (await WarehouseErrorAsync(good with { TimeZone = "Mars/Olympus" })).ShouldBe(new TimeZoneUnknown("Mars/Olympus"));
        (await WarehouseErrorAsync(good with { Role = WarehouseRole.ThirdParty })).ShouldBe(new OperatorMissing(WarehouseRole.ThirdParty));
        (await WarehouseErrorAsync(good with { Operator = nobody })).ShouldBe(new Platform.Domain.Partners.PartnerNotFound(nobody));
        (await database.TracesAsync()).ShouldBe(before);

        var runner = await database.PartnerAsync();
        (await WarehouseErrorAsync(good with { Role = WarehouseRole.ThirdParty, Operator = runner })).ShouldBeNull();

        async Task<DomainError?> WarehouseErrorAsync(WarehouseSetup setup) =>
            (await database.RunAsync(new CreateWarehouse(entity, MasterData.Code("WH"), setup))).Error;
    }

    [Fact]
    public async Task A_warehouse_closes_only_when_its_bins_are_retired()
    {
        var (warehouse, zone) = await database.WarehouseAsync(await database.LegalEntityAsync("EUR"));
        var bin = await database.BinAsync(zone, BinRole.Dock);

        (await database.RunAsync(new RetireWarehouse(warehouse, Version: 1, "moved"))).Error
            .ShouldBe(new StillInUse(RecordKind.Warehouse, warehouse.Value, [new RecordUse("bins", 1)]));
        (await database.RunAsync(new RetireBin(bin, Version: 1, "moved"))).Error.ShouldBeNull();
        (await database.RunAsync(new RetireWarehouse(warehouse, Version: 1, "moved"))).Error.ShouldBeNull();
        (await database.RunAsync(new CreateBin(zone, "NEW", null, Reserve))).Error.ShouldBe(new WarehouseIsRetired(warehouse));
        (await database.RunAsync(new CreateZone(warehouse, "NEW", MasterData.AmbientZone))).Error.ShouldBe(new WarehouseIsRetired(warehouse));
    }

    private static async Task OneAsync<TEvent>(Func<Task<Result<TEvent>>> request, string otherwise)
        where TEvent : notnull
    {
        var hammered = await Hammer.FireAsync(Hammer.Width, _ => request());
        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(1);
        hammered.Codes.ShouldAllBe(code => code == otherwise);
    }

    private static Bin BinWith(BinSetup setup) => Bin.Create(new BinCreated(
        new BinId(Guid.CreateVersion7()), default, default, default, "B", null, setup, DateTimeOffset.UnixEpoch));

    private async Task<ItemId> OtherItemAsync() => await database.ActiveItemAsync(MasterData.NewItem());

    private Task<Result<LocationChangeRecorded>> ChangeAsync(Guid place, int version, LocationChange change) =>
        database.RunAsync(new ChangeLocation(place, version, change, null), MasterData.Steward);
}
