using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Policies;
using Platform.Domain.Quality;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Quality;

/// <summary>QLT-01: what arrives is inspected by rule, and every decision says why.</summary>
public sealed class InspectionRuleTests(QualityWorld world) : IClassFixture<QualityWorld>
{
    private static readonly Inspectable Plain = new(
        ItemId.From(Guid.Empty), "TOOLS", IsRegulated: false, Supplier: null, default, Risk: 0.5m, Quantity: 100m);

    [Theory]
    //          mode                       since  accepted  needed
    [InlineData(InspectionMode.Never,        null, false, false)]
    [InlineData(InspectionMode.EveryLot,     0,    true,  true)]
    [InlineData(InspectionMode.FirstArticle, null, false, true)]
    [InlineData(InspectionMode.FirstArticle, 0,    false, true)] // the first failed
    [InlineData(InspectionMode.FirstArticle, 0,    true,  false)]
    [InlineData(InspectionMode.SkipLot,      null, false, true)]
    [InlineData(InspectionMode.SkipLot,      0,    true,  false)]
    [InlineData(InspectionMode.SkipLot,      1,    true,  false)]
    [InlineData(InspectionMode.SkipLot,      2,    true,  true)] // one of three
    public void The_mode_decides_by_what_came_before(InspectionMode mode, int? since, bool wasAccepted, bool isNeeded) =>
        InspectionJudge.Judge(new InspectionRules([Inspecting.Rule(mode)]), 1, Plain, new LotHistory(since, wasAccepted))
            .IsNeeded.ShouldBe(isNeeded);

    [Theory]
    //          lot    sample  may fail
    [InlineData(1,     1,      0)] // smaller than the table: all of it, by default
    [InlineData(2,     2,      0)]
    [InlineData(50,    8,      0)]
    [InlineData(90,    8,      0)]
    [InlineData(91,    20,     1)]
    [InlineData(5000,  20,     1)]
    public void The_table_says_how_many_units_of_a_lot(int lot, int sample, int acceptUpTo) =>
        (Inspecting.Rule(InspectionMode.EveryLot) with { Samples = [new(2, 8, 0), new(91, 20, 1)] })
            .SampleOf(lot).ShouldBe((sample, acceptUpTo));

    [Theory]
    [InlineData(100, 10)]
    [InlineData(101, 11)]
    [InlineData(3, 1)]
    [InlineData(0.5, 0.5)]
    public void A_percentage_is_whole_units_and_never_none(decimal lot, decimal sample) =>
        (Inspecting.Rule(InspectionMode.EveryLot) with { SamplePercent = 10m }).SampleOf(lot).Sample.ShouldBe(sample);

    [Fact]
    public void The_first_line_that_fits_decides_and_risk_counts()
    {
        var rules = new InspectionRules(
        [
            Inspecting.Rule(InspectionMode.EveryLot) with { Name = "risky", MinRisk = 0.7m },
            Inspecting.Rule(InspectionMode.Never) with { Name = "tools", Categories = ["TOOLS"] },
            Inspecting.Rule(InspectionMode.EveryLot) with { Name = "regulated", IsRegulated = true },
        ]);

        rules.RuleFor(Plain)!.Name.ShouldBe("tools");
        rules.RuleFor(Plain with { Risk = 0.7m })!.Name.ShouldBe("risky");
        rules.RuleFor(Plain with { Category = null, IsRegulated = true })!.Name.ShouldBe("regulated");
        rules.RuleFor(Plain with { Category = null, Risk = null }).ShouldBeNull();
    }

    [Fact]
    public async Task Of_three_lots_one_is_inspected_and_each_judgement_is_kept()
    {
        // given
        var item = await world.ItemAsync(new ItemTraits());
        var policy = await world.PublishedAsync(Inspecting.Rule(InspectionMode.SkipLot, item));

        // when
        var needed = new List<bool>();
        for (var lot = 0; lot < 7; lot++)
        {
            needed.Add((await world.ArrivedAsync(world.Goods(item, 5m))).Need.IsNeeded);
        }

        // then
        needed.ShouldBe([true, false, false, true, false, false, true]);
        var kept = await world.LookAsync(db => Task.FromResult(
            db.Set<InspectionJudgement>().Where(lot => lot.ItemId == item).OrderBy(lot => lot.Sequence).ToList()));
        kept.Select(lot => lot.IsInspected).ShouldBe(needed);
        kept.ShouldAllBe(lot => lot.PolicyNumber == policy.Number && lot.Rule == "SkipLot" && lot.Why.Length > 0);

        // a draft that looks at every lot would have looked at four more
        var draft = (await world.RunAsync(
            new DraftInspectionRules(new InspectionRules([Inspecting.Rule(InspectionMode.EveryLot, item)]), "all"), Inspecting.Author)).Value;
        var simulated = (await world.RunAsync(new SimulatePolicy(draft.Policy, 1), Inspecting.Author)).Value;
        simulated.Lines.ShouldContain(new SimulatedChange("passed", "inspected", 4));
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Rules_that_contradict_themselves_are_refused_by_field()
    {
        (await RefusedAsync(Inspecting.Rule(InspectionMode.SkipLot) with { OneOf = null })).ShouldBe("rules.0.oneOf");
        (await RefusedAsync(Inspecting.Rule(InspectionMode.EveryLot) with { OneOf = 2 })).ShouldBe("rules.0.oneOf");
        (await RefusedAsync(Inspecting.Rule(InspectionMode.EveryLot) with { Characteristics = [] })).ShouldBe("rules.0.characteristics");
        (await RefusedAsync(Inspecting.Rule(InspectionMode.EveryLot) with { Characteristics = [Inspecting.Looks, Inspecting.Looks] }))
            .ShouldBe("rules.0.characteristics");
        (await RefusedAsync(Inspecting.Rule(InspectionMode.EveryLot) with { Samples = [new(10, 5, 5)] })).ShouldBe("rules.0.samples.acceptUpTo");
        (await RefusedAsync(Inspecting.Rule(InspectionMode.EveryLot) with { MinRisk = 2m })).ShouldBe("rules.0.minRisk");
        (await RefusedAsync(Inspecting.Rule(InspectionMode.EveryLot) with { DueHours = 0 })).ShouldBe("rules.0.dueHours");
        var stranger = ItemId.From(Guid.CreateVersion7());
        (await world.RunAsync(
            new DraftInspectionRules(new InspectionRules([Inspecting.Rule(InspectionMode.EveryLot, stranger)]), "x"), Inspecting.Author))
            .Error.ShouldBe(new ItemNotFound(stranger));

        async Task<string> RefusedAsync(InspectionRule rule) =>
            (await world.RunAsync(new DraftInspectionRules(new InspectionRules([rule]), "x"), Inspecting.Author))
                .Error.ShouldBeOfType<InvalidField>().Field;
    }
}
