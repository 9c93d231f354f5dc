using Microsoft.EntityFrameworkCore;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Approvals;

/// <summary>The whole life of a request: every state, every move; claim, sleep, escalation, expiry, and the undo window.</summary>
public sealed class RequestLifeTests(Papers papers) : IClassFixture<Papers>
{
    [Theory]
    [InlineData(ApprovalStatus.Pending, ApprovalMove.Agree, ApprovalStatus.Pending)]
    [InlineData(ApprovalStatus.Pending, ApprovalMove.Approve, ApprovalStatus.Approved)]
    [InlineData(ApprovalStatus.Pending, ApprovalMove.Execute, ApprovalStatus.Executed)]
    [InlineData(ApprovalStatus.Pending, ApprovalMove.Reject, ApprovalStatus.Rejected)]
    [InlineData(ApprovalStatus.Pending, ApprovalMove.Withdraw, ApprovalStatus.Withdrawn)]
    [InlineData(ApprovalStatus.Pending, ApprovalMove.Expire, ApprovalStatus.Expired)]
    [InlineData(ApprovalStatus.Pending, ApprovalMove.Invalidate, ApprovalStatus.Invalidated)]
    [InlineData(ApprovalStatus.Approved, ApprovalMove.Execute, ApprovalStatus.Executed)]
    [InlineData(ApprovalStatus.Approved, ApprovalMove.Undo, ApprovalStatus.Pending)]
    [InlineData(ApprovalStatus.Approved, ApprovalMove.Withdraw, ApprovalStatus.Withdrawn)]
    [InlineData(ApprovalStatus.Approved, ApprovalMove.Invalidate, ApprovalStatus.Invalidated)]
    public void A_request_moves_so(ApprovalStatus from, ApprovalMove move, ApprovalStatus to) =>
        ApprovalMoves.After(from, move).ShouldBe(to);

    [Fact]
    public void And_in_no_other_way() => ApprovalMoves.Table.Count.ShouldBe(11);

    /// <summary>Every ended state refuses every command by name.</summary>
    [Theory]
    [InlineData(ApprovalStatus.Executed)]
    [InlineData(ApprovalStatus.Rejected)]
    [InlineData(ApprovalStatus.Withdrawn)]
    [InlineData(ApprovalStatus.Expired)]
    [InlineData(ApprovalStatus.Invalidated)]
    public async Task What_ended_has_ended(ApprovalStatus end)
    {
        var filed = await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), 10m));
        var hash = await papers.HashAsync(filed.Request);
        var supervisor = Papers.Approver("supervisor");
        (await EndAsync(filed.Request, hash, end)).ShouldBe(end);
        var before = await papers.TracesAsync();

        (await papers.RunAsync(new ApproveRequest(filed.Request, hash, null), supervisor)).Error.ShouldBeOfType<WrongApprovalStatus>();
        (await papers.RunAsync(new RejectRequest(filed.Request, hash, "no"), supervisor)).Error.ShouldBeOfType<WrongApprovalStatus>();
        (await papers.RunAsync(new WithdrawRequest(filed.Request, "no"), papers.Author)).Error.ShouldBeOfType<WrongApprovalStatus>();
        (await papers.RunAsync(new InvalidateRequest(filed.Request, "no"))).Error.ShouldBeOfType<WrongApprovalStatus>();
        (await papers.RunAsync(new ExecuteApproved(filed.Request))).Error.ShouldBeOfType<WrongApprovalStatus>();
        (await papers.RunAsync(new UndoApproval(filed.Request), supervisor)).Error.ShouldBeOfType<WrongApprovalStatus>();
        (await papers.RunAsync(new ClaimRequest(filed.Request), supervisor)).Error.ShouldBeOfType<WrongApprovalStatus>();
        (await papers.TracesAsync()).ShouldBe(before);
        (await papers.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Within_the_window_the_last_approver_takes_it_back_and_after_it_the_service_carries_it_out_once()
    {
        // given
        var matrix = await papers.MatrixAsync(Papers.Rule("window", Papers.Step(new ApprovalSeat("supervisor", 1))) with { UndoSeconds = 10 });
        var paper = await papers.PaperAsync();
        var filed = await papers.FiledAsync(new FilePaper(paper, 10m));
        var supervisor = Papers.Approver("supervisor");
        var another = Papers.Approver("supervisor");

        // when
        var approved = (await papers.ApproveAsync(filed.Request, supervisor)).Value;

        // then: nothing is done yet
        (approved.To, approved.ExecutesAt).ShouldBe((ApprovalStatus.Approved, papers.Clock.GetUtcNow().AddSeconds(10)));
        (await papers.SignedAsync(paper)).ShouldBe(0);
        (await papers.RunAsync(new ExecuteApproved(filed.Request))).Error.ShouldBeOfType<UndoWindowRuns>();
        (await papers.RunAsync(new UndoApproval(filed.Request), another)).Error.ShouldBe(new NotTheLastApprover(filed.Request));

        // when: taken back, and agreed again by the same person
        (await papers.RunAsync(new UndoApproval(filed.Request), supervisor)).Value.To.ShouldBe(ApprovalStatus.Pending);
        (await papers.BrokenInvariantsAsync()).ShouldBeEmpty();
        (await papers.ApproveAsync(filed.Request, supervisor)).Value.To.ShouldBe(ApprovalStatus.Approved);
        papers.Clock.Advance(TimeSpan.FromSeconds(10));

        // then
        (await papers.RunAsync(new UndoApproval(filed.Request), supervisor)).Error.ShouldBeOfType<UndoWindowOver>();
        (await ApprovalClocks.AreDueAsync(papers.Application, papers.Clock.GetUtcNow(), CancellationToken.None)).ShouldBeTrue();
        (await papers.RunAsync(new RunApprovalClocks(500))).Value.Due.ShouldContain(filed.Request);
        var hammered = await Hammer.FireAsync(Hammer.Width, _ => papers.RunAsync(new ExecuteApproved(filed.Request)));
        hammered.Succeeded.ShouldBe(1);
        hammered.Results.Single(result => result.Error is null).Value.By.ShouldBe("App Rover");
        (await papers.SignedAsync(paper)).ShouldBe(1);
        (await papers.BrokenInvariantsAsync()).ShouldBeEmpty();
        await papers.WithdrawAsync(matrix);
    }

    [Fact]
    public async Task What_changes_during_the_window_is_not_done()
    {
        var matrix = await papers.MatrixAsync(Papers.Rule("window", Papers.Step(new ApprovalSeat("supervisor", 1))) with { UndoSeconds = 10 });
        var paper = await papers.PaperAsync();
        var filed = await papers.FiledAsync(new FilePaper(paper, 10m));
        await papers.ApproveAsync(filed.Request, Papers.Approver("supervisor"));
        await papers.ExecuteAsync($"update paper set words = 'else' where id = '{paper}'");
        papers.Clock.Advance(TimeSpan.FromSeconds(10));

        (await papers.RunAsync(new ExecuteApproved(filed.Request))).Error.ShouldBeOfType<PreconditionsChanged>();

        (await papers.RunAsync(new InvalidateRequest(filed.Request, "the paper changed"))).Value.To.ShouldBe(ApprovalStatus.Invalidated);
        (await papers.SignedAsync(paper)).ShouldBe(0);
        await papers.WithdrawAsync(matrix);
    }

    [Fact]
    public async Task Who_opens_a_request_has_it_for_a_quarter_of_an_hour()
    {
        var filed = await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), 10m));
        var (first, second) = (Papers.Approver("supervisor"), Papers.Approver("supervisor"));
        (await papers.RunAsync(new ClaimRequest(filed.Request), papers.Author)).Error.ShouldBeOfType<OwnRequest>();

        var hammered = await Hammer.FireAsync(2, caller => papers.RunAsync(new ClaimRequest(filed.Request), caller == 0 ? first : second));

        hammered.Succeeded.ShouldBe(1);
        hammered.Codes.ShouldBe(["CLAIMED_BY_ANOTHER"]);
        var (has, waits) = hammered.Results[0].Error is null ? (first, second) : (second, first);
        (await papers.ApproveAsync(filed.Request, waits)).Error.ShouldBeOfType<ClaimedByAnother>();
        (await papers.RunAsync(new ReleaseRequest(filed.Request), waits)).Error.ShouldBeOfType<ClaimedByAnother>();
        (await papers.RunAsync(new ReleaseRequest(filed.Request), has)).Value.ClaimedBy.ShouldBeNull();
        (await papers.RunAsync(new ClaimRequest(filed.Request), has)).Error.ShouldBeNull();
        papers.Clock.Advance(TimeSpan.FromMinutes(15));
        (await papers.ApproveAsync(filed.Request, waits)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_request_sleeps_until_its_moment_or_until_its_event()
    {
        var byTime = await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), 10m));
        var byEvent = await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), 10m));
        var supervisor = Papers.Approver("supervisor");
        var now = papers.Clock.GetUtcNow();
        (await papers.RunAsync(new SnoozeRequest(byTime.Request, null, null), supervisor)).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("until");
        (await papers.RunAsync(new SnoozeRequest(byTime.Request, now, null), supervisor)).Error.ShouldBeOfType<InvalidField>();
        (await papers.RunAsync(new SnoozeRequest(byTime.Request, now.AddHours(1), null), supervisor)).Value.SnoozedUntil.ShouldBe(now.AddHours(1));
        var awaited = await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), 10m));
        // Events carry the database's clock; sleep from before it.
        await papers.RunAsync(new SnoozeRequest(byEvent.Request, null, awaited.Request.Value), supervisor);
        await papers.ExecuteAsync($"update approval_request set snoozed_at = now() where id = '{byEvent.Request}'");

        (await papers.RunAsync(new RunApprovalClocks(500))).Value.Woken.ShouldBeEmpty();
        await papers.RunAsync(new WithdrawRequest(awaited.Request, "happens"), papers.Author);
        (await papers.RunAsync(new RunApprovalClocks(500))).Value.Woken.ShouldBe([byEvent.Request]);
        papers.Clock.Advance(TimeSpan.FromHours(1));
        (await papers.RunAsync(new RunApprovalClocks(500))).Value.Woken.ShouldBe([byTime.Request]);
    }

    [Fact]
    public async Task What_waits_too_long_is_open_to_the_escalation_role_and_at_last_expires()
    {
        var paper = await papers.PaperAsync();
        var first = await papers.FiledAsync(new FilePaper(paper, 10m));
        var second = await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), 10m));
        var operations = Papers.Approver("operations");
        (await papers.ApproveAsync(first.Request, operations)).Error.ShouldBeOfType<NotAnApprover>();

        papers.Clock.Advance(TimeSpan.FromHours(24));
        var run = (await papers.RunAsync(new RunApprovalClocks(500))).Value;
        run.Escalated.ShouldContain(first.Request);
        (await papers.RunAsync(new RunApprovalClocks(500))).Value.Escalated.ShouldBeEmpty(); // once
        (await papers.ApproveAsync(first.Request, operations)).Value.To.ShouldBe(ApprovalStatus.Executed);

        papers.Clock.Advance(TimeSpan.FromHours(168));
        (await papers.RunAsync(new RunApprovalClocks(500))).Value.Expired.ShouldContain(second.Request);
        (await papers.ApproveAsync(second.Request, operations)).Error
            .ShouldBe(new WrongApprovalStatus(second.Request, ApprovalStatus.Expired, ApprovalMove.Agree));
        (await papers.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_is_commented_and_handed_on_but_never_to_its_author()
    {
        var filed = await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), 10m));
        var supervisor = Papers.Approver("supervisor");

        (await papers.RunAsync(new CommentOnRequest(filed.Request, "Why so much?"))).Value.Author.ShouldBe("Sue Pervisor");
        (await papers.RunAsync(new ReassignRequest(filed.Request, Guid.CreateVersion7(), papers.Author.Actor.Person, "Aut Hor"), supervisor)).Error
            .ShouldBeOfType<OwnRequest>();
        (await papers.RunAsync(new ReassignRequest(filed.Request, Guid.CreateVersion7(), Guid.CreateVersion7(), "Mara"), supervisor)).Value.AssignedTo
            .ShouldBe("Mara");

        (await papers.LookAsync(db => db.Set<ApprovalComment>().Where(one => one.RequestId == filed.Request).Select(one => one.Body).ToListAsync()))
            .ShouldBe(["Why so much?"]);
    }

    private async Task<ApprovalStatus> EndAsync(ApprovalRequestId request, string hash, ApprovalStatus end)
    {
        switch (end)
        {
            case ApprovalStatus.Executed:
                return (await papers.RunAsync(new ApproveRequest(request, hash, null), Papers.Approver("supervisor"))).Value.To;
            case ApprovalStatus.Rejected:
                return (await papers.RunAsync(new RejectRequest(request, hash, "no"), Papers.Approver("supervisor"))).Value.To;
            case ApprovalStatus.Withdrawn:
                return (await papers.RunAsync(new WithdrawRequest(request, "no"), papers.Author)).Value.To;
            case ApprovalStatus.Invalidated:
                return (await papers.RunAsync(new InvalidateRequest(request, "no"))).Value.To;
            default:
                papers.Clock.Advance(TimeSpan.FromHours(200));
                await papers.RunAsync(new RunApprovalClocks(500));
                return (await papers.LookAsync(db => db.Set<ApprovalRequest>().SingleAsync(one => one.Id == request))).Status;
        }
    }
}
