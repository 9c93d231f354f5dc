using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Kernel;

/// <summary>Commands of one session land together or not at all; one that is refused hinders no other.</summary>
public sealed class SessionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Later_commands_see_what_earlier_ones_did_and_all_stand_at_the_commit()
    {
        var item = MasterData.NewItem();
        await using (var session = await database.Runner.OpenSessionAsync(default))
        {
            var created = await session.RunAsync(item, MasterData.Steward, default);
            var twice = await session.RunAsync(item, MasterData.Steward, default);
            var activated = await session.RunAsync(new ActivateItem(created.Value.Item, Version: 1), MasterData.Steward, default);

            twice.Error.ShouldBe(new ItemCodeTaken(item.Code));
            activated.Error.ShouldBeNull();
            await session.CommitAsync();
        }

        (await database.ScalarAsync<string>($"select status from item where code = '{item.Code}'")).ShouldBe("ACTIVE");
        (await EventsOfAsync(item.Code)).ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_commit_there_was_nothing()
    {
        var item = MasterData.NewItem();
        await using (var session = await database.Runner.OpenSessionAsync(default))
        {
            (await session.RunAsync(item, MasterData.Steward.WithKey("tried"), default)).Error.ShouldBeNull();
        }

        (await database.ScalarAsync<long>($"select count(*) from item where code = '{item.Code}'")).ShouldBe(0);
        (await database.ScalarAsync<long>("select count(*) from idempotency_key where key = 'tried'")).ShouldBe(0);
        (await database.RunAsync(item, MasterData.Steward.WithKey("tried"))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task Who_may_not_may_not_in_a_session_either_and_the_attempt_is_kept()
    {
        var audited = await AttemptsAsync();
        await using (var session = await database.Runner.OpenSessionAsync(default))
        {
            (await session.RunAsync(MasterData.NewItem(), Callers.Stranger, default)).Error.ShouldBeOfType<NotPermitted>();
        }

        (await AttemptsAsync()).ShouldBe(audited + 1);
    }

    private Task<long> AttemptsAsync() => database.ScalarAsync<long>("select count(*) from audit where outcome = 'NOT_PERMITTED'");

    private Task<long> EventsOfAsync(string code) => database.ScalarAsync<long>(
        $"select count(*) from event e join item i on i.id = e.aggregate_id where i.code = '{code}'");
}
