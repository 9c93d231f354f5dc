using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.Api.Seeding;
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

/// <summary>Every operation of docs/operations runs as its head says, in the order of the files, and is answered without an error.</summary>
public sealed partial class OperationTests(SeededHost host) : IClassFixture<SeededHost>
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

    private async Task<string?> FaultOfAsync(string file)
    {
        var query = await File.ReadAllTextAsync(file);
        var role = AsRole().Match(query).Groups["role"].Value.Replace("_", string.Empty, StringComparison.Ordinal);
        var given = Path.ChangeExtension(file, ".json");
        var variables = File.Exists(given) ? await WithIdsAsync(await File.ReadAllTextAsync(given)) : null;
        using var client = await host.AsAsync(Enum.Parse<Role>(role, ignoreCase: true));
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

    /// <summary>In the place of <c>Item:BOLT-001</c> stands the id that the item has in this database.</summary>
    private async Task<JsonNode> WithIdsAsync(string json)
    {
        var text = json;
        foreach (var place in Placeholder().Matches(json).DistinctBy(match => match.Value))
        {
            var (record, code) = (place.Groups["record"].Value, place.Groups["code"].Value);
            var sql = code.Split('/') is [var site, var bin]
                ? $"select b.id from bin b join warehouse w on w.id = b.warehouse_id where w.code = '{site}' and b.code = '{bin}'"
                : $"select id from {(record == "LegalEntity" ? "legal_entity" : record.ToLowerInvariant())} where code = '{code}'";
            var id = NodeIdFormat.Write(record, await host.ScalarAsync<Guid>(sql));
            text = text.Replace($"\"{place.Value}\"", $"\"{id}\"", StringComparison.Ordinal);
        }

        return JsonNode.Parse(text)!;
    }

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

    [GeneratedRegex(@"# as: (?<role>[A-Z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AsRole();

    [GeneratedRegex("(?<record>Item|Bin|Warehouse|LegalEntity|Partner):(?<code>[A-Z0-9/-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
