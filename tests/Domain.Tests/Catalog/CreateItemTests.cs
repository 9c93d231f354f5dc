using Platform.Domain.Catalog;
using Platform.Domain.Stewardship;
using Platform.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Platform.Tests.Domain.Catalog;

public sealed class CreateItemTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_new_item_is_a_draft_with_its_base_unit_an_event_and_a_history_CAT_01()
    {
        // given
        var command = MasterData.NewItem() with
        {
            Identity = new ItemIdentity("Copper Wire 2mm", "on a reel", "Kabel AG", "wire", "4006381333931"),
            Tracking = new ItemTracking(Tracking.Lot, null, new ShelfLife(365, ShelfLifeStart.Production, 5, 10, 30, 90)),
            Storage = new ItemStorage(Temperature.Cool, HazardClass.Corrosive, SizeClass.Small, HandlingClass.Fragile),
            Weighing = new ItemWeighing(new CatchWeightRule("KG", 1.25m, 10m)),
        };

        // when
        var created = (await database.RunAsync(command)).Value;

        // then
        var item = await StoredAsync(created.Item);
        item.Status.ShouldBe(MasterStatus.Draft);
        item.NameKey.ShouldBe("2mm copper wire");
        item.Current(FieldGroup.Tracking).ShouldBe(command.Tracking);
        item.Current(FieldGroup.Storage).ShouldBe(command.Storage);
        item.Current(FieldGroup.Weighing).ShouldBe(command.Weighing);
        item.Current(FieldGroup.Identity).ShouldBe(command.Identity);
        var unit = (await database.LookAsync(db => new ItemSearch(db).UnitsOfAsync(item.Id, default))).ShouldHaveSingleItem();
        (unit.Code, unit.Numerator, unit.Denominator, unit.Decimals).ShouldBe(("EA", 1, 1, 0));
        (await database.ScalarAsync<long>($"select count(*) from event where aggregate_id = '{item.Id}' and type = 'ItemCreated'"))
            .ShouldBe(1);
        var history = await database.LookAsync(db => new RecordHistory(db).OfAsync(RecordKind.Item, item.Id.Value, null, 10, default));
        var line = history.ShouldHaveSingleItem();
        (line.Before, line.State, line.RequestedBy).ShouldBe((null, ChangeState.Applied, Callers.Supervisor.Actor.Id));
    }

    [Fact]
    public async Task Sixteen_at_once_with_one_code_make_one_item()
    {
        var command = MasterData.NewItem();

        var hammered = await Hammer.FireAsync(Hammer.Width, _ => database.RunAsync(command));

        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(1);
        hammered.Results.Count(result => Equals(result.Error, new ItemCodeTaken(command.Code))).ShouldBe(Hammer.Width - 1);
        (await database.ScalarAsync<long>($"select count(*) from item where code = '{command.Code}'")).ShouldBe(1);
    }

    private Task<Item> StoredAsync(ItemId id) => database.LookAsync(db => db.Set<Item>().SingleAsync(item => item.Id == id));
}
