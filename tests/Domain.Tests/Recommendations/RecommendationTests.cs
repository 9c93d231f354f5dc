using Microsoft.EntityFrameworkCore;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Policies;
using Platform.Domain.Recommendations;
using Platform.Domain.Recommendations.Watching;
using Platform.Tests.Domain.Planning;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Recommendations;

/// <summary>AIU-17…24, A-03…A-06: what a model files, and what people make of it.</summary>
public sealed class RecommendationTests(StockWorld world) : IClassFixture<StockWorld>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => world.ShouldHoldAsync();

    [Fact]
    public async Task What_a_supervisor_accepts_is_carried_out_as_them_once_and_is_the_next_policy()
    {
        var advice = await Advice.PreparedAsync(world);
        var id = await advice.FiledAsync();
        (await advice.LookAsync(id)).Status.ShouldBe(RecommendationStatus.InQueue);

        (await advice.ApproveAsync(id, Advice.Supervisor)).Error.ShouldBeNull();

        var made = await advice.LookAsync(id);
        (made.Status, made.DecidedByName, made.DecidedInput).ShouldBe((RecommendationStatus.Executed, "Mara", null));
        var policy = await advice.PolicyAsync();
        (policy.Number, policy.LeadTimeDays, policy.ReorderPoint, policy.SetBy).ShouldBe((2, 16m, 32m, Advice.Supervisor.Actor.Id));
        (await advice.ApproveAsync(id, Callers.Supervisor)).Error.ShouldBeOfType<WrongApprovalStatus>();
    }

    [Fact]
    public async Task Of_sixteen_who_accept_at_once_one_carries_it_out_A_05()
    {
        var advice = await Advice.PreparedAsync(world);
        var id = await advice.FiledAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(at => advice.ApproveAsync(
            id, Callers.Of(ActorKind.Human, $"App Rover {at}", "approvals.decide", "approver.supervisor", "planning.policy"))));

        answers.Count(answer => answer.Error is null).ShouldBe(1);
        (await advice.PolicyAsync()).Number.ShouldBe(2);
    }

    [Fact]
    public async Task A_model_may_file_and_do_nothing_else_A_03()
    {
        var advice = await Advice.PreparedAsync(world);
        var id = await advice.FiledAsync();
        var mighty = Callers.Model;

        (await world.RunAsync(advice.Command.Change, mighty)).Error.ShouldBeOfType<ModelMayNotAct>();
        (await advice.ApproveAsync(id, mighty)).Error.ShouldBeOfType<ModelMayNotAct>();
        (await world.RunAsync(new RejectRecommendation(id, await advice.HashAsync(id), RejectionReason.Other, "no"), mighty)).Error.ShouldBeOfType<ModelMayNotAct>();
        (await world.RunAsync(new ModifyRecommendation(id, await advice.HashAsync(id), advice.Command.Change.Terms, "no"), mighty)).Error.ShouldBeOfType<ModelMayNotAct>();
        (await advice.PolicyAsync()).Number.ShouldBe(1);
    }

    [Fact]
    public async Task Reasons_that_do_not_add_up_to_the_score_are_refused_and_leave_no_trace()
    {
        var advice = await Advice.PreparedAsync(world);
        var wrong = advice.Command with { Score = advice.Command.Score with { Value = 17m } };

        (await world.RunAsync(wrong, Advice.Model)).Error.ShouldBe(new ReasonsDoNotAddUp(17m, 16m));

        (await world.ScalarAsync<long>($"select count(*) from recommendation where item_id = '{advice.Item}'")).ShouldBe(0);
    }

    [Theory]
    //          probability  at stake  refused
    [InlineData(0.6,         100,      false)]
    [InlineData(0.59,        100,      true)]
    [InlineData(0.6,         99,       true)]
    public async Task Below_the_thresholds_nothing_is_filed_AIU_18(double probability, int stake, bool refused)
    {
        var advice = await Advice.PreparedAsync(world);
        var score = advice.Command.Score with { Probability = (decimal)probability, ValueAtStake = stake };

        var filed = await world.RunAsync(advice.Command with { Score = score }, Advice.Model);

        (filed.Error is BelowThreshold).ShouldBe(refused);
    }

    [Fact]
    public async Task What_is_new_of_an_open_subject_is_added_to_it_and_never_a_second_one()
    {
        var advice = await Advice.PreparedAsync(world);
        var first = (await advice.FileAsync()).Value;
        var more = advice.Command.Reasons[0] with { Evidence = [new GivenEvidence("PurchaseOrderLine", Guid.CreateVersion7(), "took 17 days")] };

        var second = (await world.RunAsync(advice.Command with { Reasons = [more, advice.Command.Reasons[1]] }, Advice.Model)).Value;

        (second.Recommendation, second.IsNew).ShouldBe((first.Recommendation, false));
        (await world.ScalarAsync<long>($"select count(*) from recommendation_evidence where recommendation_id = '{first.Recommendation}'")).ShouldBe(2);
    }

    [Fact]
    public async Task A_policy_that_changed_since_refuses_the_approval_and_the_next_one_supersedes_A_04()
    {
        var advice = await Advice.PreparedAsync(world);
        var id = await advice.FiledAsync();
        var byHand = advice.Command.Change with { Terms = advice.Command.Change.Terms with { LeadTimeDays = 12m } };
        (await world.RunAsync(byHand)).Error.ShouldBeNull();

        (await advice.ApproveAsync(id, Advice.Supervisor)).Error.ShouldBeOfType<PreconditionsChanged>();
        (await advice.FileAsync()).Error.ShouldBeOfType<StaleVersion>();
        var next = (await world.RunAsync(advice.Command with { Change = advice.Command.Change with { Number = 2 } }, Advice.Model)).Value;

        next.IsNew.ShouldBeTrue();
        (await advice.LookAsync(id)).Status.ShouldBe(RecommendationStatus.Invalidated);
        (await advice.PolicyAsync()).LeadTimeDays.ShouldBe(12m);
    }

    [Fact]
    public async Task Terms_that_were_agreed_anew_end_it_AIU_24()
    {
        var advice = await Advice.PreparedAsync(world);
        var id = await advice.FiledAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        (await world.RunAsync(new Platform.Domain.Purchasing.AgreeItemTerms(
            advice.Supplier, advice.Item, 1, world.Today(), Replenishing.Terms(2m) with { LeadTimeDays = 16m }))).Error.ShouldBeNull();

        (await advice.ApproveAsync(id, Advice.Supervisor)).Error.ShouldBeOfType<PreconditionsChanged>();
        (await world.RunAsync(new WatchRecommendations(100))).Error.ShouldBeNull();

        (await advice.LookAsync(id)).Status.ShouldBe(RecommendationStatus.Invalidated);
    }

    [Fact]
    public async Task Whoever_looked_at_something_else_decides_nothing_A_06()
    {
        var advice = await Advice.PreparedAsync(world);
        var id = await advice.FiledAsync();
        var other = new string('0', 64);

        (await world.RunAsync(new RejectRecommendation(id, other, RejectionReason.FalseAlarm, "no"), Advice.Supervisor)).Error.ShouldBeOfType<ShownSomethingElse>();
        (await world.RunAsync(new ModifyRecommendation(id, other, advice.Command.Change.Terms, "no"), Advice.Supervisor)).Error.ShouldBeOfType<ShownSomethingElse>();

        (await advice.LookAsync(id)).Status.ShouldBe(RecommendationStatus.InQueue);
    }

    [Fact]
    public async Task Other_values_of_the_same_command_are_carried_out_and_kept_beside_what_was_recommended()
    {
        var advice = await Advice.PreparedAsync(world);
        var id = await advice.FiledAsync();
        var terms = advice.Command.Change.Terms with { LeadTimeDays = 14m };

        (await world.RunAsync(new ModifyRecommendation(id, await advice.HashAsync(id), terms, "the strike is over"), Advice.Supervisor)).Error.ShouldBeNull();

        var made = await advice.LookAsync(id);
        made.Status.ShouldBe(RecommendationStatus.Executed);
        made.DecidedInput!.ShouldContain("14");
        (await advice.PolicyAsync()).LeadTimeDays.ShouldBe(14m);
        (await world.RunAsync(new ModifyRecommendation(id, await advice.HashAsync(id), terms, "again"), Advice.Supervisor)).Error.ShouldBeOfType<WrongRecommendationStatus>();
    }

    [Fact]
    public async Task A_rejection_says_why_changes_nothing_and_is_not_repeated_soon()
    {
        var advice = await Advice.PreparedAsync(world);
        var id = await advice.FiledAsync();

        (await world.RunAsync(new RejectRecommendation(id, await advice.HashAsync(id), RejectionReason.KnownCause, "a strike, over on Friday"), Advice.Supervisor)).Error.ShouldBeNull();

        var made = await advice.LookAsync(id);
        (made.Status, made.RejectedBecause, made.DecisionNote).ShouldBe((RecommendationStatus.Rejected, RejectionReason.KnownCause, "a strike, over on Friday"));
        (await advice.PolicyAsync()).Number.ShouldBe(1);
        (await advice.FileAsync()).Error.ShouldBeOfType<RejectedLately>();
        world.Clock.Advance(TimeSpan.FromDays(31));
        (await world.RunAsync(advice.Command with { Deadline = world.Today().AddDays(10), Change = advice.Command.Change with { EffectiveFrom = world.Today() } }, Advice.Model)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_agreed_to_days_later_holds_from_that_day()
    {
        var advice = await Advice.PreparedAsync(world);
        var id = await advice.FiledAsync();
        world.Clock.Advance(TimeSpan.FromDays(3));

        (await advice.ApproveAsync(id, Advice.Supervisor)).Error.ShouldBeNull();

        (await advice.PolicyAsync()).EffectiveFrom.ShouldBe(world.Today());
    }

    [Fact]
    public async Task What_really_happened_is_recorded_of_followed_and_rejected_ones_AIU_22()
    {
        var advice = await Advice.PreparedAsync(world);
        var id = await advice.FiledAsync();
        (await advice.ApproveAsync(id, Advice.Supervisor)).Error.ShouldBeNull();

        // Nothing came: nobody can tell, and after four months that is the outcome.
        world.Clock.Advance(TimeSpan.FromDays(15));
        (await world.RunAsync(new WatchRecommendations(100))).Error.ShouldBeNull();
        (await advice.LookAsync(id)).Outcome.ShouldBeNull();
        world.Clock.Advance(TimeSpan.FromDays(110));
        (await world.RunAsync(new WatchRecommendations(100))).Error.ShouldBeNull();

        var made = await advice.LookAsync(id);
        (made.Status, made.Outcome).ShouldBe((RecommendationStatus.OutcomeRecorded, OutcomeVerdict.Unclear));
    }

    [Theory]
    //          recommended  planned  actual  deliveries  verdict
    [InlineData(16,          10,      15.5,   4,          OutcomeVerdict.Right)]
    [InlineData(16,          10,      12.9,   3,          OutcomeVerdict.Wrong)]
    [InlineData(16,          10,      13,     3,          OutcomeVerdict.Wrong)]   // as near to the one as to the other
    [InlineData(16,          10,      16,     2,          OutcomeVerdict.Unclear)] // two deliveries say nothing
    public void Whoever_was_nearer_to_what_happened_was_right(int recommended, int planned, double actual, int deliveries, OutcomeVerdict verdict) =>
        FollowUp.Judge(recommended, planned, (decimal)actual, deliveries).ShouldBe(verdict);

    [Fact]
    public void The_life_is_the_whole_table()
    {
        var allowed = Recommendation.Steps.Keys.Select(key => $"{key.From} {key.Step}").Order(StringComparer.Ordinal);

        allowed.ShouldBe(
        [
            "Accepted Execute", "Executed RecordOutcome", "InQueue Accept", "InQueue Expire", "InQueue Invalidate", "InQueue Modify", "InQueue Reject",
            "Modified Execute", "Proposed Queue", "Rejected RecordOutcome",
        ]);
    }

    [Fact]
    public async Task Thresholds_are_a_policy_that_is_simulated_and_published_by_another()
    {
        var rules = new RecommendationThresholds([RecommendationThresholds.OfTheHouse(RecommendationKind.LeadTimeDrift) with { LeastValueAtStake = 5000m }]);
        var drafted = await world.RunAsync(new DraftRecommendationThresholds(rules, "less noise"), MasterData.Of("Author"));
        (await world.RunAsync(new SimulatePolicy(drafted.Value.Policy, 1))).Error.ShouldBeNull();
        var published = (await world.RunAsync(new PublishPolicy(drafted.Value.Policy, 2, null))).Value;
        var advice = await Advice.PreparedAsync(world);

        (await advice.FileAsync()).Error.ShouldBe(new BelowThreshold("Value at stake", 5000m, 1200m, published.Number));

        (await world.RunAsync(new WithdrawPolicy(published.Policy, published.Version, "end of the test"))).Error.ShouldBeNull();
        (await advice.FileAsync()).Error.ShouldBeNull();
    }

    [Fact]
    public async Task What_the_service_sees_is_kept_once_and_its_changes_are_told()
    {
        var advice = await Advice.PreparedAsync(world);
        var seen = new SeenOutlook(
            advice.Item, world.Warehouse, advice.Supplier, OutlookSource.Rule, 16m, 13m, 19m, 2m, 10m, 3m, 20m, 31m, 0.7m, 1200m, "EUR", 12, 1,
            OutlookVerdict.Filed, "filed", "rule-1");
        var drift = new SeenDrift(advice.Supplier, DriftState.Longer, 12, 10m, 16m, 9, world.Today(), world.Today(), 6m, 1.2m, 0.1m);
        var model = new SeenModel("lead-time-drift", ServingState.OnRules, "few deliveries", "rule-1", new string('a', 64), null, 0, null, null, null, 0, null);

        (await world.RunAsync(new RecordLeadTimes([seen], [drift], model))).Error.ShouldBeNull();
        (await world.RunAsync(new RecordLeadTimes([seen with { Days = 15m }], [drift with { State = DriftState.Steady, BeganWith = null, BeganOn = null }], model))).Error.ShouldBeNull();

        var outlooks = await world.LookAsync(db => db.Set<LeadTimeOutlook>().Where(one => one.ItemId == advice.Item).ToListAsync());
        outlooks.Select(one => one.Days).ShouldBe([15m]);
        (await world.ScalarAsync<long>($"select count(*) from event where type = 'SupplierDriftChanged' and payload ->> 'supplier' = '{advice.Supplier}'")).ShouldBe(2);
    }
}
