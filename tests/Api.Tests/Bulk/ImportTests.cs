using System.Net;
using System.Text.Json.Nodes;
using Platform.Domain.Access;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Bulk;

/// <summary>Any mutation comes in, a line at a time, and every line says what became of it.</summary>
public sealed class ImportTests(BulkHost host) : IClassFixture<BulkHost>
{
    [Fact]
    public async Task Wrong_lines_are_refused_and_the_others_land()
    {
        using var client = await host.ControllerAsync();
        var (good, other) = (MasterData.Code("IMP"), MasterData.Code("IMP"));

        var (job, lines) = await BulkHost.ImportedAsync(
            client, "REJECT_FAILED_ROWS", isDryRun: false,
            BulkHost.ItemLine(good), BulkHost.ItemLine(good), "not json", """{"input":{"code":7}}""", BulkHost.ItemLine(other));

        (Text(job, "status"), Number(job, "done"), Number(job, "refused"), Number(job, "total")).ShouldBe(("DONE", 5, 3, 5));
        lines.Select(line => Text(line, "outcome")).ShouldBe(["LANDED", "REFUSED", "REFUSED", "REFUSED", "LANDED"]);
        lines.Select(line => line["line"]!.GetValue<int>()).ShouldBe([0, 1, 2, 3, 4]);
        lines[0]["answer"]!["itemCreated"]!["code"]!.GetValue<string>().ShouldBe(good);
        Code(lines[1]).ShouldBe("ITEM_CODE_TAKEN");
        Code(lines[2]).ShouldBe("NO_OBJECT");
        Code(lines[3]).ShouldBe("HC0016");
        (await CountAsync(good, other)).ShouldBe(2);
    }

    [Fact]
    public async Task A_line_lands_without_the_optional_field_that_is_wrong()
    {
        using var client = await host.ControllerAsync();
        var (mended, needed) = (MasterData.Code("MEND"), "lower case is no code");

        var (job, lines) = await BulkHost.ImportedAsync(
            client, "IGNORE_FAILED", isDryRun: false, BulkHost.ItemLine(mended, brand: " padded "), BulkHost.ItemLine(needed));

        Number(job, "refused").ShouldBe(1);
        lines.Select(line => Text(line, "outcome")).ShouldBe(["MENDED", "REFUSED"]);
        lines[0]["problems"]![0]!["field"]!.GetValue<string>().ShouldBe("brand");
        (await host.ScalarAsync<bool>($"select brand is null from item where code = '{mended}'")).ShouldBeTrue();
        (await CountAsync(needed)).ShouldBe(0);
    }

    [Fact]
    public async Task One_wrong_line_keeps_all_others_from_landing()
    {
        using var client = await host.ControllerAsync();
        var (one, two) = (MasterData.Code("ALL"), MasterData.Code("ALL"));
        var before = await host.ScalarAsync<long>("select count(*) from event where type = 'ItemCreated'");

        var (_, refused) = await BulkHost.ImportedAsync(
            client, "REJECT_EVERYTHING", isDryRun: false, BulkHost.ItemLine(one), BulkHost.ItemLine(one), BulkHost.ItemLine(two));

        refused.Select(line => Text(line, "outcome")).ShouldBe(["WOULD_LAND", "REFUSED", "WOULD_LAND"]);
        (await CountAsync(one, two)).ShouldBe(0);
        (await host.ScalarAsync<long>("select count(*) from event where type = 'ItemCreated'")).ShouldBe(before);

        var (_, landed) = await BulkHost.ImportedAsync(
            client, "REJECT_EVERYTHING", isDryRun: false, BulkHost.ItemLine(one), BulkHost.ItemLine(two));

        landed.ShouldAllBe(line => Text(line, "outcome") == "LANDED");
        (await CountAsync(one, two)).ShouldBe(2);
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_be_and_leaves_nothing()
    {
        using var client = await host.ControllerAsync();
        var code = MasterData.Code("DRY");
        var keys = await host.ScalarAsync<long>("select count(*) from idempotency_key where operation = 'CreateItem'");
        var audited = await host.ScalarAsync<long>("select count(*) from audit where action = 'CreateItem'");

        var (job, lines) = await BulkHost.ImportedAsync(
            client, "REJECT_FAILED_ROWS", isDryRun: true, BulkHost.ItemLine(code), BulkHost.ItemLine(code));

        job["isDryRun"]!.GetValue<bool>().ShouldBeTrue();
        lines.Select(line => Text(line, "outcome")).ShouldBe(["WOULD_LAND", "REFUSED"]); // The second meets what the first would be.
        (await CountAsync(code)).ShouldBe(0);
        (await host.ScalarAsync<long>("select count(*) from audit where action = 'CreateItem'")).ShouldBe(audited);
        (await host.ScalarAsync<long>("select count(*) from idempotency_key where operation = 'CreateItem'")).ShouldBe(keys);
    }

    [Fact]
    public async Task A_node_that_takes_over_repeats_no_line()
    {
        using var client = await host.ControllerAsync();
        var codes = Enumerable.Range(0, 3).Select(_ => MasterData.Code("AGAIN")).ToList();
        var started = await BulkHost.ImportAsync(
            client, BulkHost.CreateItem, await BulkHost.UploadAsync(client, codes.Select(code => BulkHost.ItemLine(code))), "REJECT_FAILED_ROWS", isDryRun: false);
        var id = started["importStarted"]!["jobId"]!.GetValue<string>();
        await BulkHost.EndAsync(client, id);

        // As if the node had died after the last line and before it wrote how far it was.
        await host.ExecuteAsync(
            """
            update bulk_job set status = 'RUNNING', ended_at = null, done = 0, refused = 0, bytes = 0, pieces = 0, lease = gen_random_uuid(),
                leased_until = now() - interval '1 second' where status = 'DONE' and total = 3 and not is_dry_run;
            delete from bulk_piece where of_id in (select id from bulk_job where status = 'RUNNING')
            """);
        var (job, lines) = await BulkHost.EndAsync(client, id);

        (Number(job, "done"), Number(job, "refused")).ShouldBe((3, 0));
        lines.Select(line => Text(JsonNode.Parse(line)!, "outcome")).ShouldBe(["LANDED", "LANDED", "LANDED"]);
        (await CountAsync([.. codes])).ShouldBe(3);
    }

    [Fact]
    public async Task Whoever_may_not_create_items_lands_none()
    {
        using var client = await host.AsAsync(Role.Integrator);

        var (job, lines) = await BulkHost.ImportedAsync(client, "REJECT_FAILED_ROWS", isDryRun: false, BulkHost.ItemLine(MasterData.Code("NOT")));

        Number(job, "refused").ShouldBe(1);
        Code(lines[0]).ShouldBe("AUTH_NOT_AUTHORIZED");
    }

    [Fact]
    public async Task Somebody_elses_file_and_job_are_not_found()
    {
        using var owner = await host.ControllerAsync();
        using var other = await host.ControllerAsync();
        var file = await BulkHost.UploadAsync(owner, BulkHost.ItemLine(MasterData.Code("MINE")));
        var job = (await BulkHost.ImportAsync(owner, BulkHost.CreateItem, file, "REJECT_FAILED_ROWS", isDryRun: false))["importStarted"]!["jobId"]!.GetValue<string>();

        var taken = await BulkHost.ImportAsync(other, BulkHost.CreateItem, file, "REJECT_FAILED_ROWS", isDryRun: false);
        var seen = await BulkHost.AskAsync(other, "query($id: ID!) { bulkJob(id: $id) { status } bulkJobs { id } }", new { id = job });
        using var result = await other.GetAsync($"/bulk/jobs/{Uri.EscapeDataString(job)}/result");

        taken["errors"]![0]!["__typename"]!.GetValue<string>().ShouldBe("BulkFileNotFoundError");
        seen["data"]!.ToJsonString().ShouldBe("""{"bulkJob":null,"bulkJobs":[]}""");
        result.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await BulkHost.EndAsync(owner, job);
    }

    [Theory]
    [InlineData("query { service { name } }", "The document must hold one operation, a mutation.")]
    [InlineData("mutation { nonsense }", "The field `nonsense` does not exist on the type `Mutation`.")]
    [InlineData("mutation {", "The document has an error")]
    public async Task A_document_that_no_job_can_run_is_refused_at_once(string document, string why)
    {
        using var client = await host.ControllerAsync();
        var file = await BulkHost.UploadAsync(client, "{}");

        var refused = await BulkHost.ImportAsync(client, document, file, "REJECT_FAILED_ROWS", isDryRun: false);

        refused["errors"]![0]!["__typename"]!.GetValue<string>().ShouldBe("DocumentNotUsableError");
        refused["errors"]![0]!["message"]!.GetValue<string>().ShouldNotBeNullOrEmpty(why);
    }

    [Fact]
    public async Task An_upload_needs_its_type_a_permission_and_lines_of_bearable_length()
    {
        using var client = await host.ControllerAsync();
        using var worker = await host.AsAsync(Role.WarehouseWorker);

        (await BulkHost.SendFileAsync(client, "{}", "text/plain")).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await BulkHost.SendFileAsync(worker, "{}", "application/jsonl")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await BulkHost.SendFileAsync(host.Client, "{}", "application/jsonl")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await BulkHost.SendFileAsync(client, "\n \n", "application/jsonl")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await BulkHost.SendFileAsync(client, new string('x', 300_000), "application/jsonl")).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_file_of_several_pieces_lands_whole()
    {
        using var client = await host.ControllerAsync();
        var codes = Enumerable.Range(0, 250).Select(_ => MasterData.Code("MANY")).ToList();

        // White space before the end of a line is nobody's business, and makes a file of three pieces.
        var (job, lines) = await BulkHost.ImportedAsync(
            client, "REJECT_FAILED_ROWS", isDryRun: false, codes.Select(code => BulkHost.ItemLine(code) + new string(' ', 5_000)));

        (Number(job, "done"), Number(job, "refused"), lines.Count).ShouldBe((250, 0, 250));
        (await host.ScalarAsync<long>("select count(*) from item where code like 'MANY-%'")).ShouldBe(250);
    }

    private Task<long> CountAsync(params string[] codes) =>
        host.ScalarAsync<long>($"select count(*) from item where code in ({string.Join(", ", codes.Select(code => $"'{code}'"))})");

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static long Number(JsonNode node, string name) => node[name]!.GetValue<long>();

    private static string? Code(JsonNode line) => line["problems"]![0]!["code"]?.GetValue<string>();
}
