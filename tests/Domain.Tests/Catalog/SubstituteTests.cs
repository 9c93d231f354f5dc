using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Catalog;

/// <summary>CAT-07: who may stand in for whom, when, and for which customer.</summary>
public sealed class SubstituteTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Theory]
    //          from item  symmetric  day   customers   customer  stands in
    [InlineData(true,      false,     0,    "",         "a",      true)]
    [InlineData(false,     false,     0,    "",         "a",      false)] // directed: not the other way
    [InlineData(false,     true,      0,    "",         "a",      true)]
    [InlineData(true,      false,     -1,   "",         "a",      false)] // not yet
    [InlineData(true,      false,     10,   "",         "a",      true)]  // the last day
    [InlineData(true,      false,     11,   "",         "a",      false)]
    [InlineData(true,      false,     0,    "+a",       "a",      true)]
    [InlineData(true,      false,     0,    "+a",       "b",      false)] // only the allowed
    [InlineData(true,      false,     0,    "-a",       "a",      false)]
    [InlineData(true,      false,     0,    "-a",       "b",      true)]  // all but the denied
    public void A_substitution_holds_in_its_direction_time_and_for_its_customers(
        bool fromItem, bool symmetric, int day, string customers, string customer, bool standsIn)
    {
        var ids = new Dictionary<string, CustomerId> { ["a"] = new(Guid.CreateVersion7()), ["b"] = new(Guid.CreateVersion7()) };
        var (item, substitute) = (new ItemId(Guid.CreateVersion7()), new ItemId(Guid.CreateVersion7()));
        SubstituteCustomer[] rules = customers.Length == 0
            ? []
            : [new(ids[customers[1..]], customers[0] == '+' ? CustomerRule.Allow : CustomerRule.Deny)];
        var link = ItemSubstitute.Create(
            new SubstituteLinked(
                new ItemSubstituteId(Guid.CreateVersion7()), item, substitute, symmetric, 1, Day, Day.AddDays(10), false, rules),
            DateTimeOffset.UnixEpoch);

        link.StandsInFor(fromItem ? item : substitute, Day.AddDays(day), ids[customer]).ShouldBe(standsIn);
    }

    [Fact]
    public async Task A_link_is_made_once_whichever_way_it_points()
    {
        // given
        var (one, two) = (await database.ActiveItemAsync(MasterData.NewItem()), await database.ActiveItemAsync(MasterData.NewItem()));
        var customer = await database.CustomerAsync();
        var command = Link(one, two) with { Customers = [new SubstituteCustomer(customer, CustomerRule.Allow)] };

        // when
        var link = (await database.RunAsync(command)).Value.Link;

        // then
        var stored = await database.LookAsync(db => db.Set<ItemSubstitute>().Include(l => l.Customers).SingleAsync(l => l.Id == link));
        stored.Customers.ShouldHaveSingleItem().CustomerId.ShouldBe(customer);
        (await database.RunAsync(command)).Error.ShouldBe(new SubstituteExists(one, two, link));
        (await database.RunAsync(Link(two, one) with { IsSymmetric = true })).Error.ShouldBe(new SubstituteExists(two, one, link));
        var back = (await database.RunAsync(Link(two, one))).Value.Link; // the other direction is a link of its own

        (await database.RunAsync(new UnlinkSubstitute(link, Version: 7, "ended"))).Error
            .ShouldBe(new StaleVersion("ItemSubstitute", link.Value, 7, 1));
        (await database.RunAsync(new UnlinkSubstitute(link, Version: 1, "ended"))).Error.ShouldBeNull();
        (await database.RunAsync(new UnlinkSubstitute(link, Version: 2, "ended"))).Error.ShouldBe(new SubstituteNotFound(link));
        (await database.RunAsync(command)).Error.ShouldBeNull();
        back.ShouldNotBe(link);
    }

    [Fact]
    public async Task Impossible_links_are_refused_and_leave_no_trace()
    {
        var (one, two) = (await database.ActiveItemAsync(MasterData.NewItem()), await database.ActiveItemAsync(MasterData.NewItem()));
        var kilo = await database.ActiveItemAsync(MasterData.NewItem() with { BaseUnit = "KG" });
        var retired = await database.ActiveItemAsync(MasterData.NewItem());
        await database.RunAsync(new RetireItem(retired, Version: 2, "gone"));
        var nobody = new ItemId(Guid.CreateVersion7());
        var stranger = new CustomerId(Guid.CreateVersion7());
        var before = await database.TracesAsync();

        (await RefusalAsync(Link(one, one))).ShouldBe(new SubstituteIsItself(one));
        (await RefusalAsync(Link(one, nobody))).ShouldBe(new ItemNotFound(nobody));
        (await RefusalAsync(Link(one, retired))).ShouldBe(new ItemIsRetired(retired));
        (await RefusalAsync(Link(one, kilo))).ShouldBe(new SubstituteUnitDiffers(one, "EA", kilo, "KG"));
        (await RefusalAsync(Link(one, two) with { Rank = 0 })).ShouldBeOfType<InvalidField>().Field.ShouldBe("rank");
        (await RefusalAsync(Link(one, two) with { ValidTo = Day.AddDays(-1) })).ShouldBeOfType<InvalidField>().Field.ShouldBe("validTo");
        (await RefusalAsync(Link(one, two) with { Customers = [new(stranger, CustomerRule.Deny)] })).ShouldBe(new CustomerNotFound(stranger));
        (await RefusalAsync(Link(one, two) with { Customers = [new(stranger, CustomerRule.Deny), new(default, CustomerRule.Allow)] }))
            .ShouldBeOfType<InvalidField>().Rule.ShouldBe("must all be allowed or all be denied");

        (await database.TracesAsync()).ShouldBe(before);
    }

    private static LinkSubstitute Link(ItemId item, ItemId substitute) =>
        new(item, substitute, IsSymmetric: false, Rank: 1, Day, ValidTo: null, NeedsApproval: false, Customers: []);

    private async Task<DomainError?> RefusalAsync(LinkSubstitute command) => (await database.RunAsync(command)).Error;
}
