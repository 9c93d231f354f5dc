using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.Api.Seeding;
using Platform.Api.Seeding.History;
using Platform.Domain.Access;
using Platform.GraphQL.Conventions;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Operations;

/// <summary>A seeded host, for the examples that are shipped.</summary>
public sealed class SeededHost : TestHost
{
    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        await new DemoSeed().PlantAsync(HostServices, CancellationToken.None);
    }
}

/// <summary>A host on a distributor with a past, played before it starts: its own clock is not the one of the past.</summary>
public sealed class TradingHost : TestHost
{
    private static readonly SeedScale _sevenWeeks = new(
        "seven weeks", SizesFactor: 1, Days: 49, new Rhythm(SaleDays: 1, LinesPerSale: 6, ReviewWeeks: 4, WatchedReviewWeeks: 4, LinesPerOrder: 2));

    protected override async Task PrepareAsync()
    {
        var yesterday = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-1);
        await TradingHistory.PlayAsync(ConnectionString, new HistoryPlan(_sevenWeeks, Seed: 42, yesterday), _ => { }, CancellationToken.None);
        await base.PrepareAsync();
    }
}

/// <summary>Every operation of docs/operations runs as its head says, in the order of the files, and is answered without an error.</summary>
public sealed partial class OperationTests(TradingHost host) : IClassFixture<TradingHost>
{
    private static readonly string _folder = Folder();

    [Fact]
    public async Task Every_shipped_operation_runs_on_the_demo_and_is_answered_without_an_error()
    {
        var faults = new List<string>();
        foreach (var file in Files())
        {
            if (await FaultOfAsync(file) is { } fault)
            {
                faults.Add($"{Path.GetRelativePath(_folder, file)}: {fault}");
            }
        }

        faults.ShouldBeEmpty();
        Files().Count.ShouldBeGreaterThan(12);
    }

    [Fact]
    public void Every_folder_of_operations_is_listed()
    {
        var listed = File.ReadAllText(Path.Combine(_folder, "README.md"));

        Directory.EnumerateDirectories(_folder).Select(Path.GetFileName).ShouldAllBe(folder => listed.Contains($"]({folder})", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_page_for_frontend_teams_tells_people_to_paste_works_in_its_order()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(_folder, "..", "for-frontend-teams.md"));
        var commands = string.Join("\necho\n", Commands().Matches(page).Select(match => match.Groups["text"].Value));
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-e", "-c", commands])
        {
            UseShellExecute = false, RedirectStandardOutput = true, Environment = { ["URL"] = host.Url, ["NO_PROXY"] = "*" },
        })!;
        var said = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        shell.ExitCode.ShouldBe(0, said);
        said.ShouldContain("\"number\":\"PO-000001\"");
        said.ShouldContain("{\"number\":\"PO-000003\"},{\"number\":\"PO-000004\"}");
        said.ShouldContain("\"partner\":null,\"errors\":[{\"__typename\":\"");
        said.ShouldContain("type Query");
    }

    private async Task<string?> FaultOfAsync(string file)
    {
        var query = await File.ReadAllTextAsync(file);
        var role = AsRole().Match(query).Groups["role"].Value.Replace("_", string.Empty, StringComparison.Ordinal);
        var given = Path.ChangeExtension(file, ".json");
        var variables = File.Exists(given) ? await WithIdsAsync(await File.ReadAllTextAsync(given)) : null;
        using var client = await host.AsAsync(Enum.Parse<Role>(role, ignoreCase: true));
        if (query.Contains("\nsubscription ", StringComparison.Ordinal))
        {
            return await FaultOfStreamAsync(client, new { query, variables });
        }

        using var response = await client.PostAsJsonAsync("/graphql", new { query, variables });
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        if (answer["errors"] is { } errors)
        {
            return errors.ToJsonString();
        }

        var data = answer["data"]!.AsObject();
        return data.Select(field => (field.Value as JsonObject)?["errors"]?.ToJsonString()).FirstOrDefault(refused => refused is not null)
            ?? (data.Any(field => field.Value is null) ? "null" : null);
    }

    /// <summary>The first thing that a stream tells.</summary>
    private static async Task<string?> FaultOfStreamAsync(HttpClient client, object operation)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var asked = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(operation) };
        asked.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await client.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead, enough.Token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(enough.Token));
        while (await lines.ReadLineAsync(enough.Token) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal) && line.Contains('{', StringComparison.Ordinal))
            {
                return line.Contains("\"errors\"", StringComparison.Ordinal) ? line : null;
            }
        }

        return "nothing was told";
    }

    /// <summary>In the place of <c>Item:BOLT-001</c> stands the id that the item has in this database.</summary>
    private async Task<JsonNode> WithIdsAsync(string json)
    {
        var first = await host.ScalarAsync<long>("select min(position) from event_position");
        var text = json.Replace("Position:FIRST", first.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        foreach (var place in Placeholder().Matches(json).DistinctBy(match => match.Value))
        {
            var (record, code) = (place.Groups["record"].Value, place.Groups["code"].Value);
            var id = NodeIdFormat.Write(record, await host.ScalarAsync<Guid?>(Lookup(record, code)) ?? throw new ArgumentException($"{place.Value}: there is none", nameof(json)));
            text = text.Replace($"\"{place.Value}\"", $"\"{id}\"", StringComparison.Ordinal);
        }

        return JsonNode.Parse(text)!;
    }

    private static string Lookup(string record, string code) => (record, code.Split('/')) switch
    {
        (_, [var site, var bin]) => $"select b.id from bin b join warehouse w on w.id = b.warehouse_id where w.code = '{site}' and b.code = '{bin}'",
        ("ApprovalRequest", _) => "select id from approval_request where status = 'PENDING' order by id limit 1",
        ("ExceptionCase", _) => "select id from exception_case where status <> 'RESOLVED' order by id limit 1",
        ("Supplier", _) => $"select s.id from supplier s join partner p on p.id = s.id where p.code = '{code}'",
        ("PurchaseOrder", _) => $"select id from purchase_order where number = '{code}'",
        ("SupplierInvoice", _) => $"select id from supplier_invoice where number = '{code}'",
        ("LegalEntity", _) => $"select id from legal_entity where code = '{code}'",
        _ => $"select id from {record.ToLowerInvariant()} where code = '{code}'",
    };

    private static List<string> Files() =>
        [.. Directory.EnumerateFiles(_folder, "*.graphql", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "docs", "operations");
    }

    [GeneratedRegex("```sh\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Commands();

    [GeneratedRegex(@"# as: (?<role>[A-Z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AsRole();

    [GeneratedRegex(@"\b(?<record>Item|Bin|Warehouse|LegalEntity|Partner|Supplier|PurchaseOrder|SupplierInvoice|ExceptionCase|ApprovalRequest):(?<code>[A-Z0-9/-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
