using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Seeding;
using Platform.Domain.Access;
using Platform.Domain.Kernel;

namespace Platform.Tests.Api.Operations;

/// <summary>
/// The walk-through is carried out as it is printed: each operation as the role that is named before it, as the demo's login of
/// that role with the rows it is limited to, with the values that were kept of earlier answers as its variables.
/// </summary>
public sealed partial class WalkThroughTests(SeededHost host) : IClassFixture<SeededHost>
{
    [Fact]
    public async Task The_walk_through_from_need_to_payment_can_be_pasted()
    {
        var today = DateTimeOffset.UtcNow;
        var kept = new JsonObject
        {
            ["today"] = DateOnly.FromDateTime(today.UtcDateTime).ToString("O"),
            ["inTwoWeeks"] = DateOnly.FromDateTime(today.UtcDateTime).AddDays(14).ToString("O"),
            ["soon"] = today.AddDays(1).ToString("O"),
        };
        var staff = await StaffAsync();
        var steps = Step().Matches(await File.ReadAllTextAsync(Document()));
        steps.Count.ShouldBeGreaterThan(10);
        foreach (var step in steps.Cast<Match>())
        {
            var operation = step.Groups["operation"].Value;
            var role = Enum.Parse<Role>(step.Groups["role"].Value.Replace("-", string.Empty, StringComparison.Ordinal), ignoreCase: true);
            var data = await SendAsync(staff[role], operation, kept);
            foreach (var keep in Keep().Matches(step.Groups["after"].Value).Cast<Match>())
            {
                var found = At(data, keep.Groups["path"].Value);
                found.ShouldNotBeNull($"{keep.Value}{Environment.NewLine}{data.ToJsonString()}");
                kept[keep.Groups["name"].Value] = found.DeepClone();
            }
        }

        (await host.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    private async Task<IReadOnlyDictionary<Role, UserId>> StaffAsync()
    {
        await using var scope = host.HostServices.CreateAsyncScope();
        var hired = await DemoStaff.HireAsync(
            scope.ServiceProvider.GetRequiredService<CommandRunner>(), scope.ServiceProvider.GetRequiredService<PlatformDb>(), CancellationToken.None);
        return Enum.GetValues<Role>().Zip(hired).ToDictionary(one => one.First, one => one.Second.User);
    }

    private async Task<JsonNode> SendAsync(UserId user, string query, JsonObject kept)
    {
        var variables = new JsonObject();
        foreach (var name in Variable().Matches(query).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal))
        {
            variables[name] = kept[name]?.DeepClone() ?? throw new InvalidOperationException($"Nothing was kept as {name} before:\n{query}");
        }

        using var client = host.ClientWith(await host.TokenOfAsync(user));
        using var response = await client.PostAsJsonAsync("/graphql", new { query, variables });
        var answer = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        answer["errors"].ShouldBeNull($"{query}{Environment.NewLine}{answer.ToJsonString()}");
        foreach (var field in answer["data"]!.AsObject())
        {
            ((field.Value as JsonObject)?["errors"]).ShouldBeNull($"{query}{Environment.NewLine}{answer.ToJsonString()}");
        }

        return answer["data"]!;
    }

    /// <summary><c>items.nodes[0].id</c>, from the data on.</summary>
    private static JsonNode? At(JsonNode data, string path) =>
        path.Split('.').Aggregate<string, JsonNode?>(data, (node, part) => PathPart().Match(part) switch
        {
            { Success: true } indexed => node?[indexed.Groups["name"].Value]?[int.Parse(indexed.Groups["at"].Value, System.Globalization.CultureInfo.InvariantCulture)],
            _ => node?[part],
        });

    private static string Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "docs", "from-need-to-payment.md");
    }

    [GeneratedRegex(@"As `(?<role>[a-z-]+)`[^\n]*\n\n```graphql\n(?<operation>.*?)```(?<after>.*?)(?=\nAs `|\z)", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();

    [GeneratedRegex(@"Keep `(?<name>\w+)` = `(?<path>[\w.\[\]]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Keep();

    [GeneratedRegex(@"\$(?<name>\w+):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\A(?<name>\w+)\[(?<at>\d+)\]\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathPart();
}
