using Npgsql;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Kernel;

public sealed class CommandRunnerTests(TurnstileDatabase database) : IClassFixture<TurnstileDatabase>
{
    [Fact]
    public async Task A_success_leaves_its_change_one_event_and_one_audit_row()
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        var caller = Callers.Of(ActorKind.Human, "Ada", "turnstile.pass");

        var result = await database.RunAsync(Pass.Through(turnstile, people: 2) with { Reason = "school trip" }, caller);

        result.Value.ShouldBe(new Passed(turnstile, 2, database.Clock.GetUtcNow()));
        (await database.PassedAsync(turnstile)).ShouldBe(2);
        (await database.ScalarAsync<string>(
            $"select aggregate || ' ' || version || ' ' || type || ' ' || (payload->>'people') from event where aggregate_id = '{turnstile}'"))
            .ShouldBe("Turnstile 1 Passed 2");
        (await database.ScalarAsync<string>(
            $"select action || ' ' || outcome || ' ' || actor_name || ' ' || reason from audit where correlation_id = '{caller.CorrelationId}'"))
            .ShouldBe("Pass DONE Ada school trip");
    }

    [Fact]
    public async Task Versions_of_one_aggregate_count_without_a_hole_I_18()
    {
        var turnstile = await database.TurnstileAsync(free: 100);

        await Hammer.FireAsync(Hammer.Width, _ => database.RunAsync(Pass.Through(turnstile, people: 1)));

        (await database.ScalarAsync<int[]>(
            $"select array_agg(version order by version) from event where aggregate_id = '{turnstile}'"))
            .ShouldBe(Enumerable.Range(1, Hammer.Width));
    }

    [Fact]
    public async Task A_refusal_leaves_nothing_but_the_audited_attempt()
    {
        var turnstile = await database.TurnstileAsync(free: 1);
        var caller = Callers.Of(ActorKind.Human, "Ada", "turnstile.pass");

        var result = await database.RunAsync(Pass.Through(turnstile, people: 2), caller);

        result.Error.ShouldBe(new TurnstileFull(turnstile, Free: 1));
        (await database.PassedAsync(turnstile)).ShouldBe(0);
        (await database.EventsOfAsync(turnstile)).ShouldBe(0);
        (await database.ScalarAsync<string>($"select outcome from audit where correlation_id = '{caller.CorrelationId}'"))
            .ShouldBe("TURNSTILE_FULL");
    }

    [Fact]
    public async Task A_constraint_that_the_handler_knows_is_its_refusal_and_rolls_everything_back()
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        var ticket = $"T-{turnstile}";
        (await database.RunAsync(Pass.Through(turnstile, people: 1) with { Ticket = ticket })).Error.ShouldBeNull();

        var again = await database.RunAsync(Pass.Through(turnstile, people: 1) with { Ticket = ticket });

        again.Error.ShouldBe(new TicketTaken(ticket));
        (await database.PassedAsync(turnstile)).ShouldBe(1);
    }

    [Fact]
    public async Task A_bug_in_a_handler_flies_and_leaves_nothing()
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        database.Interference.BeforeCommit = command =>
            command.Turnstile == turnstile ? throw new InvalidOperationException("a bug") : Task.CompletedTask;
        try
        {
            await Should.ThrowAsync<InvalidOperationException>(() => database.RunAsync(Pass.Through(turnstile, people: 1)));
        }
        finally
        {
            database.Interference.BeforeCommit = null;
        }

        (await database.PassedAsync(turnstile)).ShouldBe(0);
        (await database.EventsOfAsync(turnstile)).ShouldBe(0);
    }

    [Theory]
    //          state    attempts that fail  succeeds
    [InlineData("40001", 1,                  true)]
    [InlineData("40P01", 3,                  true)]
    [InlineData("40001", 4,                  false)] // three retries, then it is an outage
    [InlineData("55P03", 1,                  false)] // a lock that was not got is not retried
    [InlineData("57014", 1,                  false)] // neither is a statement that took too long
    public async Task Only_a_serialization_failure_or_a_deadlock_is_retried_at_most_three_times(
        string state, int failing, bool succeeds)
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        var attempts = 0;
        database.Interference.BeforeCommit = command =>
            command.Turnstile == turnstile && ++attempts <= failing
                ? throw new PostgresException("injected", "ERROR", "ERROR", state)
                : Task.CompletedTask;
        try
        {
            var run = () => database.RunAsync(Pass.Through(turnstile, people: 1));
            if (succeeds)
            {
                (await run()).Error.ShouldBeNull();
            }
            else
            {
                (await Should.ThrowAsync<PostgresException>(run)).SqlState.ShouldBe(state);
            }
        }
        finally
        {
            database.Interference.BeforeCommit = null;
        }

        (await database.PassedAsync(turnstile)).ShouldBe(succeeds ? 1 : 0);
        (await database.EventsOfAsync(turnstile)).ShouldBe(succeeds ? 1 : 0);
    }

    public static TheoryData<string, string?> WhoMayPass => new()
    {
        // who                              refused with
        { "anybody without the permission", "NOT_PERMITTED" },
        { "a model with the permission",    "MODEL_MAY_NOT_ACT" }, // I-16
        { "a person with the permission",   null },
        { "a service with the permission",  null },
        { "a device with the permission",   null },
    };

    [Theory, MemberData(nameof(WhoMayPass))]
    public async Task A_command_is_refused_to_all_but_those_it_is_open_to(string who, string? code)
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        var caller = who switch
        {
            "anybody without the permission" => Callers.Of(ActorKind.Human, "Eve", "turnstile.suggest"),
            "a model with the permission" => Callers.Of(ActorKind.Model, "m", "turnstile.pass"),
            "a person with the permission" => Callers.Of(ActorKind.Human, "p", "turnstile.pass"),
            "a service with the permission" => Callers.Of(ActorKind.Service, "s", "turnstile.pass"),
            _ => Callers.Of(ActorKind.Device, "d", "turnstile.pass"),
        };

        var result = await database.RunAsync(Pass.Through(turnstile, people: 1), caller);

        result.Error?.Code.ShouldBe(code);
        (await database.PassedAsync(turnstile)).ShouldBe(code is null ? 1 : 0);
        (await database.ScalarAsync<string>($"select outcome from audit where correlation_id = '{caller.CorrelationId}'"))
            .ShouldBe(code ?? "DONE");
    }

    [Fact]
    public async Task A_command_that_names_no_permission_is_refused_to_everybody()
    {
        var result = await database.RunAsync(new Unguarded(Guid.CreateVersion7()));

        result.Error.ShouldBe(new NotPermitted("Unguarded", Needed: null));
    }

    [Fact]
    public async Task A_model_may_run_what_is_open_to_models()
    {
        var model = Callers.Of(ActorKind.Model, "count-variance", "turnstile.suggest");

        var result = await database.RunAsync(new SuggestPassing(Guid.CreateVersion7()), model);

        result.Error.ShouldBeNull();
        (await database.ScalarAsync<long>(
            $"select count(*) from event where aggregate_id = '{result.Value.Suggestion}' and version = 1 and actor_kind = 'MODEL'"))
            .ShouldBe(1);
    }

    [Theory]
    [InlineData("update event set type = 'Forged'")]
    [InlineData("delete from event")]
    [InlineData("truncate event")]
    [InlineData("update audit set actor_name = 'nobody'")]
    [InlineData("delete from audit")]
    [InlineData("truncate audit_link")]
    [InlineData("delete from audit_seal")]
    public async Task The_application_can_only_append_to_the_logs_I_05(string sql)
    {
        await database.RunAsync(new SuggestPassing(Guid.CreateVersion7()));
        await using var command = database.Application.CreateCommand(sql);

        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync()))
            .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("update event set type = 'Forged'")]
    [InlineData("delete from event")]
    [InlineData("truncate event")]
    [InlineData("update audit set actor_name = 'nobody'")]
    [InlineData("delete from audit")]
    [InlineData("truncate audit")]
    public async Task A_trigger_refuses_even_the_owner_I_05(string sql)
    {
        await database.RunAsync(new SuggestPassing(Guid.CreateVersion7()));

        (await Should.ThrowAsync<PostgresException>(() => database.ExecuteAsync(sql)))
            .SqlState.ShouldBe(PostgresErrorCodes.RestrictViolation);
    }
}
