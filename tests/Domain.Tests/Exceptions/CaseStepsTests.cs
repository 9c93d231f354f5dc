using Microsoft.EntityFrameworkCore;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Exceptions;

/// <summary>EXC-01: the whole life of a case.</summary>
public sealed class CaseStepsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly Dictionary<(CaseStatus From, CaseStep Step), CaseStatus> Expected = new()
    {
        [(CaseStatus.New, CaseStep.Triage)] = CaseStatus.Triaged,
        [(CaseStatus.New, CaseStep.Assign)] = CaseStatus.Assigned,
        [(CaseStatus.New, CaseStep.Escalate)] = CaseStatus.New,
        [(CaseStatus.New, CaseStep.Resolve)] = CaseStatus.Resolved,
        [(CaseStatus.Triaged, CaseStep.Triage)] = CaseStatus.Triaged,
        [(CaseStatus.Triaged, CaseStep.Assign)] = CaseStatus.Assigned,
        [(CaseStatus.Triaged, CaseStep.Escalate)] = CaseStatus.Triaged,
        [(CaseStatus.Triaged, CaseStep.Resolve)] = CaseStatus.Resolved,
        [(CaseStatus.Assigned, CaseStep.Triage)] = CaseStatus.Triaged,
        [(CaseStatus.Assigned, CaseStep.Assign)] = CaseStatus.Assigned,
        [(CaseStatus.Assigned, CaseStep.Start)] = CaseStatus.InProgress,
        [(CaseStatus.Assigned, CaseStep.Escalate)] = CaseStatus.Triaged,
        [(CaseStatus.Assigned, CaseStep.Resolve)] = CaseStatus.Resolved,
        [(CaseStatus.InProgress, CaseStep.Triage)] = CaseStatus.Triaged,
        [(CaseStatus.InProgress, CaseStep.Assign)] = CaseStatus.Assigned,
        [(CaseStatus.InProgress, CaseStep.Wait)] = CaseStatus.Waiting,
        [(CaseStatus.InProgress, CaseStep.Escalate)] = CaseStatus.Triaged,
        [(CaseStatus.InProgress, CaseStep.Resolve)] = CaseStatus.Resolved,
        [(CaseStatus.Waiting, CaseStep.Resume)] = CaseStatus.InProgress,
        [(CaseStatus.Waiting, CaseStep.Resolve)] = CaseStatus.Resolved,
        [(CaseStatus.Resolved, CaseStep.Reopen)] = CaseStatus.Triaged,
    };

    public static TheoryData<CaseStatus, CaseStep> Pairs()
    {
        var pairs = new TheoryData<CaseStatus, CaseStep>();
        foreach (var from in Enum.GetValues<CaseStatus>())
        {
            foreach (var step in Enum.GetValues<CaseStep>().Where(step => step != CaseStep.Escalate))
            {
                pairs.Add(from, step);
            }
        }

        return pairs;
    }

    /// <summary>Every pair through the command itself: the step leads where the table says, or is refused and leaves no trace.</summary>
    [Theory, MemberData(nameof(Pairs))]
    public async Task Every_state_knows_its_steps(CaseStatus from, CaseStep step)
    {
        var (id, version) = await CaseInAsync(from);
        var before = await database.TracesAsync();

        var result = await StepAsync(id, version, step);

        if (Expected.TryGetValue((from, step), out var to))
        {
            (result.Value.From, result.Value.To, result.Value.Version).ShouldBe((from, to, version + 1));
            (await StoredAsync(id)).Status.ShouldBe(to);
        }
        else
        {
            result.Error.ShouldBe(new WrongCaseStatus(id, from, step));
            (await database.TracesAsync()).ShouldBe(before);
        }

        (await database.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public void The_table_is_the_expected_one_and_no_step_is_missing() =>
        CaseSteps.Table.OrderBy(pair => pair.Key).ShouldBe(Expected.OrderBy(pair => pair.Key));

    [Fact]
    public async Task An_overtaken_version_is_refused_and_so_is_an_unknown_case()
    {
        var (id, _) = await CaseInAsync(CaseStatus.Assigned);
        var unknown = new ExceptionCaseId(Guid.CreateVersion7());

        (await database.RunAsync(new StartCase(id, 1))).Error.ShouldBe(new StaleVersion("ExceptionCase", id.Value, 1, 2));
        (await database.RunAsync(new StartCase(unknown, 1))).Error.ShouldBe(new ExceptionCaseNotFound(unknown));
        (await database.RunAsync(new ResumeCase(unknown, 1))).Error.ShouldBe(new ExceptionCaseNotFound(unknown));
        (await database.RunAsync(new AddCaseNote(unknown, NoteKind.Comment, "?", null))).Error.ShouldBe(new ExceptionCaseNotFound(unknown));
    }

    [Fact]
    public async Task Sixteen_people_take_one_case_and_one_has_it()
    {
        var (id, version) = await CaseInAsync(CaseStatus.New);

        var hammered = await Hammer.FireAsync(
            Hammer.Width, caller => database.RunAsync(new TakeCase(id, version), MasterData.Of($"Taker {caller}")));

        hammered.Succeeded.ShouldBe(1);
        hammered.Codes.Distinct().ShouldBe(["STALE_VERSION"]);
        (await StoredAsync(id)).OwnerId.ShouldBe(hammered.Results.Single(result => result.Error is null).Value.Owner);
    }

    [Fact]
    public async Task Bad_input_is_refused_field_by_field()
    {
        var (id, version) = await CaseInAsync(CaseStatus.New);

        (await database.RunAsync(new TriageCase(id, version, new Triage(CaseSeverity.Low, ServiceImpact.None, "No Queue", 8), null))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("queue");
        (await database.RunAsync(new TriageCase(id, version, new Triage(CaseSeverity.Low, ServiceImpact.None, "quality", 0), null))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("slaHours");
        (await database.RunAsync(new WaitWithCase(id, version, database.Clock.GetUtcNow(), "why"))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("until");
        (await database.RunAsync(new AddCaseNote(id, NoteKind.Evidence, "photo", null))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("evidence");
        (await database.RunAsync(new ResolveCase(id, version, CaseOutcome.NoAction, " ", null))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("rootCause");
        (await database.RunAsync(new AssignCase(id, version, Guid.CreateVersion7(), " "))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("ownerName");
    }

    [Fact]
    public async Task Notes_and_evidence_stay_with_the_case_and_cannot_be_changed()
    {
        var (id, _) = await CaseInAsync(CaseStatus.Resolved);

        var added = (await database.RunAsync(new AddCaseNote(id, NoteKind.Evidence, "The torn pallet", "photos/17.jpg"))).Value;

        var note = await database.LookAsync(db => db.Set<ExceptionNote>().SingleAsync(one => one.CaseId == id));
        (note.Id, note.Kind, note.Evidence, note.Author).ShouldBe((added.Note, NoteKind.Evidence, "photos/17.jpg", "Sue Pervisor"));
        await Should.ThrowAsync<Npgsql.PostgresException>(() => database.ExecuteAsync("delete from exception_note"));
    }

    [Fact]
    public async Task A_case_is_not_reopened_beside_another_about_the_same()
    {
        var about = Guid.CreateVersion7();
        var first = (await database.RunAsync(Cases.Report(about))).Value.Case;
        await database.RunAsync(new ResolveCase(first, 1, CaseOutcome.Corrected, null, null));
        var second = (await database.RunAsync(Cases.Report(about))).Value;
        second.IsNew.ShouldBeTrue();

        (await database.RunAsync(new ReopenCase(first, 2, "again"))).Error.ShouldBeOfType<AnotherCaseIsOpen>();

        (await database.RunAsync(new ResolveCase(second.Case, 1, CaseOutcome.Duplicate, null, null))).Error.ShouldBeNull();
        (await database.RunAsync(new ReopenCase(first, 2, "again"))).Value.To.ShouldBe(CaseStatus.Triaged);
    }

    [Theory]
    //          kind               permission            allowed
    [InlineData(ActorKind.Human,   null,                 false)]
    [InlineData(ActorKind.Human,   "exceptions.triage",  false)]
    [InlineData(ActorKind.Human,   "exceptions.work",    true)]
    [InlineData(ActorKind.Device,  "exceptions.work",    true)]
    [InlineData(ActorKind.Model,   "exceptions.work",    false)]
    public async Task Who_may_work_on_a_case(ActorKind kind, string? permission, bool allowed)
    {
        var (id, version) = await CaseInAsync(CaseStatus.New);
        var caller = Callers.Of(kind, "Somebody", permission is null ? [] : [permission]);

        var result = await database.RunAsync(new TakeCase(id, version), caller);

        (result.Error is null).ShouldBe(allowed);
        if (!allowed)
        {
            result.Error.ShouldBeAssignableTo<RunnerRefusal>();
        }
    }

    private Task<ExceptionCase> StoredAsync(ExceptionCaseId id) =>
        database.LookAsync(db => db.Set<ExceptionCase>().SingleAsync(found => found.Id == id));

    private async Task<(ExceptionCaseId Case, int Version)> CaseInAsync(CaseStatus status)
    {
        var id = (await database.RunAsync(Cases.Report(Guid.CreateVersion7()))).Value.Case;
        CaseStep[] steps = status switch
        {
            CaseStatus.New => [],
            CaseStatus.Triaged => [CaseStep.Triage],
            CaseStatus.Assigned => [CaseStep.Assign],
            CaseStatus.InProgress => [CaseStep.Assign, CaseStep.Start],
            CaseStatus.Waiting => [CaseStep.Assign, CaseStep.Start, CaseStep.Wait],
            CaseStatus.Resolved => [CaseStep.Resolve],
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
        var version = 1;
        foreach (var step in steps)
        {
            version = (await StepAsync(id, version, step)).Value.Version;
        }

        return (id, version);
    }

    private Task<Result<CaseMoved>> StepAsync(ExceptionCaseId id, int version, CaseStep step) => step switch
    {
        CaseStep.Triage => database.RunAsync(
            new TriageCase(id, version, new Triage(CaseSeverity.High, ServiceImpact.Delay, "quality", 4), "mine")),
        CaseStep.Assign => database.RunAsync(new AssignCase(id, version, Guid.CreateVersion7(), "Ann")),
        CaseStep.Start => database.RunAsync(new StartCase(id, version)),
        CaseStep.Wait => database.RunAsync(new WaitWithCase(id, version, null, "the supplier answers")),
        CaseStep.Resume => database.RunAsync(new ResumeCase(id, version)),
        CaseStep.Resolve => database.RunAsync(new ResolveCase(id, version, CaseOutcome.Corrected, "label", "relabelled")),
        CaseStep.Reopen => database.RunAsync(new ReopenCase(id, version, "not over")),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };
}

internal static class Cases
{
    public static RaiseCase Report(Guid about) => new(
        new CaseReport("DAMAGE", "Something is torn", null, ServiceImpact.None, null, null, null, null, null, null, null),
        "Thing", about, [new CaseFact("seen", "hole")]);
}
