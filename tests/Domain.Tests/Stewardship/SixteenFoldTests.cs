using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stewardship;

/// <summary>R-62: every change of master data, fired sixteen times at once, happens once; the others are refused and say why.</summary>
public sealed class SixteenFoldTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly ItemStorage Frozen = new(Temperature.Frozen, HazardClass.None, SizeClass.Small, HandlingClass.Fragile);
    private static readonly PackDefinition Box = new("BOX", "Box of 12", 12, 1, Decimals: 0, null, null, null);
    private static readonly SupplierTerms Terms = new("EUR", 30, null, null);
    private static readonly CustomerService Service =
        new(CustomerTier.Key, null, null, ShippingPreference.Partial, SubstituteAcceptance.Always, null);

    [Fact]
    public async Task Items_and_what_belongs_to_them()
    {
        var item = await database.DraftItemAsync(MasterData.NewItem());
        await OnceAsync(new ChangeItem(item, Version: 1, Frozen, null), "STALE_VERSION");
        await OnceAsync(new DefinePack(item, Version: 2, Box), "STALE_VERSION");
        await OnceAsync(new ChangePack(item, Version: 3, Box with { Numerator = 6 }, null), "STALE_VERSION");
        await OnceAsync(new RetirePack(item, Version: 4, "BOX", "tidy"), "STALE_VERSION");
        await OnceAsync(new ActivateItem(item, Version: 5), "STALE_VERSION");
        var supplier = await database.SupplierAsync();
        await OnceAsync(new AddSupplierPart(item, supplier, "P1"), "SUPPLIER_PART_TAKEN");
        await OnceAsync(new RemoveSupplierPart(item, supplier, "P1"), "SUPPLIER_PART_NOT_FOUND");
        var other = await database.ActiveItemAsync(MasterData.NewItem());
        var link = await OnceAsync(new LinkSubstitute(item, other, true, 1, Day, null, false, []), "SUBSTITUTE_EXISTS");
        await OnceAsync(new UnlinkSubstitute(link.Link, Version: 1, "over"), "SUBSTITUTE_NOT_FOUND");
        await OnceAsync(new RetireItem(item, Version: 6, "over"), "STALE_VERSION");
    }

    [Fact]
    public async Task Doubles_are_overridden_once()
    {
        var name = new ItemIdentity($"Twin {MasterData.Code("T")}", null, null, null, null);
        var first = await database.ActiveItemAsync(MasterData.NewItem() with { Identity = name });
        var second = await database.DraftItemAsync(MasterData.NewItem() with { Identity = name });

        await OnceAsync(new OverrideDuplicate(second, first, DuplicateCause.Description, "two"), "NOT_SUSPECTED");
    }

    [Fact]
    public async Task Lots_and_serials()
    {
        var item = await database.ActiveItemAsync(MasterData.NewItem().WithTracking(Tracking.Lot));
        var lot = (await OnceAsync(new RegisterLot(item, "L1", null, null, null, null, null, null), "LOT_EXISTS")).Lot;
        await OnceAsync(new BlockLot(lot, Version: 1, "smell"), "STALE_VERSION");
        await OnceAsync(new CorrectLotDates(lot, Version: 2, null, null, Day, "label"), "STALE_VERSION");
        await OnceAsync(new UnblockLot(lot, Version: 3, "fine"), "STALE_VERSION");
        var tracked = await database.ActiveItemAsync(MasterData.NewItem().WithTracking(Tracking.Serial));
        var serial = (await OnceAsync(new RegisterSerials(tracked, null, ["S1", "S2"]), "SERIAL_TAKEN")).Serials[0];
        await OnceAsync(new BlockSerial(serial, Version: 1, "dent"), "STALE_VERSION");
        await OnceAsync(new UnblockSerial(serial, Version: 2, "fine"), "STALE_VERSION");
    }

    [Fact]
    public async Task Partners_in_every_role()
    {
        var partner = (await OnceAsync(
            new CreatePartner(MasterData.Code("P"), new PartnerIdentity("Acme", null, null, "DE", null, null, false)),
            "PARTNER_CODE_TAKEN")).Partner;
        var supplier = (await OnceAsync(new RegisterSupplier(partner, Terms), "ALREADY_SUPPLIER")).Supplier;
        await OnceAsync(new ApproveSupplier(supplier, Version: 1, "audited"), "STALE_VERSION");
        await OnceAsync(new SuspendSupplier(supplier, Version: 2, "late"), "STALE_VERSION");
        await OnceAsync(new ReinstateSupplier(supplier, Version: 3, "better"), "STALE_VERSION");
        await OnceAsync(new ChangePartner(partner, Version: 4, Terms with { LeadTimeDays = 3 }, null), "STALE_VERSION");
        var customer = (await OnceAsync(
            new RegisterCustomer(partner, Service, new CustomerCredit("EUR", 30, null)), "ALREADY_CUSTOMER")).Customer;
        await OnceAsync(new PlaceCreditHold(customer, Version: 1, "overdue"), "STALE_VERSION");
        await OnceAsync(new ReleaseCreditHold(customer, Version: 2, "paid"), "STALE_VERSION");
        await OnceAsync(new BlockPartner(partner, Version: 1, "fraud"), "STALE_VERSION");
        await OnceAsync(new UnblockPartner(partner, Version: 2), "STALE_VERSION");
        await OnceAsync(new RetirePartner(partner, Version: 3, "gone"), "STALE_VERSION");
    }

    [Fact]
    public async Task Entities_and_money()
    {
        var entity = await database.LegalEntityAsync("EUR");
        await OnceAsync(new RenameLegalEntity(entity, Version: 1, "New name"), "STALE_VERSION");
        await OnceAsync(new BlockLegalEntity(entity, Version: 2, "audit"), "STALE_VERSION");
        await OnceAsync(new UnblockLegalEntity(entity, Version: 3), "STALE_VERSION");
        await OnceAsync(new RetireLegalEntity(entity, Version: 4, "sold"), "STALE_VERSION");
        await OnceAsync(new AddCurrency("ZAR", "Rand", 2), "CURRENCY_TAKEN");
        var rate = (await OnceAsync(new RecordExchangeRate("EUR", "ZAR", Day, 20m, "bank"), "EXCHANGE_RATE_EXISTS")).Rate;
        await OnceAsync(new CorrectExchangeRate(rate, Version: 1, 21m, "bank", "misread"), "STALE_VERSION");
    }

    [Fact]
    public async Task Places_and_calendars()
    {
        var entity = await database.LegalEntityAsync("EUR");
        var calendar = await database.CalendarAsync();
        await OnceAsync(new SetCalendarDay(calendar, Version: 1, Day, false, "holiday"), "STALE_VERSION");
        await OnceAsync(new ClearCalendarDay(calendar, Version: 2, Day), "STALE_VERSION");
        await OnceAsync(new ChangeCalendar(calendar, Version: 3, new CalendarWeek("Mondays", [DayOfWeek.Monday])), "STALE_VERSION");
        var (template, _) = await database.WarehouseAsync(entity);
        var site = (await OnceAsync(
            new CloneWarehouse(template, entity, MasterData.Code("WH"), MasterData.Setup(calendar)), "WAREHOUSE_CODE_TAKEN")).Warehouse;
        await OnceAsync(new SetCutOff(site, null, null, new TimeOnly(16, 0), Version: 0), "STALE_VERSION");
        await OnceAsync(new ChangeLocation(site.Value, Version: 1, MasterData.Setup(calendar) with { Name = "Site" }, null), "STALE_VERSION");
        var zone = (await OnceAsync(new CreateZone(site, "Z", MasterData.AmbientZone), "ZONE_CODE_TAKEN")).Zone;
        var bin = (await OnceAsync(new CreateBin(zone, "B", null, MasterData.BinOf(BinRole.Dock)), "BIN_CODE_TAKEN")).Bin;
        await OnceAsync(new ChangeLocation(bin.Value, Version: 1, MasterData.BinOf(BinRole.Reserve), null), "STALE_VERSION");
        await OnceAsync(new BlockBin(bin, Version: 2, true, true, "spill"), "STALE_VERSION");
        await OnceAsync(new UnblockBin(bin, Version: 3), "STALE_VERSION");
        await OnceAsync(new RetireBin(bin, Version: 4, "gone"), "STALE_VERSION");
        await OnceAsync(new RetireZone(zone, Version: 1, "gone"), "STALE_VERSION");
        await OnceAsync(new RetireWarehouse(site, Version: 2, "gone"), "STALE_VERSION");
    }

    [Fact]
    public async Task Channels()
    {
        var entity = await database.LegalEntityAsync("EUR");
        var (warehouse, _) = await database.WarehouseAsync(entity);
        var channel = (await OnceAsync(new OpenChannel(entity, MasterData.Code("CH"), "Web", ChannelKind.Web), "CHANNEL_CODE_TAKEN")).Channel;

        // Serving again is the same fact: sixteen times is no harm, and one row.
        var served = await Hammer.FireAsync(Hammer.Width, _ => RunAsync(new ServeChannel(warehouse, channel, 1)));
        served.Faults.ShouldBeEmpty();
        served.Succeeded.ShouldBe(Hammer.Width);
        (await database.ScalarAsync<long>($"select count(*) from warehouse_channel where fulfillment_channel_id = '{channel}'")).ShouldBe(1);

        await OnceAsync(new StopServingChannel(warehouse, channel), "WAREHOUSE_NOT_FOUND");
        await OnceAsync(new CloseChannel(channel, Version: 1, "over"), "CHANNEL_NOT_FOUND");
    }

    [Fact]
    public async Task A_key_used_sixteen_times_is_one_change_and_one_answer_R_10()
    {
        var command = MasterData.NewItem();
        var caller = MasterData.Steward.WithKey(MasterData.Code("key"));

        var hammered = await Hammer.FireAsync(Hammer.Width, _ => database.RunAsync(command, caller));

        hammered.Faults.ShouldBeEmpty();
        (hammered.Succeeded, hammered.Replayed).ShouldBe((1, Hammer.Width - 1));
        hammered.Results.Select(result => result.Value.Item).Distinct().Count().ShouldBe(1);
        var stored = hammered.Results.First(result => result.IsReplay).Value;
        stored.Identity.ShouldBe(command.Identity); // the whole answer comes back from the store
    }

    private async Task<TEvent> OnceAsync<TEvent>(ICommand<TEvent> command, string otherwise)
        where TEvent : notnull
    {
        var hammered = await Hammer.FireAsync(Hammer.Width, _ => RunAsync(command));

        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(1, $"{command.GetType().Name}: {string.Join(", ", hammered.Codes.Distinct())}");
        hammered.Codes.ShouldAllBe(code => code == otherwise);
        return hammered.Results.First(result => result.Error is null).Value;
    }

    private Task<Result<TEvent>> RunAsync<TEvent>(ICommand<TEvent> command)
        where TEvent : notnull => database.RunAsync(command, MasterData.Steward);
}
