using System.Collections.Frozen;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Approvals;

/// <summary>APR-01: steps, seats, quorum, delegation, expiry, escalation.</summary>
public sealed class SeatTests(Papers papers) : IClassFixture<Papers>
{
    [Fact]
    public async Task Steps_follow_one_another_and_the_seats_of_one_are_filled_in_any_order()
    {
        // given: two of finance and one of quality together, then a director
        var matrix = await papers.MatrixAsync(Papers.Rule(
            "three and one",
            Papers.Step(new ApprovalSeat("finance", 2), new ApprovalSeat("quality", 1)),
            Papers.Step(new ApprovalSeat("director", 1))));
        var paper = await papers.PaperAsync();
        var filed = await papers.FiledAsync(new FilePaper(paper, 10m));
        var finance = Papers.Approver("finance");

        // when, then
        (await papers.ApproveAsync(filed.Request, Papers.Approver("director"))).Error
            .ShouldBe(new NotAnApprover(filed.Request, ["finance", "finance", "quality"]));
        (await papers.ApproveAsync(filed.Request, finance)).Value.Move.ShouldBe(ApprovalMove.Agree);
        (await papers.ApproveAsync(filed.Request, finance)).Error.ShouldBe(new DecidedAlready(filed.Request, finance.Actor.Person));
        (await papers.ApproveAsync(filed.Request, Papers.Approver("quality"))).Value.Step.ShouldBe(0);
        var second = (await papers.ApproveAsync(filed.Request, Papers.Approver("finance"))).Value;
        (second.Step, second.To).ShouldBe((1, ApprovalStatus.Pending));
        second.WaitsFor.ShouldBe(["director"]);
        (await papers.SignedAsync(paper)).ShouldBe(0);
        var both = finance with { Permissions = Papers.Approver("finance", "director").Permissions };
        (await papers.ApproveAsync(filed.Request, both)).Error.ShouldBeOfType<DecidedAlready>(); // four eyes are not two eyes twice
        (await papers.ApproveAsync(filed.Request, Papers.Approver("director"))).Value.To.ShouldBe(ApprovalStatus.Executed);
        (await papers.SignedAsync(paper)).ShouldBe(1);
        (await papers.BrokenInvariantsAsync()).ShouldBeEmpty();
        await papers.WithdrawAsync(matrix);
    }

    [Fact]
    public async Task Sixteen_of_one_role_fill_a_quorum_of_three_and_no_more()
    {
        var matrix = await papers.MatrixAsync(Papers.Rule("three", Papers.Step(new ApprovalSeat("finance", 3))));
        var paper = await papers.PaperAsync();
        var filed = await papers.FiledAsync(new FilePaper(paper, 10m));

        var hammered = await Hammer.FireAsync(Hammer.Width, _ => papers.ApproveAsync(filed.Request, Papers.Approver("finance")));

        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(3);
        (await papers.SignedAsync(paper)).ShouldBe(1);
        (await papers.BrokenInvariantsAsync()).ShouldBeEmpty();
        await papers.WithdrawAsync(matrix);
    }

    [Fact]
    public async Task What_is_lent_serves_while_it_is_lent_and_never_the_lender_about_their_own()
    {
        // given
        var away = Papers.Approver("supervisor");
        away = away with { Permissions = away.Permissions.Append("approvals.delegate").ToFrozenSet(StringComparer.Ordinal) };
        var stand = Papers.Approver();
        var now = papers.Clock.GetUtcNow();
        (await papers.RunAsync(new DelegateApprovals(stand.Actor.Person, "Stan", ["director"], now, now.AddDays(1), "holiday"), away)).Error
            .ShouldBe(new RoleNotHeld("director"));
        (await papers.RunAsync(new DelegateApprovals(away.Actor.Person, "Self", ["supervisor"], now, now.AddDays(1), "holiday"), away)).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("toPerson");
        var lent = (await papers.RunAsync(
            new DelegateApprovals(stand.Actor.Person, "Stan", ["supervisor"], now.AddHours(1), now.AddDays(1), "holiday"), away)).Value;
        var first = await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), 10m));

        // when, then: not yet
        (await papers.ApproveAsync(first.Request, stand)).Error.ShouldBeOfType<NotAnApprover>();
        papers.Clock.Advance(TimeSpan.FromHours(2));
        var moved = (await papers.ApproveAsync(first.Request, stand)).Value;
        (moved.To, moved.OnBehalfOf).ShouldBe((ApprovalStatus.Executed, (Guid?)away.Actor.Person));

        // about what the lender asked for, neither
        var filer = away with { Permissions = papers.Author.Permissions };
        var own = (await papers.RunAsync(new FilePaper(await papers.PaperAsync(), 10m), filer)).Value;
        (await papers.ApproveAsync(own.Request, stand)).Error.ShouldBe(new OwnRequestThroughDelegation(own.Request, away.Actor.Person));

        // taken back
        (await papers.RunAsync(new RevokeDelegation(lent.Delegation), stand with { Permissions = away.Permissions })).Error
            .ShouldBe(new DelegationNotFound(lent.Delegation));
        (await papers.RunAsync(new RevokeDelegation(lent.Delegation), away)).Error.ShouldBeNull();
        var last = await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), 10m));
        (await papers.ApproveAsync(last.Request, stand)).Error.ShouldBeOfType<NotAnApprover>();
        (await papers.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lender_and_their_stand_in_are_one_voice()
    {
        var matrix = await papers.MatrixAsync(Papers.Rule("two", Papers.Step(new ApprovalSeat("finance", 2))));
        var lender = Papers.Approver("finance");
        lender = lender with { Permissions = lender.Permissions.Append("approvals.delegate").ToFrozenSet(StringComparer.Ordinal) };
        var stand = Papers.Approver();
        var now = papers.Clock.GetUtcNow();
        await papers.RunAsync(new DelegateApprovals(stand.Actor.Person, "Stan", ["finance"], now, now.AddDays(1), "holiday"), lender);
        var filed = await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), 10m));

        (await papers.ApproveAsync(filed.Request, stand)).Error.ShouldBeNull();
        (await papers.ApproveAsync(filed.Request, lender)).Error.ShouldBeOfType<DecidedAlready>();
        (await papers.ApproveAsync(filed.Request, Papers.Approver("finance"))).Value.To.ShouldBe(ApprovalStatus.Executed);
        await papers.WithdrawAsync(matrix);
    }

    [Fact]
    public async Task A_role_that_its_lender_no_longer_holds_is_worth_nothing_to_whom_it_was_lent()
    {
        // given
        var lender = Papers.Approver("supervisor");
        lender = lender with { Permissions = lender.Permissions.Append("approvals.delegate").ToFrozenSet(StringComparer.Ordinal) };
        var stand = Papers.Approver();
        var now = papers.Clock.GetUtcNow();
        (await papers.RunAsync(new DelegateApprovals(stand.Actor.Person, "Stan", ["supervisor"], now, now.AddDays(1), "holiday"), lender)).Error.ShouldBeNull();
        var filed = await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), 10m));

        // when: the role is taken from the lender
        papers.Stripped.Add(lender.Actor.Person);

        // then
        (await papers.ApproveAsync(filed.Request, stand)).Error.ShouldBeOfType<NotAnApprover>();
        (await papers.RunAsync(new ClaimRequest(filed.Request), stand)).Error.ShouldBeOfType<NotAnApprover>();
        papers.Stripped.Clear();
        (await papers.ApproveAsync(filed.Request, stand)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_request_is_handled_only_by_those_whom_it_waits_for_and_given_only_to_such()
    {
        var matrix = await papers.MatrixAsync(Papers.Rule("finance", Papers.Step(new ApprovalSeat("finance", 1))));
        var filed = await papers.FiledAsync(new FilePaper(await papers.PaperAsync(), 10m));
        var (outsider, finance) = (Papers.Approver("supervisor"), Papers.Approver("finance"));
        var until = papers.Clock.GetUtcNow().AddHours(1);

        (await papers.RunAsync(new ClaimRequest(filed.Request), outsider)).Error.ShouldBeOfType<NotAnApprover>().Roles.ShouldBe(["finance"]);
        (await papers.RunAsync(new SnoozeRequest(filed.Request, until, null), outsider)).Error.ShouldBeOfType<NotAnApprover>();
        (await papers.RunAsync(new ReleaseRequest(filed.Request), outsider)).Error.ShouldBeOfType<NotAnApprover>();
        (await papers.RunAsync(new ReassignRequest(filed.Request, Guid.CreateVersion7(), Guid.CreateVersion7(), "Fin"), outsider)).Error
            .ShouldBeOfType<NotAnApprover>();
        papers.Stripped.Add(outsider.Actor.Person);
        (await papers.RunAsync(new ReassignRequest(filed.Request, outsider.Actor.Id, outsider.Actor.Person, "Out"), finance)).Error
            .ShouldBeOfType<NotAnApprover>();
        papers.Stripped.Clear();
        (await papers.RunAsync(new ClaimRequest(filed.Request), finance)).Error.ShouldBeNull();
        await papers.WithdrawAsync(matrix);
    }

    /// <summary>R-51: identities, delegations and actions at random; the one who asked never has a word in it.</summary>
    [Fact]
    public void No_combination_of_accounts_and_delegations_approves_its_own_request()
    {
        var draws = new Random(51);
        var people = Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7()).ToArray();
        string[] roles = ["finance", "quality", "director", "operations"];
        var granted = 0;
        for (var draw = 0; draw < 100_000; draw++)
        {
            var requester = people[draws.Next(people.Length)];
            var request = Request(requester, roles, draws);
            var actor = new Actor(
                Enum.GetValues<ActorKind>()[draws.Next(4)], Guid.CreateVersion7(), people[draws.Next(people.Length)], "x");
            var lent = Enumerable.Range(0, draws.Next(4))
                .Select(_ => new LentRole(people[draws.Next(people.Length)], [roles[draws.Next(roles.Length)]]))
                .Where(role => role.FromPerson != actor.Person)
                .ToList();
            var held = roles.Where(_ => draws.Next(3) == 0).Select(ApprovalSeats.PermissionOf).ToFrozenSet(StringComparer.Ordinal);

            var judged = ApprovalSeats.Judge(
                request, request.ShownHash, [], lent, new Envelope(actor, held, DateTimeOffset.UnixEpoch, Guid.Empty, null));

            if (judged.Succeeded(out var seat))
            {
                granted++;
                actor.Kind.ShouldBe(ActorKind.Human);
                actor.Person.ShouldNotBe(requester);
                seat.OnBehalfOf.ShouldNotBe(requester);
                (held.Contains(ApprovalSeats.PermissionOf(seat.Role))
                    || lent.Any(one => one.FromPerson == seat.OnBehalfOf && one.Roles.Contains(seat.Role))).ShouldBeTrue();
            }
        }

        granted.ShouldBeGreaterThan(1_000);
    }

    private static ApprovalRequest Request(Guid requester, string[] roles, Random draws)
    {
        var sheet = new ApprovalSheet
        {
            Kind = "INVOICE", Subject = new Subject("Paper", Guid.Empty), Title = "t", Effects = [], Preconditions = [],
        };
        var rule = Papers.Rule("r", Papers.Step(new ApprovalSeat(roles[draws.Next(3)], 1)));
        var actor = new Actor(ActorKind.Human, Guid.CreateVersion7(), requester, "requester");
        return ApprovalRequest.File(
            new ApprovalRequestId(Guid.CreateVersion7()),
            new ShownAction("SignPaper", "{}", [], new string('a', 64)),
            sheet,
            new ApprovalWay(1, rule, null, IsAutomatic: false),
            new Envelope(actor, FrozenSet<string>.Empty, DateTimeOffset.UnixEpoch, Guid.Empty, null));
    }
}
