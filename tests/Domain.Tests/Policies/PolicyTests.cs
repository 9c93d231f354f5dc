using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Policies;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Policies;

/// <summary>APR-11: draft → review → publish → effective, and back.</summary>
public sealed class PolicyTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    //          from                    step                 to
    [InlineData(PolicyStatus.Draft,     PolicyStep.Simulate, PolicyStatus.Simulated)]
    [InlineData(PolicyStatus.Draft,     PolicyStep.Publish,  null)]
    [InlineData(PolicyStatus.Draft,     PolicyStep.Withdraw, null)]
    [InlineData(PolicyStatus.Simulated, PolicyStep.Simulate, PolicyStatus.Simulated)]
    [InlineData(PolicyStatus.Simulated, PolicyStep.Publish,  PolicyStatus.Published)]
    [InlineData(PolicyStatus.Simulated, PolicyStep.Withdraw, null)]
    [InlineData(PolicyStatus.Published, PolicyStep.Simulate, null)]
    [InlineData(PolicyStatus.Published, PolicyStep.Publish,  null)]
    [InlineData(PolicyStatus.Published, PolicyStep.Withdraw, PolicyStatus.Withdrawn)]
    [InlineData(PolicyStatus.Withdrawn, PolicyStep.Simulate, null)]
    [InlineData(PolicyStatus.Withdrawn, PolicyStep.Publish,  null)]
    [InlineData(PolicyStatus.Withdrawn, PolicyStep.Withdraw, null)]
    public void A_version_goes_one_way(PolicyStatus from, PolicyStep step, PolicyStatus? to) =>
        (PolicyVersion.Steps.TryGetValue((from, step), out var next) ? next : (PolicyStatus?)null).ShouldBe(to);

    [Fact]
    public async Task Nobody_publishes_what_nobody_simulated_and_no_author_publishes_at_all()
    {
        var author = MasterData.Of("Author");
        var drafted = (await database.RunAsync(Draft("first"), author)).Value;

        (await database.RunAsync(new PublishPolicy(drafted.Policy, 1, null))).Error
            .ShouldBe(new WrongPolicyStatus(drafted.Policy, PolicyStatus.Draft, PolicyStep.Publish));
        (await database.RunAsync(new SimulatePolicy(drafted.Policy, 1), author)).Value.Version.ShouldBe(2);
        (await database.RunAsync(new PublishPolicy(drafted.Policy, 1, null))).Error
            .ShouldBe(new StaleVersion("PolicyVersion", drafted.Policy.Value, 1, 2));
        (await database.RunAsync(new PublishPolicy(drafted.Policy, 2, null), author)).Error
            .ShouldBe(new AuthorMayNotPublish(drafted.Policy, author.Actor.Person));
        var secondAccount = MasterData.Of("Author again");
        secondAccount = secondAccount with { Actor = secondAccount.Actor with { Person = author.Actor.Person } };
        (await database.RunAsync(new PublishPolicy(drafted.Policy, 2, null), secondAccount)).Error
            .ShouldBe(new AuthorMayNotPublish(drafted.Policy, author.Actor.Person));
        (await database.RunAsync(new PublishPolicy(drafted.Policy, 2, database.Clock.GetUtcNow().AddDays(-1)))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("effectiveFrom");
        var unknown = new PolicyVersionId(Guid.CreateVersion7());
        (await database.RunAsync(new PublishPolicy(unknown, 2, null))).Error.ShouldBe(new PolicyNotFound(unknown));
        (await database.RunAsync(new SimulatePolicy(unknown, 2))).Error.ShouldBe(new PolicyNotFound(unknown));

        (await database.RunAsync(new PublishPolicy(drafted.Policy, 2, null))).Value.Version.ShouldBe(3);
        (await database.RunAsync(new WithdrawPolicy(drafted.Policy, 3, "end of the test"))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task The_later_version_holds_until_it_is_withdrawn_and_a_future_one_not_yet()
    {
        var first = await PublishedAsync("one", effectiveFrom: null);
        (await InForceAsync()).ShouldBe(first.Number);
        var second = await PublishedAsync("two", effectiveFrom: null);
        var future = await PublishedAsync("three", database.Clock.GetUtcNow().AddDays(1));

        (await InForceAsync()).ShouldBe(second.Number);
        database.Clock.Advance(TimeSpan.FromDays(1));
        (await InForceAsync()).ShouldBe(future.Number);

        (await database.RunAsync(new WithdrawPolicy(future.Policy, future.Version, "wrong"))).Value.Reason.ShouldBe("wrong");
        (await InForceAsync()).ShouldBe(second.Number);
        (await database.RunAsync(new WithdrawPolicy(second.Policy, second.Version, "wrong too"))).Error.ShouldBeNull();
        (await database.RunAsync(new WithdrawPolicy(first.Policy, first.Version, "and this"))).Error.ShouldBeNull();
        (await InForceAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_written_is_never_changed_even_by_hand()
    {
        var drafted = (await database.RunAsync(Draft("stands"))).Value;

        await Should.ThrowAsync<Npgsql.PostgresException>(() =>
            database.ExecuteAsync($"update policy_version set body = '[]' where id = '{drafted.Policy}'"));
        await Should.ThrowAsync<Npgsql.PostgresException>(() =>
            database.ExecuteAsync($"delete from policy_version where id = '{drafted.Policy}'"));
    }

    [Fact]
    public async Task Sixteen_drafts_at_once_get_sixteen_numbers_without_a_hole()
    {
        var hammered = await Hammer.FireAsync(Hammer.Width, caller => database.RunAsync(Draft($"draft {caller}")));

        hammered.Faults.ShouldBeEmpty();
        var numbers = hammered.Results.Select(result => result.Value.Number).Order().ToList();
        numbers.ShouldBe(Enumerable.Range(numbers[0], Hammer.Width));
    }

    private async Task<PolicyPublished> PublishedAsync(string note, DateTimeOffset? effectiveFrom)
    {
        var drafted = (await database.RunAsync(Draft(note), MasterData.Of("Author"))).Value;
        (await database.RunAsync(new SimulatePolicy(drafted.Policy, 1))).Error.ShouldBeNull();
        return (await database.RunAsync(new PublishPolicy(drafted.Policy, 2, effectiveFrom))).Value;
    }

    private async Task<int?> InForceAsync() =>
        (await database.LookAsync(db => db.FindPolicyInForceAsync<RoutingRules>(
            PolicyKind.ExceptionRouting, database.Clock.GetUtcNow(), CancellationToken.None)))?.Number;

    private static DraftExceptionRouting Draft(string note) => new(
        new RoutingRules("EUR", [new RoutingRule("all", [], null, null, null, null, null, null, "supervisor", null, 8, null, ["operations"])]),
        note);
}
