using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Catalog;

public sealed class LotAndSerialTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Made = new(2026, 1, 1);
    private static readonly DateOnly Received = new(2026, 2, 1);

    [Theory]
    //          life  from                       made   received  printed       expires       use by        removal       alert
    [InlineData(100,  ShelfLifeStart.Production, true,  true,     null,         "2026-04-11", "2026-04-06", "2026-04-01", "2026-03-22")]
    [InlineData(100,  ShelfLifeStart.Receipt,    true,  true,     null,         "2026-05-12", "2026-05-07", "2026-05-02", "2026-04-22")]
    [InlineData(100,  ShelfLifeStart.Production, true,  true,     "2026-06-30", "2026-06-30", "2026-06-25", "2026-06-20", "2026-06-10")] // the label counts
    [InlineData(100,  ShelfLifeStart.Production, false, false,    "2026-06-30", "2026-06-30", "2026-06-25", "2026-06-20", "2026-06-10")]
    [InlineData(null, ShelfLifeStart.Production, true,  true,     "2026-06-30", "2026-06-30", null,         null,         null)]
    [InlineData(null, ShelfLifeStart.Production, true,  false,    null,         null,         null,         null,         null)]
    public void Dates_follow_from_shelf_life_unless_printed_CAT_10(
        int? days, ShelfLifeStart from, bool made, bool received, string? printed, string? expires, string? useBy, string? removal, string? alert)
    {
        var life = days is null ? null : new ShelfLife(days.Value, from, 5, 10, 20, 0);

        var dates = LotDates.Derive(default, life, made ? Made : null, received ? Received : null, Date(printed)).Value;

        dates.ShouldBe(new LotDates(
            made ? Made : null, received ? Received : null, Date(expires), Date(useBy), Date(removal), Date(alert)));
    }

    [Fact]
    public void A_shelf_life_without_a_beginning_or_an_end_is_refused()
    {
        var item = new ItemId(Guid.CreateVersion7());
        var life = new ShelfLife(100, ShelfLifeStart.Production, 0, 0, 0, 0);

        LotDates.Derive(item, life, null, Received, null).Error.ShouldBe(new ExpiryUnknown(item, ShelfLifeStart.Production));
        LotDates.Derive(item, life, Made, null, Made.AddDays(-1)).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("expiresOn");
        LotDates.Derive(item, null, Received, Made, null).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("manufacturedOn");
    }

    [Fact]
    public async Task A_lot_is_registered_once_held_and_released_CAT_08()
    {
        // given
        var item = await database.ActiveItemAsync(MasterData.NewItem().WithTracking(
            Tracking.Lot, new ShelfLife(30, ShelfLifeStart.Production, 0, 0, 0, 0)));
        var command = new RegisterLot(item, "L/2026 é", await database.SupplierAsync(), "S1", Made, Received, null, "FR");

        // when
        var lot = (await database.RunAsync(command)).Value.Lot;

        // then
        (await LotAsync(lot)).ExpiresOn.ShouldBe(Made.AddDays(30));
        (await database.RunAsync(command)).Error.ShouldBe(new LotExists(item, "L/2026 é"));
        (await database.RunAsync(new UnblockLot(lot, Version: 1, "why"))).Error.ShouldBe(new LotNotBlocked(lot));
        (await database.RunAsync(new BlockLot(lot, Version: 1, "smells"))).Value.ShouldBe(new LotBlocked(lot, item, 2, "smells"));
        (await database.RunAsync(new BlockLot(lot, Version: 2, "again"))).Error.ShouldBe(new LotAlreadyBlocked(lot, "smells"));
        (await database.RunAsync(new BlockLot(lot, Version: 1, "late"))).Error.ShouldBe(new StaleVersion("Lot", lot.Value, 1, 2));
        (await database.RunAsync(new CorrectLotDates(lot, Version: 2, Made, Received, Made.AddDays(60), "laboratory"))).Value.Dates.ExpiresOn
            .ShouldBe(Made.AddDays(60));
        (await database.RunAsync(new UnblockLot(lot, Version: 3, "fine"))).Error.ShouldBeNull();
        (await LotAsync(lot)).Status.ShouldBe(LotStatus.Open);
    }

    [Fact]
    public async Task Lots_that_cannot_be_are_refused_and_leave_no_trace()
    {
        var untracked = await database.ActiveItemAsync(MasterData.NewItem());
        var draft = await database.DraftItemAsync(MasterData.NewItem().WithTracking(Tracking.Lot));
        var tracked = await database.ActiveItemAsync(MasterData.NewItem().WithTracking(Tracking.Lot));
        var nobody = new ItemId(Guid.CreateVersion7());
        var noLot = new LotId(Guid.CreateVersion7());
        var code = (await database.LookAsync(db => new ItemSearch(db).FindAsync(draft, default)))!.Code;
        var before = await database.TracesAsync();

        (await RefusalAsync(Lot(untracked))).ShouldBe(new ItemIsNotTrackedSo(untracked, Tracking.None, Tracking.Lot));
        (await RefusalAsync(Lot(draft))).ShouldBe(new ItemNotUsable(draft, code, MasterStatus.Draft, ItemUse.Return));
        (await RefusalAsync(Lot(nobody))).ShouldBe(new ItemNotFound(nobody));
        (await RefusalAsync(Lot(tracked) with { Code = "" })).ShouldBeOfType<InvalidField>().Field.ShouldBe("code");
        (await RefusalAsync(Lot(tracked) with { ExpiresOn = new DateOnly(9999, 12, 31) })).ShouldBeOfType<InvalidField>().Field.ShouldBe("expiresOn");
        (await RefusalAsync(Lot(tracked) with { Supplier = new(Guid.Empty) })).ShouldBe(new Platform.Domain.Partners.SupplierNotFound(new(Guid.Empty)));
        (await database.RunAsync(new BlockLot(noLot, 1, "x"))).Error.ShouldBe(new LotNotFound(noLot));

        (await database.TracesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Serials_are_unique_within_their_item_or_within_all_of_global_scope_CAT_09()
    {
        // given
        var (local, otherLocal) = (await SerialItemAsync(SerialScope.Item), await SerialItemAsync(SerialScope.Item));
        var (global, otherGlobal) = (await SerialItemAsync(SerialScope.Global), await SerialItemAsync(SerialScope.Global));

        // when, then
        (await database.RunAsync(new RegisterSerials(local, null, ["S1", "S2"]))).Value.Serials.Count.ShouldBe(2);
        (await database.RunAsync(new RegisterSerials(otherLocal, null, ["S1"]))).Error.ShouldBeNull();
        (await database.RunAsync(new RegisterSerials(global, null, ["S1"]))).Error.ShouldBeNull();
        (await database.RunAsync(new RegisterSerials(otherGlobal, null, ["S1"]))).Error.ShouldBe(new SerialTaken("S1", SerialScope.Global, global));
        (await database.RunAsync(new RegisterSerials(local, null, ["S3", "S2"]))).Error.ShouldBe(new SerialTaken("S2", SerialScope.Item, local));
        (await CountAsync(local)).ShouldBe(2); // all or none
        (await database.RunAsync(new RegisterSerials(local, null, ["S4", "S4"]))).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("codes[1]");
        (await database.RunAsync(new RegisterSerials(local, null, []))).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("codes");
        var lotItem = await database.ActiveItemAsync(MasterData.NewItem().WithTracking(Tracking.Lot));
        var lot = (await database.RunAsync(Lot(lotItem))).Value.Lot;
        (await database.RunAsync(new RegisterSerials(local, lot, ["S5"]))).Error.ShouldBe(new LotOfAnotherItem(lot, local));
        (await database.RunAsync(new RegisterSerials(lotItem, null, ["S5"]))).Error
            .ShouldBe(new ItemIsNotTrackedSo(lotItem, Tracking.Lot, Tracking.Serial));
    }

    [Fact]
    public async Task Sixteen_at_once_register_one_global_serial_once()
    {
        var items = new List<ItemId>();
        for (var i = 0; i < Hammer.Width; i++)
        {
            items.Add(await SerialItemAsync(SerialScope.Global));
        }

        var hammered = await Hammer.FireAsync(Hammer.Width, caller => database.RunAsync(new RegisterSerials(items[caller], null, ["ONE"])));

        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(1);
        hammered.Codes.ShouldAllBe(code => code == "SERIAL_TAKEN");
    }

    [Fact]
    public async Task A_unit_is_held_and_released()
    {
        var item = await SerialItemAsync(SerialScope.Item);
        var serial = (await database.RunAsync(new RegisterSerials(item, null, ["H1"]))).Value.Serials[0];

        (await database.RunAsync(new UnblockSerial(serial, Version: 1, "why"))).Error.ShouldBe(new SerialNotBlocked(serial));
        (await database.RunAsync(new BlockSerial(serial, Version: 1, "dented"))).Error.ShouldBeNull();
        (await database.RunAsync(new BlockSerial(serial, Version: 2, "again"))).Error.ShouldBe(new SerialAlreadyBlocked(serial, "dented"));
        (await database.RunAsync(new UnblockSerial(serial, Version: 1, "late"))).Error.ShouldBe(new StaleVersion("Serial", serial.Value, 1, 2));
        (await database.RunAsync(new UnblockSerial(serial, Version: 2, "mended"))).Error.ShouldBeNull();
        (await database.RunAsync(new BlockSerial(new SerialId(Guid.Empty), 1, "x"))).Error.ShouldBe(new SerialNotFound(new SerialId(Guid.Empty)));
    }

    private static RegisterLot Lot(ItemId item) => new(item, "L1", null, null, null, null, null, null);

    private static DateOnly? Date(string? text) =>
        text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private Task<ItemId> SerialItemAsync(SerialScope scope) =>
        database.ActiveItemAsync(MasterData.NewItem() with { Tracking = new ItemTracking(Tracking.Serial, scope, null) });

    private Task<Lot> LotAsync(LotId id) => database.LookAsync(db => db.Set<Lot>().SingleAsync(lot => lot.Id == id));

    private Task<long> CountAsync(ItemId item) => database.ScalarAsync<long>($"select count(*) from serial where item_id = '{item}'");

    private async Task<DomainError?> RefusalAsync(RegisterLot command) => (await database.RunAsync(command)).Error;
}
