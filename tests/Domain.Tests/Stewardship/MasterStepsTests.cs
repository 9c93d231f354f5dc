using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stewardship;

public sealed class MasterStepsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    //          from                  step                   to
    [InlineData(MasterStatus.Draft,   MasterStep.Activate,   MasterStatus.Active)]
    [InlineData(MasterStatus.Draft,   MasterStep.Block,      null)]
    [InlineData(MasterStatus.Draft,   MasterStep.Unblock,    null)]
    [InlineData(MasterStatus.Draft,   MasterStep.Retire,     MasterStatus.Retired)]
    [InlineData(MasterStatus.Active,  MasterStep.Activate,   null)]
    [InlineData(MasterStatus.Active,  MasterStep.Block,      MasterStatus.Blocked)]
    [InlineData(MasterStatus.Active,  MasterStep.Unblock,    null)]
    [InlineData(MasterStatus.Active,  MasterStep.Retire,     MasterStatus.Retired)]
    [InlineData(MasterStatus.Blocked, MasterStep.Activate,   null)]
    [InlineData(MasterStatus.Blocked, MasterStep.Block,      null)]
    [InlineData(MasterStatus.Blocked, MasterStep.Unblock,    MasterStatus.Active)]
    [InlineData(MasterStatus.Blocked, MasterStep.Retire,     MasterStatus.Retired)]
    [InlineData(MasterStatus.Retired, MasterStep.Activate,   null)]
    [InlineData(MasterStatus.Retired, MasterStep.Block,      null)]
    [InlineData(MasterStatus.Retired, MasterStep.Unblock,    null)]
    [InlineData(MasterStatus.Retired, MasterStep.Retire,     null)]
    public void Every_status_knows_its_steps_CAT_01(MasterStatus from, MasterStep step, MasterStatus? to)
    {
        var record = new AnyRecord(from, Version: 3);

        MasterSteps.Refuse(record, version: 3, step)
            .ShouldBe(to is null ? new WrongStatus(RecordKind.Item, record.RecordId, from, step) : null);
        (MasterSteps.Table.TryGetValue((from, step), out var next) ? next : (MasterStatus?)null).ShouldBe(to);
    }

    [Fact]
    public void A_version_that_was_overtaken_is_refused_before_the_status_is_looked_at()
    {
        var record = new AnyRecord(MasterStatus.Retired, Version: 3);

        MasterSteps.Refuse(record, version: 2, MasterStep.Retire)
            .ShouldBe(new StaleVersion("Item", record.RecordId, Expected: 2, Current: 3));
    }

    [Fact]
    public async Task An_item_lives_from_draft_to_retired_with_every_step_in_its_history()
    {
        var id = await database.DraftItemAsync(MasterData.NewItem());

        (await database.RunAsync(new ActivateItem(id, Version: 1))).Value.ShouldBe(new ItemActivated(id, Version: 2));
        (await database.RunAsync(new BlockItem(id, Version: 2, "recalled"))).Value.ShouldBe(new ItemBlocked(id, 3, "recalled"));
        (await database.RunAsync(new UnblockItem(id, Version: 3))).Value.ShouldBe(new ItemUnblocked(id, Version: 4));
        (await database.RunAsync(new RetireItem(id, Version: 4, "replaced"))).Value.ShouldBe(new ItemRetired(id, 5, "replaced"));

        (await database.RunAsync(new ActivateItem(id, Version: 5))).Error
            .ShouldBe(new WrongStatus(RecordKind.Item, id.Value, MasterStatus.Retired, MasterStep.Activate));
        var history = await database.LookAsync(db =>
            new RecordHistory(db).OfAsync(RecordKind.Item, id.Value, olderThan: null, lines: 10, default));
        history.Select(line => line.Group).ShouldBe(
            [FieldGroup.Status, FieldGroup.Status, FieldGroup.Status, FieldGroup.Status, FieldGroup.Identity]); // newest first
        var older = await database.LookAsync(db =>
            new RecordHistory(db).OfAsync(RecordKind.Item, id.Value, olderThan: history[1].Change, lines: 2, default));
        older.ShouldBe(history.Skip(2).Take(2)); // a page begins where the last one ended
        history.Select(line => line.Reason).ShouldContain("recalled");
        history.Select(line => line.After).ShouldContain("""{"status": "BLOCKED"}""");
    }

    [Fact]
    public async Task A_company_of_ours_cannot_close_while_it_has_warehouses()
    {
        var entity = await database.LegalEntityAsync("EUR");
        await database.WarehouseAsync(entity);
        (await database.RunAsync(new RetireLegalEntity(entity, Version: 1, "sold"))).Error
            .ShouldBe(new StillInUse(RecordKind.LegalEntity, entity.Value, [new RecordUse("warehouses", 1)]));

        (await database.RunAsync(new BlockLegalEntity(entity, Version: 1, "audit"))).Value.Version.ShouldBe(2);

        var calendar = await database.CalendarAsync();
        (await database.RunAsync(new CreateWarehouse(entity, MasterData.Code("WH"), MasterData.Setup(calendar)))).Error
            .ShouldBe(new LegalEntityNotActive(entity, MasterStatus.Blocked));
        (await database.RunAsync(new UnblockLegalEntity(entity, Version: 2))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_blocked_partner_gets_no_new_role_and_a_retired_one_is_done_with()
    {
        var partner = await database.PartnerAsync();
        (await database.RunAsync(new BlockPartner(partner, Version: 1, "fraud"))).Error.ShouldBeNull();

        (await database.RunAsync(new RegisterSupplier(partner, new SupplierTerms("EUR", 30, null, null)))).Error
            .ShouldBe(new PartnerNotActive(partner, MasterStatus.Blocked));

        (await database.RunAsync(new UnblockPartner(partner, Version: 2))).Error.ShouldBeNull();
        (await database.RunAsync(new RetirePartner(partner, Version: 3, "gone"))).Error.ShouldBeNull();
        (await database.RunAsync(new BlockPartner(partner, Version: 4, "again"))).Error
            .ShouldBe(new WrongStatus(RecordKind.Partner, partner.Value, MasterStatus.Retired, MasterStep.Block));
    }

    [Fact]
    public async Task Two_who_saw_the_same_version_cannot_both_change_it()
    {
        var id = await database.ActiveItemAsync(MasterData.NewItem());

        var hammered = await Hammer.FireAsync(
            Hammer.Width, caller => database.RunAsync(new BlockItem(id, Version: 2, $"reason {caller}")));

        hammered.Succeeded.ShouldBe(1);
        hammered.Results.Count(result => Equals(result.Error, new StaleVersion("Item", id.Value, 2, 3))).ShouldBe(Hammer.Width - 1);
    }

    private sealed record AnyRecord(MasterStatus Status, int Version) : IGoverned
    {
        public RecordKind Kind => RecordKind.Item;

        public Guid RecordId { get; } = Guid.CreateVersion7();

        public void Apply(MasterStep step, string? reason, DateTimeOffset at) => throw new NotSupportedException();
    }
}
