using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stewardship;

/// <summary>CAT-02: each field group has one owner role; a change by another role waits for it.</summary>
public sealed class OwnedChangeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ItemStorage Frozen =
        new(Temperature.Frozen, HazardClass.None, SizeClass.Small, HandlingClass.Fragile);

    private static readonly Caller Buyer = MasterData.Of("Bea Buyer", "purchasing");
    private static readonly Caller Warehouse = MasterData.Of("Wim Houser", "warehousing");

    [Fact]
    public async Task The_owner_of_the_fields_changes_them_at_once()
    {
        var item = await database.DraftItemAsync(MasterData.NewItem());

        var recorded = (await database.RunAsync(new ChangeItem(item, Version: 1, Frozen, "melts"), Warehouse)).Value;

        (recorded.State, recorded.Version, recorded.Group).ShouldBe((ChangeState.Applied, 2, FieldGroup.Storage));
        (await StorageOfAsync(item)).ShouldBe(Frozen);
    }

    [Fact]
    public async Task Another_role_asks_and_the_owner_accepts()
    {
        // given
        var item = await database.DraftItemAsync(MasterData.NewItem());

        // when
        var asked = (await database.RunAsync(new ChangeItem(item, Version: 1, Frozen, "melts"), Buyer)).Value;

        // then: nothing has changed, and the owner sees the request
        (asked.State, asked.Version).ShouldBe((ChangeState.AwaitingOwner, 1));
        (await StorageOfAsync(item)).ShouldBe(ItemStorage.Ordinary);
        (await database.LookAsync(db => new RecordHistory(db).AwaitingAsync("warehousing", 200, default)))
            .ShouldContain(change => change.Id == asked.Change);

        // when
        var accepted = (await database.RunAsync(new AcceptItemChange(asked.Change, "right"), Warehouse)).Value;

        // then
        (accepted.State, accepted.Version).ShouldBe((ChangeState.Accepted, 2));
        (await StorageOfAsync(item)).ShouldBe(Frozen);
        var line = (await HistoryAsync(RecordKind.Item, item.Value))[0];
        (line.RequestedBy, line.DecidedBy, line.Reason).ShouldBe((Buyer.Actor.Id, Warehouse.Actor.Id, "right"));
        line.Before.ShouldNotBeNull().ShouldContain("AMBIENT");
        line.After.ShouldContain("FROZEN");
    }

    [Fact]
    public async Task A_request_is_decided_once_by_the_owner_and_never_by_its_author()
    {
        // given
        var item = await database.DraftItemAsync(MasterData.NewItem());
        var asked = (await database.RunAsync(new ChangeItem(item, Version: 1, Frozen, null), Buyer)).Value.Change;
        var author = Buyer with { Permissions = MasterData.Steward.Permissions };
        var before = await database.TracesAsync();

        // when, then
        (await database.RunAsync(new AcceptItemChange(asked, null), Buyer)).Error
            .ShouldBe(new FieldGroupOwnedByAnother(RecordKind.Item, FieldGroup.Storage, "warehousing"));
        (await database.RunAsync(new AcceptItemChange(asked, null), author)).Error
            .ShouldBe(new OwnChangeRequest(asked, Buyer.Actor.Person));
        (await database.RunAsync(new WithdrawMasterChange(asked), Warehouse)).Error
            .ShouldBe(new NotTheRequester(asked, Buyer.Actor.Id));
        (await database.RunAsync(new AcceptPartnerChange(asked, null), Warehouse)).Error
            .ShouldBe(new MasterChangeNotFound(asked));
        (await database.TracesAsync()).ShouldBe(before);

        (await database.RunAsync(new RejectMasterChange(asked, "no"), Warehouse)).Error.ShouldBeNull();
        (await database.RunAsync(new AcceptItemChange(asked, null), Warehouse)).Error
            .ShouldBe(new ChangeAlreadyDecided(asked, ChangeState.Rejected));
        (await database.RunAsync(new WithdrawMasterChange(asked), Buyer)).Error
            .ShouldBe(new ChangeAlreadyDecided(asked, ChangeState.Rejected));
        (await StorageOfAsync(item)).ShouldBe(ItemStorage.Ordinary);
    }

    [Fact]
    public async Task The_author_withdraws_a_request_that_nobody_decided()
    {
        var item = await database.DraftItemAsync(MasterData.NewItem());
        var asked = (await database.RunAsync(new ChangeItem(item, Version: 1, Frozen, null), Buyer)).Value.Change;

        (await database.RunAsync(new WithdrawMasterChange(asked), Buyer)).Error.ShouldBeNull();

        (await database.RunAsync(new AcceptItemChange(asked, null), Warehouse)).Error
            .ShouldBe(new ChangeAlreadyDecided(asked, ChangeState.Withdrawn));
    }

    [Fact]
    public async Task A_request_is_outdated_by_a_change_of_the_same_fields_and_by_no_other()
    {
        // given
        var item = await database.DraftItemAsync(MasterData.NewItem());
        var first = (await database.RunAsync(new ChangeItem(item, Version: 1, Frozen, null), Buyer)).Value.Change;
        var second = (await database.RunAsync(
            new ChangeItem(item, Version: 1, Frozen with { Size = SizeClass.Large }, null), Buyer)).Value.Change;
        await database.RunAsync(
            new ChangeItem(item, Version: 1, new ItemOrigin(IsRegulated: true, IsImported: false, "FR"), null),
            MasterData.Steward);

        // when
        (await database.RunAsync(new AcceptItemChange(first, null), Warehouse)).Error.ShouldBeNull();

        // then
        (await database.RunAsync(new AcceptItemChange(second, null), Warehouse)).Error
            .ShouldBe(new ChangeOutdated(second, BaseVersion: 1, CurrentVersion: 3));
        (await StorageOfAsync(item)).ShouldBe(Frozen);
    }

    [Fact]
    public async Task Sixteen_owners_accept_one_request_once()
    {
        var item = await database.DraftItemAsync(MasterData.NewItem());
        var asked = (await database.RunAsync(new ChangeItem(item, Version: 1, Frozen, null), Buyer)).Value.Change;

        var hammered = await Hammer.FireAsync(
            Hammer.Width, _ => database.RunAsync(new AcceptItemChange(asked, null), MasterData.Of("Owner", "warehousing")));

        hammered.Succeeded.ShouldBe(1);
        hammered.Codes.Distinct().ShouldBe(["CHANGE_ALREADY_DECIDED"]);
    }

    [Fact]
    public async Task Fields_given_to_another_role_are_decided_by_it_from_then_on()
    {
        var item = await database.DraftItemAsync(MasterData.NewItem());
        var costing = new ItemCosting(CostingMethod.Fifo);

        (await database.RunAsync(new AssignFieldGroup(RecordKind.Item, FieldGroup.Costing, "controlling", "reorganised")))
            .Value.PreviousRole.ShouldBe("finance");

        (await database.RunAsync(new ChangeItem(item, Version: 1, costing, null), MasterData.Of("Fin", "finance"))).Value.State
            .ShouldBe(ChangeState.AwaitingOwner);
        (await database.RunAsync(new ChangeItem(item, Version: 1, costing, null), MasterData.Of("Con", "controlling"))).Value.State
            .ShouldBe(ChangeState.Applied);
        (await database.RunAsync(new AssignFieldGroup(RecordKind.Item, FieldGroup.Credit, "finance", null))).Error
            .ShouldBe(new FieldGroupUnknown(RecordKind.Item, FieldGroup.Credit));
        (await database.RunAsync(new AssignFieldGroup(RecordKind.Item, FieldGroup.Costing, "Finance!", null))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("ownerRole");
        await database.RunAsync(new AssignFieldGroup(RecordKind.Item, FieldGroup.Costing, "finance", "back"));
    }

    [Fact]
    public async Task Packs_partners_and_places_wait_for_their_owners_too()
    {
        // a pack
        var item = await database.DraftItemAsync(MasterData.NewItem());
        var pack = new PackDefinition("BOX", "Box of 12", 12, 1, Decimals: 0, null, null, null);
        var packAsked = (await database.RunAsync(new DefinePack(item, Version: 1, pack), Buyer)).Value;
        packAsked.State.ShouldBe(ChangeState.AwaitingOwner);
        (await UnitsAsync(item)).ShouldBe(["EA"]);
        (await database.RunAsync(new AcceptPackChange(packAsked.Change, null), MasterData.Of("Cat", "catalog"))).Value.State
            .ShouldBe(ChangeState.Accepted);
        (await UnitsAsync(item)).ShouldBe(["BOX", "EA"]);

        // a customer's credit
        var customer = await database.CustomerAsync();
        var credit = new CustomerCredit("EUR", 10, 99m);
        var creditAsked = (await database.RunAsync(
            new ChangePartner(new PartnerId(customer.Value), Version: 1, credit, null), MasterData.Of("Sal", "sales"))).Value;
        creditAsked.State.ShouldBe(ChangeState.AwaitingOwner);
        (await database.RunAsync(new AcceptPartnerChange(creditAsked.Change, null), MasterData.Of("Fin", "finance"))).Error
            .ShouldBeNull();
        (await database.LookAsync(db => db.Set<Customer>().SingleAsync(c => c.Id == customer))).Credit().ShouldBe(credit);

        // a bin
        var (_, zone) = await database.WarehouseAsync(await database.LegalEntityAsync("EUR"));
        var bin = await database.BinAsync(zone, BinRole.Reserve);
        var slotting = new BinSlotting(await database.ActiveItemAsync(MasterData.NewItem()));
        var binAsked = (await database.RunAsync(new ChangeLocation(bin.Value, Version: 1, slotting, null), Buyer)).Value;
        binAsked.State.ShouldBe(ChangeState.AwaitingOwner);
        (await database.RunAsync(new AcceptLocationChange(binAsked.Change, null), Warehouse)).Error.ShouldBeNull();
        (await database.LookAsync(db => db.Set<Bin>().SingleAsync(b => b.Id == bin))).DedicatedItemId.ShouldBe(slotting.DedicatedItem);
    }

    private Task<List<string>> UnitsAsync(ItemId item) =>
        database.LookAsync(db => db.Set<ItemUnit>().Where(unit => unit.ItemId == item).OrderBy(unit => unit.Code)
            .Select(unit => unit.Code).ToListAsync());

    private async Task<ItemChange?> StorageOfAsync(ItemId id) =>
        (await database.LookAsync(db => db.Set<Item>().SingleAsync(item => item.Id == id))).Current(FieldGroup.Storage);

    private Task<List<HistoryLine>> HistoryAsync(RecordKind kind, Guid id) =>
        database.LookAsync(db => new RecordHistory(db).OfAsync(kind, id, olderThan: null, lines: 10, default));
}
