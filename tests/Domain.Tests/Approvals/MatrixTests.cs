using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Approvals;

/// <summary>APR-01, -02, -06, -07, -16: which way a request takes, and what passes without a person.</summary>
public sealed class MatrixTests(Papers papers) : IClassFixture<Papers>
{
    private static readonly ApprovalStep Finance = Papers.Step(new ApprovalSeat("finance", 1));

    [Fact]
    public async Task The_first_line_that_fits_decides_and_simulation_says_what_would_change()
    {
        // given
        var before = await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), 100m));
        var rules = new[]
        {
            Papers.Rule("critical", Finance) with { Criticalities = ["HIGH"] },
            Papers.Rule("much", Papers.Step(new ApprovalSeat("director", 1))) with { MinAmount = 100m, Kinds = ["INVOICE"] },
            Papers.Rule("little", Finance) with { Kinds = ["INVOICE"] },
        };
        var drafted = (await papers.RunAsync(new DraftApprovalMatrix(new ApprovalMatrix("EUR", 0, rules), "n"), MasterData.Of("Author"))).Value;

        // when
        (await papers.RunAsync(new SimulatePolicy(drafted.Policy, 1))).Value.Lines.ShouldContain(new SimulatedChange(before.Rule, "much", 1));
        var published = (await papers.RunAsync(new PublishPolicy(drafted.Policy, 2, null))).Value;

        // then
        (await RuleOfAsync(new FilePaper(await papers.PaperAsync(), 100m))).ShouldBe("much");
        (await RuleOfAsync(new FilePaper(await papers.PaperAsync(), 99.99m))).ShouldBe("little");
        (await RuleOfAsync(new FilePaper(await papers.PaperAsync(), null))).ShouldBe("little");
        (await RuleOfAsync(new FilePaper(await papers.PaperAsync(), 100m) { Criticality = "HIGH" })).ShouldBe("critical");
        (await RuleOfAsync(new FilePaper(await papers.PaperAsync(), 100m) { Kind = "TRANSFER" })).ShouldBe("one supervisor");
        await papers.WithdrawAsync(published);
    }

    [Fact]
    public async Task Splitting_an_amount_does_not_get_it_under_the_threshold_APR_07()
    {
        var matrix = await papers.MatrixAsync(
            accumulateDays: 7, [Papers.Rule("much", Finance) with { MinAmount = 100m }, Papers.Rule("little", Finance)]);
        var supplier = await papers.SupplierAsync();

        (await RuleOfAsync(new FilePaper(await papers.PaperAsync(), 60m) { Supplier = supplier })).ShouldBe("little");
        (await RuleOfAsync(new FilePaper(await papers.PaperAsync(), 60m) { Supplier = supplier })).ShouldBe("much");
        papers.Clock.Advance(TimeSpan.FromDays(8));
        (await RuleOfAsync(new FilePaper(await papers.PaperAsync(), 60m) { Supplier = supplier })).ShouldBe("little");
        await papers.WithdrawAsync(matrix);
    }

    [Fact]
    public async Task A_matrix_with_a_hole_is_refused()
    {
        Task<Result<PolicyDrafted>> DraftAsync(params IReadOnlyList<ApprovalRule> rules) =>
            papers.RunAsync(new DraftApprovalMatrix(new ApprovalMatrix("EUR", 0, rules), "n"));
        var rule = Papers.Rule("r", Finance);

        (await DraftAsync()).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("rules");
        (await DraftAsync(rule with { Steps = [] })).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("rules.0.steps");
        (await DraftAsync(rule with { Steps = [new ApprovalStep([])] })).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("rules.0.steps.0.seats");
        (await DraftAsync(rule with { Steps = [Papers.Step(new ApprovalSeat("finance", 0))] })).Error.ShouldBeOfType<InvalidField>();
        (await DraftAsync(rule with { Steps = [Papers.Step(new ApprovalSeat("a", 1), new ApprovalSeat("a", 1))] })).Error.ShouldBeOfType<InvalidField>();
        (await DraftAsync(rule with { Kinds = ["NO_SUCH"] })).Error.ShouldBe(new ApprovalKindUnknown("NO_SUCH"));
        (await papers.RunAsync(new DraftApprovalMatrix(new ApprovalMatrix("QQQ", 0, [rule]), "n"))).Error.ShouldBe(new CurrencyUnknown("QQQ"));
    }

    [Fact]
    public async Task Little_passes_by_itself_within_its_limits_and_not_at_all_once_stopped()
    {
        // given
        var matrix = await papers.MatrixAsync(Papers.Rule("automatic", Finance) with { AutomaticUpTo = 50m, Kinds = ["TRANSFER"] });
        (await StatusOfAsync(30m)).ShouldBe(ApprovalStatus.Pending); // nobody set a limit
        var limit = (await papers.RunAsync(new SetAutomationLimit("TRANSFER", null, null, MostPerDay: 3, MostValuePerDay: 100m, "EUR"))).Value;

        // when, then
        (await StatusOfAsync(30m)).ShouldBe(ApprovalStatus.Executed);
        (await StatusOfAsync(51m)).ShouldBe(ApprovalStatus.Pending); // above the rule
        (await StatusOfAsync(50m)).ShouldBe(ApprovalStatus.Executed);
        (await StatusOfAsync(21m)).ShouldBe(ApprovalStatus.Pending); // above the value of the day
        (await StatusOfAsync(20m)).ShouldBe(ApprovalStatus.Executed);
        (await StatusOfAsync(0.01m)).ShouldBe(ApprovalStatus.Pending); // above the number of the day
        papers.Clock.Advance(TimeSpan.FromDays(1));
        (await StatusOfAsync(30m)).ShouldBe(ApprovalStatus.Executed);
        (await papers.RunAsync(new StopAutomation(null, "it misbehaves"))).Value.Limits.ShouldBe([limit.Limit]);
        (await StatusOfAsync(1m)).ShouldBe(ApprovalStatus.Pending);
        (await papers.RunAsync(new ResumeAutomation(limit.Limit))).Value.IsStopped.ShouldBeFalse();
        (await StatusOfAsync(1m)).ShouldBe(ApprovalStatus.Executed);
        var unknown = new AutomationLimitId(Guid.CreateVersion7());
        (await papers.RunAsync(new ResumeAutomation(unknown))).Error.ShouldBe(new AutomationLimitNotFound(unknown));

        // a service may, somebody who may not do it alone may not; what the action refuses is refused
        papers.Clock.Advance(TimeSpan.FromDays(1));
        var service = papers.Author with { Actor = papers.Author.Actor with { Kind = ActorKind.Service } };
        (await papers.RunAsync(new FilePaper(await papers.PaperAsync(), 1m) { Kind = "TRANSFER" }, service)).Value.Status.ShouldBe(ApprovalStatus.Executed);
        var noSigner = Callers.Of(ActorKind.Human, "No Signer", "paper.file");
        (await papers.RunAsync(new FilePaper(await papers.PaperAsync(), 1m) { Kind = "TRANSFER" }, noSigner)).Value.Status.ShouldBe(ApprovalStatus.Pending);
        (await papers.RunAsync(new FilePaper(await papers.PaperAsync(), 1m) { Kind = "TRANSFER", Words = "blank" }, papers.Author)).Error
            .ShouldBeOfType<ActionRefused>();
        (await papers.BrokenInvariantsAsync()).ShouldBeEmpty();
        await papers.RunAsync(new StopAutomation("TRANSFER", "end"));
        await papers.WithdrawAsync(matrix);
    }

    [Fact]
    public async Task Sixteen_at_once_do_not_pass_a_limit_of_three()
    {
        var matrix = await papers.MatrixAsync(Papers.Rule("automatic", Finance) with { AutomaticUpTo = 50m, Kinds = ["QUARANTINE_RELEASE"] });
        await papers.RunAsync(new SetAutomationLimit("QUARANTINE_RELEASE", null, null, MostPerDay: 100, MostValuePerDay: 30m, "EUR"));
        var sheets = await Task.WhenAll(Enumerable.Range(0, Hammer.Width).Select(_ => papers.PaperAsync()));

        var hammered = await Hammer.FireAsync(
            Hammer.Width, caller => papers.RunAsync(new FilePaper(sheets[caller], 10m) { Kind = "QUARANTINE_RELEASE" }, papers.Author));

        hammered.Faults.ShouldBeEmpty();
        hammered.Results.Count(result => result.Value.Status == ApprovalStatus.Executed).ShouldBe(3);
        (await papers.BrokenInvariantsAsync()).ShouldBeEmpty();
        await papers.WithdrawAsync(matrix);
    }

    [Fact]
    public async Task What_needs_a_person_never_passes_by_itself_and_leaves_the_list_only_by_approval()
    {
        var matrix = await papers.MatrixAsync(Papers.Rule("automatic", Papers.Step(new ApprovalSeat("supervisor", 1))) with { AutomaticUpTo = 50m });
        (await papers.RunAsync(new SetAutomationLimit("WRITE_OFF", null, null, 10, 100m, "EUR"))).Error.ShouldBeOfType<NeedsApproval>();
        (await papers.RunAsync(new RequireHuman("WRITE_OFF", NeedsHuman: false, "faster"))).Error.ShouldBeOfType<NeedsApproval>();
        (await papers.RunAsync(new RequireHuman("NO_SUCH", NeedsHuman: false, "faster"))).Error.ShouldBe(new ApprovalKindUnknown("NO_SUCH"));

        // when: somebody asks, and another agrees
        var asked = (await papers.RunAsync(new AskToLetRulesDecide("WRITE_OFF", "small ones"), papers.Author)).Value;
        asked.Status.ShouldBe(ApprovalStatus.Pending);
        (await papers.RunAsync(new AskToLetRulesDecide("WRITE_OFF", "again"), papers.Author)).Error.ShouldBeOfType<ApprovalPending>();
        var governor = Callers.Of(ActorKind.Human, "Gov", "approvals.decide", "approver.supervisor", "approvals.govern");
        (await papers.ApproveAsync(asked.Request, governor)).Value.To.ShouldBe(ApprovalStatus.Executed);

        // then
        (await papers.RunAsync(new SetAutomationLimit("WRITE_OFF", null, null, 10, 100m, "EUR"))).Error.ShouldBeNull();
        (await papers.RunAsync(new RequireHuman("WRITE_OFF", NeedsHuman: true, "back"))).Value.NeedsHuman.ShouldBeTrue();
        (await papers.RunAsync(new FilePaper(await papers.PaperAsync(), 1m) { Kind = "WRITE_OFF" }, papers.Author)).Value.Status
            .ShouldBe(ApprovalStatus.Pending);
        await papers.WithdrawAsync(matrix);
    }

    private async Task<string> RuleOfAsync(FilePaper file) => (await papers.FiledAsync(file)).Rule;

    private async Task<ApprovalStatus> StatusOfAsync(decimal amount) =>
        (await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), amount) { Kind = "TRANSFER" })).Status;
}
