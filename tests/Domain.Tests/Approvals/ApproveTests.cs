using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Approvals;

/// <summary>APR-01…05, I-15, I-16: what was shown is what is done, once, by somebody else.</summary>
public sealed class ApproveTests(Papers papers) : IClassFixture<Papers>
{
    [Fact]
    public async Task The_last_word_runs_the_action_as_the_approver_in_the_same_transaction()
    {
        var paper = await papers.PaperAsync();
        var filed = await papers.FiledAsync(new FilePaper(paper, 10m));
        (filed.Status, filed.Rule).ShouldBe((ApprovalStatus.Pending, "one supervisor"));
        filed.WaitsFor.ShouldBe(["supervisor"]);
        (await papers.SignedAsync(paper)).ShouldBe(0);

        var moved = (await papers.ApproveAsync(filed.Request, Papers.Approver("supervisor"))).Value;

        (moved.Move, moved.To, moved.By).ShouldBe((ApprovalMove.Execute, ApprovalStatus.Executed, "App Rover"));
        (await papers.SignedAsync(paper)).ShouldBe(1);
        (await papers.ScalarAsync<string>($"select payload ->> 'by' || ' ' || (payload ->> 'mandate') from event where aggregate_id = '{paper}'"))
            .ShouldBe($"App Rover {filed.Request}");
        moved.Outcome.ShouldNotBeNull().ShouldContain(paper.ToString());
        (await papers.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_runs_the_action_without_a_request()
    {
        var paper = await papers.PaperAsync();

        (await papers.RunAsync(new SignPaper(paper, "as agreed"), Papers.Approver("supervisor"))).Error.ShouldBeOfType<NeedsApproval>();
        (await papers.SignedAsync(paper)).ShouldBe(0);
    }

    [Fact]
    public async Task Who_may_not_approve_is_told_why_and_nothing_happens()
    {
        // given
        var paper = await papers.PaperAsync();
        var filed = await papers.FiledAsync(new FilePaper(paper, 10m));
        var right = Papers.Approver("supervisor");
        var secondAccount = right with { Actor = right.Actor with { Person = papers.Author.Actor.Person } };
        var model = right with { Actor = right.Actor with { Kind = ActorKind.Model } };
        var service = right with { Actor = right.Actor with { Kind = ActorKind.Service } };
        var device = right with { Actor = right.Actor with { Kind = ActorKind.Device } };
        var noSigner = Callers.Of(ActorKind.Human, "No Signer", "approvals.decide", "approver.supervisor");
        var before = await papers.TracesAsync();

        // when, then
        (await papers.ApproveAsync(filed.Request, papers.Author)).Error.ShouldBe(new OwnRequest(filed.Request, papers.Author.Actor.Person));
        (await papers.ApproveAsync(filed.Request, secondAccount)).Error.ShouldBe(new OwnRequest(filed.Request, papers.Author.Actor.Person));
        (await papers.ApproveAsync(filed.Request, model)).Error.ShouldBe(new ModelMayNotAct("ApproveRequest"));
        (await papers.ApproveAsync(filed.Request, service)).Error.ShouldBe(new OnlyPeopleDecide(ActorKind.Service));
        (await papers.ApproveAsync(filed.Request, device)).Error.ShouldBe(new OnlyPeopleDecide(ActorKind.Device));
        (await papers.ApproveAsync(filed.Request, Callers.Stranger)).Error.ShouldBeOfType<NotPermitted>();
        (await papers.ApproveAsync(filed.Request, Papers.Approver("finance"))).Error.ShouldBe(new NotAnApprover(filed.Request, ["supervisor"]));
        (await papers.ApproveAsync(filed.Request, noSigner)).Error.ShouldBe(new ApproverMayNotAct("SignPaper", "paper.sign"));
        (await papers.RunAsync(new ApproveRequest(filed.Request, new string('0', 64), null), right)).Error.ShouldBeOfType<ShownSomethingElse>();
        (await papers.RunAsync(new RejectRequest(filed.Request, await papers.HashAsync(filed.Request), "no"), papers.Author)).Error
            .ShouldBeOfType<OwnRequest>();
        var unknown = new ApprovalRequestId(Guid.CreateVersion7());
        (await papers.RunAsync(new ApproveRequest(unknown, "", null), right)).Error.ShouldBe(new ApprovalRequestNotFound(unknown));
        (await papers.TracesAsync()).ShouldBe(before);
        (await papers.ApproveAsync(filed.Request, right)).Error.ShouldBeNull();
        (await papers.ApproveAsync(filed.Request, Papers.Approver("supervisor"))).Error
            .ShouldBe(new WrongApprovalStatus(filed.Request, ApprovalStatus.Executed, ApprovalMove.Agree));
    }

    /// <summary>R-53, A-05.</summary>
    [Fact]
    public async Task Sixteen_approvers_at_once_run_the_action_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var paper = await papers.PaperAsync();
            var filed = await papers.FiledAsync(new FilePaper(paper, 10m));

            var hammered = await Hammer.FireAsync(Hammer.Width, _ => papers.ApproveAsync(filed.Request, Papers.Approver("supervisor")));

            hammered.Faults.ShouldBeEmpty();
            hammered.Succeeded.ShouldBe(1);
            hammered.Codes.Distinct().ShouldBe(["WRONG_APPROVAL_STATUS"]);
            (await papers.SignedAsync(paper)).ShouldBe(1);
        }

        (await papers.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    /// <summary>R-52, A-04: approvals race changes of the document; nothing is ever done on changed facts.</summary>
    [Fact]
    public async Task Approving_what_changes_meanwhile_is_refused_or_came_first()
    {
        var refused = 0;
        for (var round = 0; round < 60; round++)
        {
            var paper = await papers.PaperAsync();
            var filed = await papers.FiledAsync(new FilePaper(paper, 10m));

            var change = Task.Run(() => papers.ExecuteAsync($"update paper set words = 'other than agreed' where id = '{paper}' and signed = 0"));
            var approved = await papers.ApproveAsync(filed.Request, Papers.Approver("supervisor"));
            var hasChanged = await change == 1;

            (approved.Error is null).ShouldBe(!hasChanged);
            (await papers.SignedAsync(paper)).ShouldBe(hasChanged ? 0 : 1);
            if (hasChanged)
            {
                refused++;
                approved.Error.ShouldBe(new PreconditionsChanged(
                    filed.Request, [new FactChange("Paper", paper, "words", "\"as agreed\"", "\"other than agreed\"")]));
            }
        }

        refused.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Every_fact_that_was_shown_is_watched_and_so_is_its_subject()
    {
        var paper = await papers.PaperAsync();
        var filed = await papers.FiledAsync(new FilePaper(paper, 10m));
        await papers.ExecuteAsync($"update paper set signed = -3 where id = '{paper}'");
        (await papers.ApproveAsync(filed.Request, Papers.Approver("supervisor"))).Error
            .ShouldBe(new PreconditionsChanged(filed.Request, [new FactChange("Paper", paper, "signed", "0", "-3")]));

        await papers.ExecuteAsync($"delete from paper where id = '{paper}'");

        (await papers.ApproveAsync(filed.Request, Papers.Approver("supervisor"))).Error.ShouldBeOfType<PreconditionsChanged>()
            .Changes.Select(change => (change.Fact, change.Now)).ShouldBe([("words", null), ("signed", null)], ignoreOrder: true);
    }

    [Fact]
    public async Task An_action_that_is_refused_leaves_the_request_as_it_was()
    {
        var paper = await papers.PaperAsync();
        var filed = await papers.FiledAsync(new FilePaper(paper, 10m) { Words = "blank" });
        var before = await papers.TracesAsync();

        (await papers.ApproveAsync(filed.Request, Papers.Approver("supervisor"))).Error
            .ShouldBe(new ActionRefused("SignPaper", "PAPER_IS_BLANK", $"Paper {paper} says nothing."));

        (await papers.TracesAsync()).ShouldBe(before);
        (await papers.RunAsync(new InvalidateRequest(filed.Request, "blank"))).Value.To.ShouldBe(ApprovalStatus.Invalidated);
    }

    [Fact]
    public async Task A_constraint_that_the_action_knows_is_its_refusal()
    {
        var paper = await papers.PaperAsync();
        await papers.ExecuteAsync($"update paper set signed = 1 where id = '{paper}'");
        var filed = await papers.FiledAsync(new FilePaper(paper, 10m));

        (await papers.ApproveAsync(filed.Request, Papers.Approver("supervisor"))).Error
            .ShouldBe(new ActionRefused("SignPaper", "PAPER_SIGNED_BEFORE", $"Paper {paper} is signed."));
    }

    [Fact]
    public async Task One_document_has_one_open_request()
    {
        var paper = await papers.PaperAsync();

        var hammered = await Hammer.FireAsync(Hammer.Width, _ => papers.RunAsync(new FilePaper(paper, 10m), papers.Author));

        hammered.Succeeded.ShouldBe(1);
        hammered.Codes.Distinct().ShouldBe(["APPROVAL_PENDING"]);
        var filed = hammered.Results.Single(result => result.Error is null).Value;
        (await papers.RunAsync(new WithdrawRequest(filed.Request, "changed my mind"), Papers.Approver("supervisor") with { Permissions = papers.Author.Permissions })).Error
            .ShouldBe(new NotYourRequest(filed.Request));
        (await papers.RunAsync(new WithdrawRequest(filed.Request, "changed my mind"), papers.Author)).Value.To.ShouldBe(ApprovalStatus.Withdrawn);
        (await papers.RunAsync(new FilePaper(paper, 10m), papers.Author)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task The_database_itself_refuses_self_approval_machines_and_changed_requests()
    {
        var paper = await papers.PaperAsync();
        var filed = await papers.FiledAsync(new FilePaper(paper, 10m));
        var author = papers.Author.Actor.Person;
        string Decision(string kind, Guid person, Guid? lentBy) =>
            $"""
            insert into approval_decision (id, request_id, requested_by_person, step, role, decision, actor_kind, actor_id, person_id, actor_name,
                                           on_behalf_of_person, shown_hash, decided_at)
            values (gen_random_uuid(), '{filed.Request}', '{author}', 0, 'supervisor', 'AGREED', '{kind}', gen_random_uuid(), '{person}', 'x',
                    {(lentBy is null ? "null" : $"'{lentBy}'")}, 'h', now())
            """;

        foreach (var sql in new[]
        {
            Decision("HUMAN", author, null),
            Decision("HUMAN", Guid.CreateVersion7(), author),
            Decision("MODEL", Guid.CreateVersion7(), null),
            Decision("SERVICE", Guid.CreateVersion7(), null),
            $"update approval_request set action_input = '{{}}' where id = '{filed.Request}'",
            $"update approval_request set requested_by_person = gen_random_uuid() where id = '{filed.Request}'",
            $"update approval_request set status = 'EXECUTED', executor_person = '{author}', outcome = '{{}}', ended_at = now() where id = '{filed.Request}'",
            $"delete from approval_request where id = '{filed.Request}'",
        })
        {
            await using var asApplication = papers.Application.CreateCommand(sql);
            await Should.ThrowAsync<Npgsql.PostgresException>(() => asApplication.ExecuteNonQueryAsync(), sql);
        }
    }
}
