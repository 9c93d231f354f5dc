using FsCheck;
using FsCheck.Fluent;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Kernel;

/// <summary>The table of idempotency, row by row, with real concurrency (R-09…R-12, I-17).</summary>
public sealed class IdempotencyTests(TurnstileDatabase database) : IClassFixture<TurnstileDatabase>
{
    [Fact]
    public async Task The_same_key_and_input_is_answered_from_store_without_a_second_effect()
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        var caller = Callers.Supervisor.WithKey(Key());
        var first = await database.RunAsync(Pass.Through(turnstile, people: 2), caller);
        database.Clock.Advance(TimeSpan.FromMinutes(1));

        var second = await database.RunAsync(Pass.Through(turnstile, people: 2), caller);

        second.ShouldBe(first);
        (first.IsReplay, second.IsReplay).ShouldBe((false, true));
        (await database.PassedAsync(turnstile)).ShouldBe(2);
        (await database.EventsOfAsync(turnstile)).ShouldBe(1);
    }

    [Fact]
    public async Task Numbers_spelt_differently_are_the_same_request()
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        var caller = Callers.Supervisor.WithKey(Key());
        await database.RunAsync(Pass.Through(turnstile, people: 2) with { Price = 1.50m }, caller);

        var second = await database.RunAsync(Pass.Through(turnstile, people: 2) with { Price = 1.5000m }, caller);

        second.IsReplay.ShouldBeTrue();
    }

    [Fact]
    public void A_change_of_any_field_is_another_request_R_11()
    {
        var original = Pass.Through(Guid.Parse("01890000-0000-7000-8000-000000000001"), people: 2) with { Bags = ["red"] };
        var fingerprint = CanonicalJson.Fingerprint(CanonicalJson.Of(original));
        var change = Gen.OneOf(
            ArbMap.Default.GeneratorFor<Guid>().Select(id => original with { Turnstile = id }),
            ArbMap.Default.GeneratorFor<int>().Select(people => original with { People = people }),
            ArbMap.Default.GeneratorFor<decimal>().Select(price => original with { Price = price }),
            ArbMap.Default.GeneratorFor<string>().Select(ticket => original with { Ticket = ticket }),
            ArbMap.Default.GeneratorFor<string[]>().Select(bags => original with { Bags = bags }),
            ArbMap.Default.GeneratorFor<string>().Select(reason => original with { Reason = reason }));

        Prop.ForAll(Arb.From(change), changed =>
        {
            var isSame = CanonicalJson.Fingerprint(CanonicalJson.Of(changed)).AsSpan().SequenceEqual(fingerprint);
            return isSame == SameMeaning(original, changed);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_key_with_other_input_is_refused_without_effect_R_11()
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        var caller = Callers.Supervisor.WithKey(Key());
        await database.RunAsync(Pass.Through(turnstile, people: 2), caller);

        var second = await database.RunAsync(Pass.Through(turnstile, people: 3), caller);

        second.Error.ShouldBe(new IdempotencyKeyReused("Pass", caller.IdempotencyKey!));
        (await database.PassedAsync(turnstile)).ShouldBe(2);
        (await database.EventsOfAsync(turnstile)).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_of_another_person_is_another_key()
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        var key = Key();
        await database.RunAsync(Pass.Through(turnstile, people: 2), Callers.Supervisor.WithKey(key));

        var other = await database.RunAsync(
            Pass.Through(turnstile, people: 2), Callers.Of(ActorKind.Human, "Bob", "turnstile.pass").WithKey(key));

        other.IsReplay.ShouldBeFalse();
        (await database.PassedAsync(turnstile)).ShouldBe(4);
    }

    [Fact]
    public async Task Sixteen_at_once_with_one_key_make_one_effect_R_10()
    {
        for (var round = 0; round < 10; round++)
        {
            var turnstile = await database.TurnstileAsync(free: 100);
            var caller = Callers.Supervisor.WithKey(Key());

            var hammered = await Hammer.FireAsync(
                Hammer.Width, _ => database.RunAsync(Pass.Through(turnstile, people: 1), caller));

            hammered.Faults.ShouldBeEmpty();
            hammered.Succeeded.ShouldBe(1);
            hammered.Codes.ShouldAllBe(code => code == "IDEMPOTENCY_IN_PROGRESS");
            (hammered.Succeeded + hammered.Replayed + hammered.Codes.Count()).ShouldBe(Hammer.Width);
            (await database.PassedAsync(turnstile)).ShouldBe(1);
            (await database.EventsOfAsync(turnstile)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_key_whose_first_request_still_runs_is_in_progress_after_two_seconds_and_safe_to_retry()
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        var caller = Callers.Supervisor.WithKey(Key());
        var inside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var leave = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        database.Interference.BeforeCommit = async command =>
        {
            if (command.Turnstile == turnstile)
            {
                inside.TrySetResult();
                await leave.Task;
            }
        };
        var first = database.RunAsync(Pass.Through(turnstile, people: 1), caller);
        await inside.Task;
        var waited = System.Diagnostics.Stopwatch.StartNew();

        var second = await database.RunAsync(Pass.Through(turnstile, people: 1), caller);

        second.Error.ShouldBe(new IdempotencyInProgress("Pass", caller.IdempotencyKey!));
        waited.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(4));
        leave.SetResult();
        (await first).Error.ShouldBeNull();
        database.Interference.BeforeCommit = null;
        (await database.RunAsync(Pass.Through(turnstile, people: 1), caller)).IsReplay.ShouldBeTrue();
        (await database.PassedAsync(turnstile)).ShouldBe(1);
    }

    [Fact]
    public async Task Invalid_input_is_not_kept_so_the_key_serves_the_corrected_request()
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        var caller = Callers.Supervisor.WithKey(Key());
        (await database.RunAsync(Pass.Through(turnstile, people: 0), caller)).Error.ShouldBe(new NobodyPassed(0));

        var corrected = await database.RunAsync(Pass.Through(turnstile, people: 1), caller);

        corrected.Error.ShouldBeNull();
        (await database.PassedAsync(turnstile)).ShouldBe(1);
    }

    [Fact]
    public async Task A_late_duplicate_of_a_refused_request_is_refused_again_though_it_would_succeed_now_R_12()
    {
        var turnstile = await database.TurnstileAsync(free: 1);
        var caller = Callers.Supervisor.WithKey(Key());
        var first = await database.RunAsync(Pass.Through(turnstile, people: 2), caller);
        await database.ExecuteAsync($"update turnstile set free = 10 where id = '{turnstile}'");

        var late = await database.RunAsync(Pass.Through(turnstile, people: 2), caller);
        var anew = await database.RunAsync(Pass.Through(turnstile, people: 2), caller.WithKey(Key()));

        first.Error.ShouldBe(new TurnstileFull(turnstile, Free: 1));
        late.Error.ShouldBe(first.Error);
        late.IsReplay.ShouldBeTrue();
        anew.Error.ShouldBeNull();
        (await database.PassedAsync(turnstile)).ShouldBe(2);
    }

    [Fact]
    public async Task Sixteen_refused_at_once_with_one_key_get_one_answer_R_12()
    {
        var turnstile = await database.TurnstileAsync(free: 1);
        var caller = Callers.Supervisor.WithKey(Key());

        var hammered = await Hammer.FireAsync(
            Hammer.Width, _ => database.RunAsync(Pass.Through(turnstile, people: 2), caller));

        hammered.Codes.Where(code => code != "IDEMPOTENCY_IN_PROGRESS").ShouldAllBe(code => code == "TURNSTILE_FULL");
        (await database.ScalarAsync<long>(
            $"select count(*) from idempotency_key where key = '{caller.IdempotencyKey}' and refusal like '%TurnstileFull'"))
            .ShouldBe(1);
    }

    [Fact]
    public async Task A_crash_before_the_commit_takes_the_key_with_it()
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        var caller = Callers.Supervisor.WithKey(Key());
        var crashes = 1;
        database.Interference.BeforeCommit = async command =>
        {
            if (command.Turnstile == turnstile && crashes-- > 0)
            {
                await database.ExecuteAsync(
                    $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database.Name}' and state = 'idle in transaction'");
            }
        };
        await Should.ThrowAsync<Exception>(() => database.RunAsync(Pass.Through(turnstile, people: 1), caller));
        database.Interference.BeforeCommit = null;

        var retry = await database.RunAsync(Pass.Through(turnstile, people: 1), caller);

        retry.IsReplay.ShouldBeFalse();
        (await database.PassedAsync(turnstile)).ShouldBe(1);
    }

    [Fact]
    public async Task After_72_hours_a_key_is_forgotten_and_the_natural_key_still_refuses()
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        var caller = Callers.Supervisor.WithKey(Key());
        var pass = Pass.Through(turnstile, people: 1) with { Ticket = $"T-{turnstile}" };
        await database.RunAsync(pass, caller);
        database.Clock.Advance(TimeSpan.FromHours(71));
        await KeySweep.RunAsync(database.Application, database.Clock.GetUtcNow(), CancellationToken.None);
        (await database.RunAsync(pass, caller)).IsReplay.ShouldBeTrue();
        database.Clock.Advance(TimeSpan.FromHours(2));

        (await KeySweep.RunAsync(database.Application, database.Clock.GetUtcNow(), CancellationToken.None)).ShouldBeGreaterThan(0);

        (await database.RunAsync(pass, caller)).Error.ShouldBe(new TicketTaken(pass.Ticket));
        (await database.PassedAsync(turnstile)).ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("ünïcode")]
    public async Task A_malformed_key_is_refused(string key)
    {
        var turnstile = await database.TurnstileAsync(free: 10);

        var result = await database.RunAsync(Pass.Through(turnstile, people: 1), Callers.Supervisor.WithKey(key));

        result.Error.ShouldBe(new IdempotencyKeyInvalid(key.Length));
        (await database.PassedAsync(turnstile)).ShouldBe(0);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public async Task A_key_has_at_most_255_characters(int length, bool isTaken)
    {
        var turnstile = await database.TurnstileAsync(free: 10);

        var result = await database.RunAsync(
            Pass.Through(turnstile, people: 1), Callers.Supervisor.WithKey(new string('k', length)));

        (result.Error is null).ShouldBe(isTaken);
    }

    [Fact]
    public async Task Answers_lost_at_random_and_retried_make_as_many_effects_as_keys_R_09()
    {
        var turnstile = await database.TurnstileAsync(free: 100_000);
        const int Keys = 300;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Keys), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
            {
                var caller = Callers.Supervisor.WithKey($"R-09-{turnstile}-{number}");
                for (var retry = Random.Shared.Next(5); retry >= 0; retry--)
                {
                    (await database.RunAsync(Pass.Through(turnstile, people: 1), caller)).Error.ShouldBeNull();
                }
            });

        (await database.PassedAsync(turnstile)).ShouldBe(Keys);
        (await database.EventsOfAsync(turnstile)).ShouldBe(Keys);
        (await database.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    private static string Key() => $"k-{Guid.NewGuid()}";

    private static bool SameMeaning(Pass one, Pass other) =>
        other.Bags is not null && one.Bags.SequenceEqual(other.Bags, StringComparer.Ordinal) && one with { Bags = other.Bags } == other;
}
