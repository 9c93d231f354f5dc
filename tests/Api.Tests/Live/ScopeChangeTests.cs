using System.Diagnostics;
using Platform.Domain.Access;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

/// <summary>
/// whose rows change hears by the new ones from that event on, over the same connection; whose access is taken back
/// or expires hears nothing more.
/// </summary>
public sealed class ScopeChangeTests(TestHost host) : IClassFixture<TestHost>
{
    /// <summary>It is announced at the commit; a node that misses it looks every two seconds.</summary>
    private static readonly TimeSpan _promised = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Transports => Listening.Transports;

    [Theory, MemberData(nameof(Transports))]
    public async Task A_change_of_rows_narrows_and_widens_a_running_stream(string transport)
    {
        // given
        var (entity, role) = (await host.LegalEntityAsync("EUR"), BinRole.Reserve);
        var (mine, myZone) = await host.WarehouseAsync(entity);
        var (other, otherZone) = await host.WarehouseAsync(entity);
        var user = await host.UserAsync([Role.Operations], RowLimits.None with { Warehouses = [mine] });
        await using var stream = await Listening.OpenAsync(
            transport, host.Url, await host.TokenOfAsync(user), "BinCreated", await host.SettledHeadAsync(), CancellationToken.None);

        // then: at first their own
        await host.BinAsync(otherZone, role);
        await HearsNextAsync(stream, await host.BinAsync(myZone, role));

        // when: moved to the other warehouse
        await ChangeAsync(user, RowLimits.None with { Warehouses = [other] });
        await host.BinAsync(myZone, role);
        await HearsNextAsync(stream, await host.BinAsync(otherZone, role));

        // when: everything
        await ChangeAsync(user, RowLimits.None);
        await HearsNextAsync(stream, await host.BinAsync(myZone, role));
        await HearsNextAsync(stream, await host.BinAsync(otherZone, role));

        // when: nothing
        await ChangeAsync(user, RowLimits.None with { Warehouses = [] });
        await host.BinAsync(myZone, role);
        await ChangeAsync(user, RowLimits.None with { Warehouses = [mine] });
        await HearsNextAsync(stream, await host.BinAsync(myZone, role));
    }

    [Theory, MemberData(nameof(Transports))]
    public async Task Who_is_locked_or_loses_a_role_hears_nothing_more_and_is_told_why(string transport)
    {
        var (_, zone) = await host.WarehouseAsync(await host.LegalEntityAsync("EUR"));
        var taken = new (string How, Func<UserId, Task> Act)[]
        {
            ("lock", async user => (await host.RunAsync(new LockUser(user, Version: 1, "left"))).Error.ShouldBeNull()),
            ("role", async user => (await host.RunAsync(new RevokeRole(user, Version: 1, Role.Operations))).Error.ShouldBeNull()),
        };
        foreach (var (how, act) in taken)
        {
            // given
            var user = await host.UserAsync([Role.Operations], RowLimits.None);
            await using var stream = await Listening.OpenAsync(
                transport, host.Url, await host.TokenOfAsync(user), "BinCreated", await host.SettledHeadAsync(), CancellationToken.None);
    
            // when
            var clock = Stopwatch.StartNew();
            await act(user);
            var last = await stream.NextAsync();

            // then
            last.Word.ShouldBe(
                transport switch { "ws" => "4403", "feed" => "unauthorized", _ => "AUTH_NOT_AUTHENTICATED" }, how);
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2), how);
            await host.BinAsync(zone, BinRole.Reserve);
            while (await stream.TryNextAsync(TimeSpan.FromSeconds(5)) is { } after)
            {
                after.Word.ShouldNotBeNull(how);
            }
        }
    }

    /// <summary>An operation that starts on an old socket is judged by what its user may see now.</summary>
    [Fact]
    public async Task A_socket_that_is_older_than_the_rows_asks_by_the_new_ones()
    {
        // given
        var (_, zone) = await host.WarehouseAsync(await host.LegalEntityAsync("EUR"));
        var user = await host.UserAsync([Role.Operations], RowLimits.None);
        await using var socket = await GraphSocket.OpenAsync(host.Url, await host.TokenOfAsync(user));
        var bin = await host.BinAsync(zone, BinRole.Reserve);
        var id = Platform.GraphQL.Conventions.NodeIdFormat.Write("Bin", bin.Value);
        var query = $$"""{ node(id: "{{id}}") { id } }""";
        (await socket.AskAsync(query)).GetProperty("data").GetProperty("node").GetProperty("id").GetString().ShouldBe(id);

        // when
        (await host.RunAsync(new ChangeRowScope(user, Version: 1, RowLimits.None with { Warehouses = [] }))).Error.ShouldBeNull();

        // then
        await EventuallyAsync(async () => (await socket.AskAsync(query)).GetProperty("data").GetProperty("node").ValueKind
            is System.Text.Json.JsonValueKind.Null);
    }

    private async Task ChangeAsync(UserId user, RowLimits rows)
    {
        // What happened before is told before.
        await host.SettledHeadAsync();
        await Task.Delay(200);
        var version = await host.ScalarAsync<int>($"select version from user_account where id = '{user}'");
        (await host.RunAsync(new ChangeRowScope(user, version, rows))).Error.ShouldBeNull();
        await Task.Delay(_promised);
    }

    private static async Task HearsNextAsync(Listening stream, BinId bin) =>
        (await stream.NextEventAsync()).GetProperty("bin").GetGuid().ShouldBe(bin.Value);

    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 80; i++)
        {
            if (await isSo())
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException("It never came to that.");
    }
}
