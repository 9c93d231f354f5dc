using System.Text.Json.Nodes;
using Platform.Api.Bulk;
using Platform.Domain.Access;
using Platform.GraphQL.Conventions;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Bulk;

/// <summary>Any query goes out, as the one who asked may see it.</summary>
public sealed class ExportTests(BulkHost host) : IClassFixture<BulkHost>
{
    [Fact]
    public async Task A_list_goes_out_one_object_a_line()
    {
        using var client = await host.ControllerAsync();
        await BulkHost.EndAsync(client, await StartAsync(client, "{ service { name } }", "JSON_LINES"));

        var (job, lines) = await BulkHost.EndAsync(client, await StartAsync(client, "{ bulkJobs { kind status format } }", "JSON_LINES"));

        (job["status"]!.GetValue<string>(), job["done"]!.GetValue<long>()).ShouldBe(("DONE", 2));
        lines.ShouldContain("""{"kind":"EXPORT","status":"DONE","format":"JSON_LINES"}""");
    }

    [Fact]
    public async Task Comma_separated_rows_have_a_header_and_no_formula()
    {
        using var client = await host.ControllerAsync();

        var (_, lines) = await BulkHost.EndAsync(client, await StartAsync(client, "{ s: service { name kind: __typename version } }", "CSV"));

        lines[0].TrimEnd('\r').ShouldBe("name,kind,version");
        lines[1].ShouldStartWith("Platform,Service,");
    }

    [Theory]
    [InlineData("nodes { code brand supplierParts(first: 2) { nodes { partNumber } } }")]
    [InlineData("edges { node { code brand } }")]
    public async Task A_connection_goes_out_whole_page_by_page(string rows)
    {
        using var client = await host.ControllerAsync();
        await ItemsAsync(620);

        var document = $"query($like: String!, $unused: Int) {{ items(first: $unused, where: {{ code: {{ startsWith: $like }} }}, order: [{{ code: ASC }}]) {{ totalCount {rows} }} }}";
        var started = await BulkHost.ExportAsync(client, document, """{"like":"PAGED-","unused":3}""", "JSON_LINES");
        var (job, lines) = await BulkHost.EndAsync(client, started["exportStarted"]!["jobId"]!.GetValue<string>());

        (job["status"]!.GetValue<string>(), job["done"]!.GetValue<long>(), job["problem"]?.GetValue<string>()).ShouldBe(("DONE", 620, null));
        lines.Select(line => JsonNode.Parse(line)!["code"]!.GetValue<string>()).ShouldBe(Enumerable.Range(1, 620).Select(number => $"PAGED-{number:0000}"));
    }

    [Fact]
    public async Task An_export_goes_on_after_the_last_page_that_was_kept()
    {
        using var client = await host.ControllerAsync();
        await ItemsAsync(620);
        var started = await BulkHost.ExportAsync(
            client, """{ items(where: { code: { startsWith: "PAGED-" } }, order: [{ code: ASC }]) { nodes { code } } }""", variables: null, "CSV");
        var id = started["exportStarted"]!["jobId"]!.GetValue<string>();
        var (job, whole) = await BulkHost.EndAsync(client, id);

        // As if the node had died after the first page: nothing of the others is there, and the job still runs.
        var page = await BulkHost.AskAsync(
            client, """{ items(first: 100, where: { code: { startsWith: "PAGED-" } }, order: [{ code: ASC }]) { pageInfo { endCursor } } }""", variables: null);
        await host.ExecuteAsync(
            $"""
            update bulk_job j set status = 'RUNNING', ended_at = null, pieces = 1, done = 100, lease = gen_random_uuid(),
                leased_until = now() - interval '1 second', position = '{page["data"]!["items"]!["pageInfo"]!["endCursor"]!.GetValue<string>()}'
            where j.id = (select of_id from bulk_piece group by of_id having max(number) = 7 order by of_id desc limit 1);
            delete from bulk_piece p using bulk_job j where j.id = p.of_id and j.status = 'RUNNING' and p.number > 1
            """);
        var (again, resumed) = await BulkHost.EndAsync(client, id);

        (job["done"]!.GetValue<long>(), again["done"]!.GetValue<long>()).ShouldBe((620, 620));
        resumed.ShouldBe(whole);
        whole.Count.ShouldBe(621);
    }

    /// <summary>A node shows life every two seconds; the lease it leaves when it is killed is the longest that anybody waits.</summary>
    [Fact]
    public async Task A_job_of_a_killed_node_goes_on_elsewhere_within_ten_seconds()
    {
        // given: as a node leaves it that is killed right after a sign of life
        using var client = await host.ControllerAsync();
        var id = await StartAsync(client, "{ viewer { name } }", "JSON_LINES");
        await BulkHost.EndAsync(client, id);
        var lease = await host.ScalarAsync<Guid>(
            $"""
            update bulk_job set status = 'RUNNING', ended_at = null, done = 0, bytes = 0, pieces = 0, position = null, lease = gen_random_uuid(),
                leased_until = now() + interval '{BulkWorker.LeaseFor.TotalSeconds} seconds'
            where id = (select of_id from bulk_piece order by of_id desc limit 1) returning lease
            """);
        await host.ExecuteAsync("delete from bulk_piece p using bulk_job j where j.id = p.of_id and j.status = 'RUNNING'");

        // when
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (await host.ScalarAsync<bool>($"select exists (select from bulk_job where lease = '{lease}')"))
        {
            await Task.Delay(50);
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        }

        // then
        (await BulkHost.EndAsync(client, id)).Job["status"]!.GetValue<string>().ShouldBe("DONE");
    }

    [Fact]
    public async Task Cells_are_quoted_nested_by_path_and_never_a_formula()
    {
        using var client = await host.ControllerAsync();
        await host.ExecuteAsync(
            """
            insert into item (id, code, status, name, name_key, brand, base_unit, tracking, is_catch_weight, temperature, hazard_class, size_class,
                handling_class, costing_method, is_regulated, is_imported, version, created_at, updated_at)
            values (gen_random_uuid(), 'CELL-1', 'ACTIVE', 'Rod, 2" wide', 'rod', '=HYPERLINK("x")', 'EA', 'NONE', false, 'AMBIENT', 'NONE', 'SMALL',
                'STANDARD', 'FIFO', false, true, 1, now(), now())
            """);

        var (_, lines) = await BulkHost.EndAsync(client, await StartAsync(
            client,
            """
            { items(where: { code: { eq: "CELL-1" } }) { nodes { code ...Words baseUnit { code } isImported units(first: 1) { nodes { code } } } } }
            fragment Words on Item { name brand category }
            """,
            "CSV"));

        lines.Select(line => line.TrimEnd('\r')).ShouldBe(
            ["code,name,brand,category,baseUnit.code,isImported,units.nodes", "CELL-1,\"Rod, 2\"\" wide\",\"'=HYPERLINK(\"\"x\"\")\",,EA,true,[]"]);
    }

    [Fact]
    public async Task Only_the_rows_of_the_asker_go_out()
    {
        var entity = await host.LegalEntityAsync("EUR");
        var (mine, _) = await host.WarehouseAsync(entity);
        await host.WarehouseAsync(entity);
        using var client = await host.AsAsync(Role.InventoryController, new RowLimits(null, [mine], null));

        var (job, lines) = await BulkHost.EndAsync(client, await StartAsync(client, "{ warehouses { nodes { id } } }", "JSON_LINES"));

        job["problem"].ShouldBeNull();
        lines.Select(line => JsonNode.Parse(line)!["id"]!.GetValue<string>()).ShouldBe([NodeIdFormat.Write("Warehouse", mine)]);
    }

    [Fact]
    public async Task Whoever_may_export_nothing_starts_nothing()
    {
        using var client = await host.AsAsync(Role.CustomerService);

        var refused = await BulkHost.AskAsync(
            client, "mutation($input: StartExportInput!) { startExport(input: $input) { errors { __typename } } }",
            new { input = new { document = "{ items { nodes { code } } }", format = "CSV" } });

        refused["errors"]![0]!["extensions"]!["code"]!.GetValue<string>().ShouldBe("AUTH_NOT_AUTHORIZED");
    }

    [Theory]
    [InlineData("{ service { name } bulkJobs { id } }")]
    [InlineData("mutation { a }")]
    [InlineData("{ service }")]
    [InlineData("{ serverTime }")]
    public async Task A_query_that_gives_no_rows_is_refused_at_once(string document)
    {
        using var client = await host.ControllerAsync();

        var refused = await BulkHost.ExportAsync(client, document, variables: null, "CSV");

        refused["errors"]![0]!["__typename"]!.GetValue<string>().ShouldBe("DocumentNotUsableError");
    }

    [Fact]
    public async Task Whoever_lost_the_permission_meanwhile_gets_nothing()
    {
        var user = await host.UserAsync([Role.InventoryController], RowLimits.None);
        using var client = host.ClientWith(await host.TokenOfAsync(user));
        var id = await StartAsync(client, "{ service { name } }", "CSV");
        await BulkHost.EndAsync(client, id);

        await host.ExecuteAsync($"delete from role_grant where user_id = '{user}'");
        await host.ExecuteAsync(
            $"""
            update bulk_job set status = 'WAITING', ended_at = null, position = null, done = 0, bytes = 0, pieces = 0 where actor_id = '{user}';
            delete from bulk_piece where of_id in (select id from bulk_job where actor_id = '{user}')
            """);
        await WaitAsync($"select status = 'FAILED' from bulk_job where actor_id = '{user}'");

        (await host.ScalarAsync<string>($"select problem from bulk_job where actor_id = '{user}'")).ShouldBe("The one who asked may export no more.");
        (await host.ScalarAsync<long>($"select count(*) from bulk_piece p join bulk_job j on j.id = p.of_id where j.actor_id = '{user}'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_job_ends_when_its_asker_says_so()
    {
        using var client = await host.ControllerAsync();
        var id = await StartAsync(client, "{ service { name } }", "CSV");
        await BulkHost.EndAsync(client, id);

        var late = await BulkHost.AskAsync(
            client, "mutation($id: ID!) { cancelBulkJob(input: { jobId: $id }) { errors { __typename ... on BulkJobHasEndedError { status } } } }", new { id });

        late["data"]!["cancelBulkJob"]!["errors"]![0]!.ToJsonString().ShouldBe("""{"__typename":"BulkJobHasEndedError","status":"DONE"}""");
    }

    private static async Task<string> StartAsync(HttpClient client, string document, string format)
    {
        var started = await BulkHost.ExportAsync(client, document, variables: null, format);
        return started["exportStarted"]?["jobId"]?.GetValue<string>() ?? throw new InvalidOperationException(started.ToJsonString());
    }

    private Task<int> ItemsAsync(int count) => host.ExecuteAsync(
        $"""
        insert into item (id, code, status, name, name_key, base_unit, tracking, is_catch_weight, temperature, hazard_class, size_class,
            handling_class, costing_method, is_regulated, is_imported, version, created_at, updated_at)
        select gen_random_uuid(), 'PAGED-' || to_char(n, 'FM0000'), 'ACTIVE', 'Thing', 'thing', 'EA', 'NONE', false, 'AMBIENT', 'NONE', 'SMALL', 'STANDARD',
            'FIFO', false, false, 1, now(), now()
        from generate_series(1, {count}) as n on conflict do nothing
        """);

    private async Task WaitAsync(string condition)
    {
        for (var tries = 0; tries < 600 && !await host.ScalarAsync<bool>(condition); tries++)
        {
            await Task.Delay(50);
        }
    }
}
