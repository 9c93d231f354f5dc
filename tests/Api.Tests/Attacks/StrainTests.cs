using System.Diagnostics;
using System.Text;
using Npgsql;
using Platform.Domain.Access;
using Platform.Tests.Support;
using Platform.Tests.Wire;

namespace Platform.Tests.Api.Attacks;

/// <summary>What is dear: statements that do not end, callers who leave, answers without end, callers who share a moment.</summary>
public sealed class StrainTests(AttackedHost host) : IClassFixture<AttackedHost>
{
    private const string Items = "{ items(first: 1) { nodes { code } } }";

    [Fact]
    public async Task A_statement_that_gets_nowhere_is_ended_and_nobody_learns_why_G_25_G_47()
    {
        using var client = await host.BuyerAsync();
        await using var connection = await host.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var locked = new NpgsqlCommand("lock table item in access exclusive mode", connection))
        {
            await locked.ExecuteNonQueryAsync();
        }

        var started = Stopwatch.GetTimestamp();
        var answer = await client.PostAsync(WireClient.Query(Items), "application/json");
        await transaction.RollbackAsync();

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(11));
        answer.Body.ShouldContain("\"errors\"");
        foreach (var secret in new[] { "select", "lock timeout", "55P03", "Npgsql", " at ", "item t" })
        {
            answer.Body.ShouldNotContain(secret);
        }

        (await client.PostAsync(WireClient.Query(Items), "application/json")).Body.ShouldContain("\"nodes\"");
    }

    [Fact]
    public async Task Callers_who_leave_take_their_statements_with_them_G_53()
    {
        using var client = await host.BuyerAsync();
        await using var connection = await host.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var locked = new NpgsqlCommand("lock table item in access exclusive mode", connection))
        {
            await locked.ExecuteNonQueryAsync();
        }

        using var leaving = new CancellationTokenSource();
        var storm = Enumerable.Range(0, 60).Select(_ => client.Client.PostAsync(
            host.Endpoint, new StringContent(WireClient.Query(Items), Encoding.UTF8, "application/json"), leaving.Token)).ToList();
        await UntilAsync(async () => await WaitingAsync() > 5);

        await leaving.CancelAsync();
        var left = Stopwatch.GetTimestamp();
        await UntilAsync(async () => await WaitingAsync() == 0);

        Stopwatch.GetElapsedTime(left).ShouldBeLessThan(TimeSpan.FromSeconds(1.5));
        await transaction.RollbackAsync();
        await Task.WhenAll(storm.Select(request => request.ContinueWith(static _ => { }, TaskScheduler.Default)));
        (await client.PostAsync(WireClient.Query(Items), "application/json")).Body.ShouldContain("\"nodes\"");
    }

    [Fact]
    public async Task Callers_of_one_moment_never_get_each_others_rows_G_54()
    {
        var entity = await host.LegalEntityAsync("EUR");
        var callers = new List<(WireClient Client, string Code)>();
        for (var i = 0; i < 4; i++)
        {
            var (warehouse, _) = await host.WarehouseAsync(entity);
            var user = await host.UserAsync([Role.Executive], RowLimits.None with { Warehouses = [warehouse] });
            callers.Add((host.With(await host.TokenOfAsync(user)), await host.ScalarAsync<string>($"select code from warehouse where id = '{warehouse}'")));
        }

        var asked = Enumerable.Range(0, 20).SelectMany(_ => callers).Select(async caller =>
            ((await caller.Client.PostAsync(WireClient.Query("{ warehouses(first: 100) { nodes { code zones(first: 5) { nodes { warehouse { code } } } } } }"), "application/json")).Body, caller.Code));
        foreach (var (body, code) in await Task.WhenAll(asked))
        {
            body.ShouldContain($"\"code\":\"{code}\"");
            callers.Where(other => other.Code != code).ShouldAllBe(other => !body.Contains($"\"{other.Code}\"", StringComparison.Ordinal));
        }

        callers.ForEach(caller => caller.Client.Dispose());
    }

    [Fact]
    public async Task An_answer_ends_at_eight_mebibytes_G_55()
    {
        using var client = await host.BuyerAsync();
        for (var i = 0; i < 100; i++)
        {
            await host.DraftItemAsync(MasterData.NewItem());
        }

        await host.ExecuteAsync("alter table item disable trigger user; update item set description = repeat('x', 20000); alter table item enable trigger user");
        var document = "{" + string.Concat(Enumerable.Range(0, 8).Select(i => $" a{i}: items(first: 100) {{ nodes {{ description }} }}")) + " }";

        var answer = await client.PostAsync(WireClient.Query(document), "application/json");

        answer.Body.Length.ShouldBeLessThanOrEqualTo(8 << 20);
        answer.ErrorCode.ShouldBe("RESPONSE_TOO_LARGE");
        await host.ExecuteAsync("update item set description = null");
    }

    private Task<long> WaitingAsync() => host.ScalarAsync<long>(
        $"select count(*) from pg_stat_activity where datname = '{host.Name}' and wait_event_type = 'Lock' and query like '%item%'");

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 200 && !await holds(); i++)
        {
            await Task.Delay(20);
        }

        (await holds()).ShouldBeTrue();
    }
}
