using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Api.Bulk;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Bulk;

public sealed class OtherBulkHost : TestHost;

/// <summary>Comma-separated rows come in like JSON lines: typed by the mutation, judged row by row.</summary>
public sealed class RowImportTests(BulkHost host, OtherBulkHost other) : IClassFixture<BulkHost>, IClassFixture<OtherBulkHost>
{
    private const string DefineUnit = "mutation($input: DefineUnitInput!) { defineUnit(input: $input) { unitDefined { unit } } }";
    private const string ItemColumns = "input.code,baseUnit,identity.name,identity.brand,tracking.tracking,storage.temperature,storage.hazard,storage.size,"
        + "storage.handling,costing.method,origin.isRegulated,origin.isImported";

    [Fact]
    public async Task Each_row_is_typed_by_the_mutation_and_judged_for_itself()
    {
        using var client = await host.ControllerAsync();
        var (good, brandless) = (MasterData.Code("ROW"), MasterData.Code("ROW"));

        var (job, lines) = await ImportAsync(client, "REJECT_FAILED_ROWS", isDryRun: false,
            ItemColumns,
            $"{good},EA,\"Thing, of \"\"two\"\"\",Acme,NONE,AMBIENT,NONE,SMALL,STANDARD,FIFO,false,false",
            $"{brandless},EA,Plain,,NONE,AMBIENT,NONE,SMALL,STANDARD,FIFO,false,false",
            $"{good},EA,Twice,,NONE,AMBIENT,NONE,SMALL,STANDARD,FIFO,false,false",
            $"{MasterData.Code("ROW")},EA,Wrong,,NONE,AMBIENT,NONE,SMALL,STANDARD,FIFO,perhaps,false",
            $"{MasterData.Code("ROW")},EA,Short",
            "");

        job["total"]!.GetValue<long>().ShouldBe(5);
        Outcomes(lines).ShouldBe(["LANDED", "LANDED", "REFUSED", "REFUSED", "REFUSED"]);
        lines.Skip(2).Select(Code).ShouldBe(["ITEM_CODE_TAKEN", "HC0016", "NO_ROW"]);
        (await host.ScalarAsync<string>($"select name from item where code = '{good}'")).ShouldBe("Thing, of \"two\"");
        (await host.ScalarAsync<bool>($"select brand is null from item where code = '{brandless}'")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("REJECT_EVERYTHING", false, "WOULD_LAND", 0)]
    [InlineData("REJECT_FAILED_ROWS", true, "WOULD_LAND", 0)]
    [InlineData("IGNORE_FAILED", false, "LANDED", 1)]
    public async Task The_policies_are_those_of_json_lines(string policy, bool isDryRun, string first, long landed)
    {
        using var client = await host.ControllerAsync();
        var code = MasterData.Code("POL");

        var (_, lines) = await ImportAsync(client, policy, isDryRun,
            ItemColumns, Row(code), "lower case is no code,EA,X,,NONE,AMBIENT,NONE,SMALL,STANDARD,FIFO,false,false");

        Outcomes(lines).ShouldBe([first, "REFUSED"]);
        (await host.ScalarAsync<long>($"select count(*) from item where code = '{code}'")).ShouldBe(landed);
    }

    [Fact]
    public async Task An_optional_cell_that_is_wrong_is_left_out()
    {
        using var client = await host.ControllerAsync();

        var (_, lines) = await ImportAsync(client, "IGNORE_FAILED", isDryRun: false,
            ItemColumns, Row(MasterData.Code("MENDED")).Replace("Thing,,", "Thing,\" padded \",", StringComparison.Ordinal));

        Outcomes(lines).ShouldBe(["MENDED"]);
    }

    [Theory]
    [InlineData("code,nam", "The columns `nam` are no part of the document's variables.")]
    [InlineData("input.code,code", "The column `input.code` stands there more than once.")]
    [InlineData("code.more", "The columns `code.more` are no part of the document's variables.")]
    public async Task Columns_that_the_mutation_does_not_have_are_refused_at_once(string columns, string why)
    {
        using var client = await host.ControllerAsync();
        var file = await UploadAsync(client, $"{columns}\nx\n");

        var refused = await BulkHost.ImportAsync(client, BulkHost.CreateItem, file, "REJECT_FAILED_ROWS", isDryRun: false);

        refused["errors"]![0]!["__typename"]!.GetValue<string>().ShouldBe("DocumentNotUsableError");
        refused["errors"]![0]!["message"]!.GetValue<string>().ShouldBe(why);
    }

    [Theory]
    [InlineData("a,b\nx,\"open", "quote that never ends")]
    [InlineData("a,b\nx,y\"z\n", "quote inside a cell")]
    [InlineData("a,b\n\"x\"y,z\n", "text after the quote")]
    [InlineData("a,,b\nx,y,z\n", "no name")]
    [InlineData("\n\n", "no row of columns")]
    [InlineData("a,b\n", "no line")]
    public async Task What_is_no_file_of_rows_is_refused_where_it_comes_in(string text, string why)
    {
        using var client = await host.ControllerAsync();

        using var answer = await BulkHost.SendFileAsync(client, text, "text/csv");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(why);
    }

    // Whatever an export writes, an import reads: names with quotes, commas, line ends, and what a spreadsheet would run.
    [Fact]
    public async Task What_goes_out_comes_in_again()
    {
        const string Rows = "{ units(where: { code: { startsWith: \"RT\" } }, order: [{ code: ASC }]) { nodes { unit: code name kind decimals } } }";
        using var here = await host.ControllerAsync();
        using var there = await other.AsAsync(Platform.Domain.Access.Role.InventoryController);
        string[] names = ["Plain", "With, comma", "With \"quotes\"", "=SUM(A1)", "-minus", "@at", "'apostrophe", "Ünïcödé ✓", "'=both", "''=three", "''"];
        for (var i = 0; i < names.Length; i++)
        {
            var defined = await BulkHost.AskAsync(here, DefineUnit.Replace("unitDefined { unit }", "errors { __typename }", StringComparison.Ordinal), new { input = new { unit = $"RT{i:00}", name = names[i], kind = "COUNT", decimals = i % 4 } });
            defined["data"]!["defineUnit"]!["errors"].ShouldBeNull(defined.ToJsonString());
        }

        var (_, exported) = await ExportedAsync(here, Rows);
        var file = await UploadAsync(there, string.Join('\n', exported));
        var started = await BulkHost.ImportAsync(there, DefineUnit, file, "REJECT_EVERYTHING", isDryRun: false);
        var (job, lines) = await BulkHost.EndAsync(there, started["importStarted"]!["jobId"]!.GetValue<string>());

        (job["done"]!.GetValue<long>(), job["refused"]!.GetValue<long>()).ShouldBe((names.Length, 0), string.Join('\n', lines));
        (await ExportedAsync(there, Rows)).Lines.ShouldBe(exported);
        (await other.ScalarAsync<string[]>("select array_agg(name order by code) from unit where code like 'RT%'")).ShouldBe(names);
    }

    [Theory]
    //          text                       rows: cells by |, null as ∅
    [InlineData("a,b",                     "a|b")]
    [InlineData("a,b\r\nc,d\r\n",          "a|b\nc|d")]
    [InlineData("a,\n,b",                  "a|∅\n∅|b")]
    [InlineData("\"\",\"a\"\"b\"",         "|a\"b")]
    [InlineData("\"a\r\nb\",c",            "a\r\nb|c")]
    [InlineData("\ufeffa,b\n\n\nc,d",      "a|b\nc|d")]
    [InlineData("a\rb,c",                  "a\rb|c")]
    [InlineData(" a , b ",                 " a | b ")]
    public void Rows_are_read_as_they_are_written_whatever_the_pieces(string text, string rows)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var size in new[] { 1, 2, 3, bytes.Length })
        {
            var reader = new CommaSeparatedReader(longestRow: 1_000);
            var read = bytes.Chunk(size).SelectMany(piece => reader.Read(piece).ToList()).ToList();
            if (reader.End() is { } last)
            {
                read.Add(last);
            }

            string.Join('\n', read.Select(row => string.Join('|', row.Select(cell => cell ?? "∅")))).ShouldBe(rows);
        }
    }

    [Fact]
    public void A_row_without_end_is_given_up()
    {
        var reader = new CommaSeparatedReader(longestRow: 100);

        Should.Throw<UnreadableRows>(() => reader.Read(Encoding.UTF8.GetBytes("a\n\"" + new string('x', 200))).ToList());
    }

    private static string Row(string code) => $"{code},EA,Thing,,NONE,AMBIENT,NONE,SMALL,STANDARD,FIFO,false,false";

    private static IEnumerable<string> Outcomes(IEnumerable<JsonNode> lines) => lines.Select(line => line["outcome"]!.GetValue<string>());

    private static string? Code(JsonNode line) => line["problems"]![0]!["code"]?.GetValue<string>();

    private static async Task<string> UploadAsync(HttpClient client, string text)
    {
        using var response = await BulkHost.SendFileAsync(client, text, "text/csv");
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return answer["id"]?.GetValue<string>() ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    private static async Task<(JsonNode Job, IReadOnlyList<JsonNode> Lines)> ImportAsync(
        HttpClient client, string policy, bool isDryRun, params IEnumerable<string> rows)
    {
        var file = await UploadAsync(client, string.Join("\r\n", rows));
        var started = await BulkHost.ImportAsync(client, BulkHost.CreateItem, file, policy, isDryRun);
        var (job, lines) = await BulkHost.EndAsync(client, started["importStarted"]?["jobId"]?.GetValue<string>() ?? throw new InvalidOperationException(started.ToJsonString()));
        return (job, [.. lines.Select(line => JsonNode.Parse(line)!)]);
    }

    private static async Task<(JsonNode Job, IReadOnlyList<string> Lines)> ExportedAsync(HttpClient client, string document)
    {
        var started = await BulkHost.ExportAsync(client, document, variables: null, "CSV");
        return await BulkHost.EndAsync(client, started["exportStarted"]!["jobId"]!.GetValue<string>());
    }
}
