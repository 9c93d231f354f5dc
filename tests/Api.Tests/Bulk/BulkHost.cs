using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Domain.Access;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Bulk;

/// <summary>The whole application, and a user who may export and import.</summary>
public sealed class BulkHost : TestHost
{
    private const string Import = "mutation($input: StartImportInput!) { startImport(input: $input) { importStarted { jobId } errors { __typename ... on Error { message } } } }";
    private const string Export = "mutation($input: StartExportInput!) { startExport(input: $input) { exportStarted { jobId } errors { __typename ... on Error { message } } } }";
    private const string Job = "query($id: ID!) { bulkJob(id: $id) { kind status done refused total bytes problem resultUrl isDryRun } }";

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    public const string CreateItem = "mutation($input: CreateItemInput!) { createItem(input: $input) { itemCreated { itemId code } } }";

    /// <summary>An item, as a line of a file.</summary>
    public static string ItemLine(string code, string? brand = null) => JsonSerializer.Serialize(new
    {
        input = new
        {
            code,
            baseUnit = "EA",
            identity = new { name = $"Thing {code}", brand },
            tracking = new { tracking = "NONE" },
            weighing = new { },
            storage = new { temperature = "AMBIENT", hazard = "NONE", size = "SMALL", handling = "STANDARD" },
            costing = new { method = "FIFO" },
            origin = new { isRegulated = false, isImported = false },
        },
    });

    /// <summary>Somebody who may describe items, export and import.</summary>
    public Task<HttpClient> ControllerAsync() => AsAsync(Role.InventoryController);

    public static async Task<JsonNode> AskAsync(HttpClient client, string query, object? variables)
    {
        using var response = await client.PostAsJsonAsync("/graphql", new { query, variables });
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    public static async Task<string> UploadAsync(HttpClient client, params IEnumerable<string> lines)
    {
        using var response = await SendFileAsync(client, string.Join('\n', lines), "application/jsonl");
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return answer["id"]?.GetValue<string>() ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    public static async Task<HttpResponseMessage> SendFileAsync(HttpClient client, string text, string mediaType)
    {
        using var content = new StringContent(text, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return await client.PostAsync("/bulk/files?name=items.jsonl", content);
    }

    public static async Task<JsonNode> ImportAsync(HttpClient client, string document, string file, string policy, bool isDryRun) =>
        (await AskAsync(client, Import, new { input = new { document, fileId = file, policy, isDryRun } }))["data"]!["startImport"]!;

    public static async Task<JsonNode> ExportAsync(HttpClient client, string document, string? variables, string format)
    {
        var answer = await AskAsync(client, Export, new { input = new { document, variables, format } });
        return answer["data"]?["startExport"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    /// <summary>The job once it has ended, and the lines of its result.</summary>
    public static async Task<(JsonNode Job, IReadOnlyList<string> Lines)> EndAsync(HttpClient client, string id)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var job = (await AskAsync(client, Job, new { id }))["data"]!["bulkJob"]!;
            if (job["status"]!.GetValue<string>() is not ("WAITING" or "RUNNING"))
            {
                var result = await client.GetStringAsync(job["resultUrl"]!.GetValue<string>());
                return (job, result.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }

            if (TimeProvider.System.GetElapsedTime(until) > _patience)
            {
                throw new TimeoutException(job.ToJsonString());
            }

            await Task.Delay(50);
        }
    }

    /// <summary>An import from its file to its end.</summary>
    public static async Task<(JsonNode Job, IReadOnlyList<JsonNode> Lines)> ImportedAsync(
        HttpClient client, string policy, bool isDryRun, params IEnumerable<string> lines)
    {
        var started = await ImportAsync(client, CreateItem, await UploadAsync(client, lines), policy, isDryRun);
        var id = started["importStarted"]?["jobId"]?.GetValue<string>() ?? throw new InvalidOperationException(started.ToJsonString());
        var (job, result) = await EndAsync(client, id);
        return (job, [.. result.Select(line => JsonNode.Parse(line)!)]);
    }
}
