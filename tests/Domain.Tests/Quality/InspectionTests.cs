using Platform.Domain.Quality;
using Platform.Domain.Stock;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Quality;

/// <summary>QLT-01, QLT-02: goods wait for inspection where nobody takes them, and every unit is accepted or rejected once.</summary>
public sealed class InspectionTests(QualityWorld world) : IClassFixture<QualityWorld>
{
    public static TheoryData<InspectionStatus, InspectionStep> Ways()
    {
        var ways = new TheoryData<InspectionStatus, InspectionStep>();
        foreach (var status in Enum.GetValues<InspectionStatus>())
        {
            foreach (var step in Enum.GetValues<InspectionStep>())
            {
                ways.Add(status, step);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_inspection_goes_one_way_I_12(InspectionStatus from, InspectionStep step)
    {
        InspectionStatus? to = (from, step) switch
        {
            (InspectionStatus.Waiting, InspectionStep.Start) => InspectionStatus.InProgress,
            (InspectionStatus.InProgress, InspectionStep.Start or InspectionStep.Record) => InspectionStatus.InProgress,
            (InspectionStatus.InProgress, InspectionStep.Accept) => InspectionStatus.Closed,
            (InspectionStatus.InProgress, InspectionStep.Reject) => InspectionStatus.Decided,
            (InspectionStatus.Waiting or InspectionStatus.InProgress, InspectionStep.Cancel) => InspectionStatus.Cancelled,
            (InspectionStatus.Decided, InspectionStep.Dispose) => InspectionStatus.Decided,
            (InspectionStatus.Decided, InspectionStep.DisposeAll) => InspectionStatus.Closed,
            _ => null,
        };

        (InspectionSteps.Table.TryGetValue((from, step), out var next) ? next : (InspectionStatus?)null).ShouldBe(to);
    }

    [Fact]
    public async Task What_waits_for_inspection_is_nobodys_to_take_and_part_of_it_is_rejected()
    {
        // given
        var item = await world.ItemAsync(new ItemTraits());
        await world.PublishedAsync(Inspecting.Rule(InspectionMode.EveryLot, item));
        var arrived = await world.ArrivedAsync(world.Goods(item, 100m));
        var id = arrived.Inspection!.Value;
        (await world.QuantityAsync(item, StockCondition.Inspection)).ShouldBe(100m);
        (await world.RunAsync(new PostMovements(world.Request(world.Shipment(item, world.Dock, 1m))))).Error.ShouldNotBeNull();

        // when
        (await world.RunAsync(new DecideInspection(id, 1, [new(1, 94m)], "6 broken"), Inspecting.Inspector)).Error
            .ShouldBe(new WrongInspectionStatus(id, InspectionStatus.Waiting, InspectionStep.Accept));
        (await world.RunAsync(new StartInspection(id, 1), Inspecting.Inspector)).Value.To.ShouldBe(InspectionStatus.InProgress);
        (await world.RunAsync(new DecideInspection(id, 2, [new(1, 94m)], "6 broken"), Inspecting.Inspector)).Error
            .ShouldBe(new ResultsMissing(id, ["LOOKS"]));
        (await world.RunAsync(
            new RecordResults(id, 2, [new("LOOKS", 100m, 6m, null, "crushed corner", "s3://evidence/1.jpg")]), Inspecting.Inspector)).Value.Failed.ShouldBe(1);
        (await world.RunAsync(new DecideInspection(id, 3, [new(1, 95m)], "5 broken"), Inspecting.Inspector)).Error
            .ShouldBe(new SampleFailed(id, "LOOKS", 6m, 0m));
        var decided = (await world.RunAsync(new DecideInspection(id, 3, [new(1, 94m)], "6 broken"), Inspecting.Inspector)).Value;

        // then
        (decided.To, decided.Verdict, decided.Accepted, decided.Rejected)
            .ShouldBe((InspectionStatus.Decided, InspectionVerdict.Split, 94m, 6m));
        (await world.QuantityAsync(item, StockCondition.Usable)).ShouldBe(94m);
        (await world.QuantityAsync(item, StockCondition.Quarantined)).ShouldBe(6m);
        (await world.QuantityAsync(item, StockCondition.Inspection)).ShouldBe(0m);
        (await world.RunAsync(new DecideInspection(id, 4, [new(1, 100m)], null), Inspecting.Inspector)).Error
            .ShouldBe(new WrongInspectionStatus(id, InspectionStatus.Decided, InspectionStep.Accept));
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Goods_that_were_carried_to_another_bin_meanwhile_are_found_there()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PublishedAsync(Inspecting.Rule(InspectionMode.EveryLot, item));
        var bench = await world.BinAsync(new BinTraits { Role = "INSPECTION" });
        var id = await world.LookedAtAsync(item, 10m, failed: 0m);
        var line = world.Line(MovementType.Move, item, Place.In(world.Dock, StockCondition.Inspection), Place.In(bench, StockCondition.Inspection), 4m);
        await world.PostedAsync(line);

        (await world.RunAsync(new DecideInspection(id, 3, [new(1, 10m)], null), Inspecting.Inspector)).Value.To.ShouldBe(InspectionStatus.Closed);

        (await world.OnHandAsync(item, bench)).ShouldBe(4m);
        (await world.QuantityAsync(item, StockCondition.Usable)).ShouldBe(10m);
        await world.ShouldHoldAsync();
    }

    [Theory]
    //          measured failed refused
    [InlineData(10.0, 0, null)]
    [InlineData(10.0, 1, "MEASURE_CONTRADICTS")]
    [InlineData(9.5,  0, null)]
    [InlineData(9.4,  0, "MEASURE_CONTRADICTS")]
    [InlineData(9.4,  1, null)]
    [InlineData(10.6, 0, "MEASURE_CONTRADICTS")]
    [InlineData(null, 0, "MEASURE_MISSING")]
    public void A_measure_is_judged_by_its_limits_not_by_whoever_measured(double? measured, int failed, string? refused) =>
        RecordResultsHandler.Judge(Inspecting.Width, new FoundResult("WIDTH", 5m, failed, (decimal?)measured, null, null))?.Code.ShouldBe(refused);

    [Fact]
    public async Task Of_a_sample_too_many_failures_speak_for_the_whole_lot()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PublishedAsync(Inspecting.Rule(InspectionMode.EveryLot, item) with { Samples = [new(1, 20, 1)] });
        var id = (await world.ArrivedAsync(world.Goods(item, 500m))).Inspection!.Value;
        await world.RunAsync(new StartInspection(id, 1), Inspecting.Inspector);

        await world.RunAsync(new RecordResults(id, 2, [new("LOOKS", 10m, 0m, null, null, null)]), Inspecting.Inspector);
        (await world.RunAsync(new DecideInspection(id, 3, [new(1, 500m)], null), Inspecting.Inspector)).Error
            .ShouldBe(new SampleTooSmall(id, "LOOKS", 10m, 20m));
        await world.RunAsync(new RecordResults(id, 3, [new("LOOKS", 20m, 2m, null, null, null)]), Inspecting.Inspector);
        (await world.RunAsync(new DecideInspection(id, 4, [new(1, 1m)], "some"), Inspecting.Inspector)).Error
            .ShouldBe(new SampleFailed(id, "LOOKS", 2m, 1m));

        (await world.RunAsync(new DecideInspection(id, 4, [], "too many broken"), Inspecting.Inspector)).Value.Verdict.ShouldBe(InspectionVerdict.Rejected);
        (await world.QuantityAsync(item, StockCondition.Quarantined)).ShouldBe(500m);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Of_sixteen_verdicts_at_once_one_counts()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PublishedAsync(Inspecting.Rule(InspectionMode.EveryLot, item));
        var id = await world.LookedAtAsync(item, 10m, failed: 0m);

        var hammered = await Hammer.FireAsync(
            Hammer.Width, at => world.RunAsync(new DecideInspection(id, 3, [new(1, at % 2 == 0 ? 10m : 0m)], "so"), Inspecting.Inspector));

        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(1);
        hammered.Codes.Distinct().ShouldBe(["STALE_VERSION"]);
        (await world.QuantityAsync(item, StockCondition.Inspection)).ShouldBe(0m);
        await world.ShouldHoldAsync();
    }
}
