using Platform.Domain.Access;
using Platform.Domain.Kernel;
using Platform.Domain.Warehouses;
using Platform.Domain.Webhooks;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Webhooks;

/// <summary>The deliverer is killed while it delivers: another node goes on, in order, and repeats carry the same id.</summary>
public sealed class WebhookNodeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Messages = 60;

    [Fact, Trait("Category", "Slow")]
    public async Task When_the_deliverer_is_killed_another_node_goes_on_where_it_stood()
    {
        // given
        await using var receiver = await Receiver.StartAsync();
        await using var first = await StartAsync();
        var owner = (await database.RunAsync(new CreateUser(
            "hook-owner", "Hook Owner", ActorKind.Human, SamePersonAs: null, [Role.Operations], RowLimits.None))).Value.User;
        var anybody = Callers.Of(ActorKind.Human, "Owner", "webhooks.manage");
        (await database.RunAsync(
            new RegisterWebhook("Test", receiver.Url, """subscription { events(types: ["CalendarCreated"]) { data } }""", null),
            anybody with { Actor = anybody.Actor with { Id = owner.Value, Person = owner.Value } })).Error.ShouldBeNull();
        for (var i = 0; i < 200 && await database.ScalarAsync<long>("select count(*) from webhook_cursor") == 0; i++)
        {
            await Task.Delay(50);
        }

        await using var second = await StartAsync();

        // when
        var codes = new List<string>();
        for (var i = 0; i < Messages; i++)
        {
            codes.Add(MasterData.Code("HOOK"));
            (await database.RunAsync(
                new CreateCalendar(codes[^1], new CalendarWeek("Five", [DayOfWeek.Monday])), MasterData.Steward)).Error.ShouldBeNull();
            if (i == Messages / 2)
            {
                await receiver.WaitForAsync(5);
                await first.KillAsync();
            }
        }

        await receiver.WaitForAsync(Messages);
        for (var i = 0; i < 200 && receiver.All.DistinctBy(one => one.Id).Count() < Messages; i++)
        {
            await Task.Delay(50);
        }

        // then
        receiver.All.DistinctBy(one => one.Id)
            .Select(one => one.Json.GetProperty("data").GetProperty("events").GetProperty("data").GetProperty("code").GetString())
            .ShouldBe(codes);
    }

    private Task<HostProcess> StartAsync() => HostProcess.ServeAsync(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["ConnectionStrings__Platform"] = database.ConnectionString,
        ["Platform__Webhooks__AllowedNetworks"] = "127.0.0.0/8",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
    });
}
