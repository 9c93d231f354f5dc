using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>
/// Somebody at work, who has a token and the graph, and nothing else.
/// </summary>
public sealed class Person(Distributor distributor, UserId user)
{
    /// <summary>Shorter than a token is good for; whoever comes back after days signs in again.</summary>
    private static readonly TimeSpan _stays = TimeSpan.FromMinutes(30);

    private HttpClient? _client;
    private DateTimeOffset _signedInAt;

    /// <summary>The data of an operation that must be answered without errors.</summary>
    public async Task<JsonNode> AskAsync(string operation, object variables)
    {
        var answer = await SendAsync(operation, variables);
        answer["errors"].ShouldBeNull($"{operation}{Environment.NewLine}{answer.ToJsonString()}");
        return answer["data"]!;
    }

    public Task<JsonNode> AskAsync(string operation) => AskAsync(operation, new { });

    /// <summary>Carries a mutation out: <c>DoAsync("createZone", new { … }, "zone { id }")</c> is the payload, which has no errors.</summary>
    public async Task<JsonNode> DoAsync(string mutation, object input, string selection)
    {
        var payload = await PayloadAsync(mutation, input, selection, string.Empty);
        (payload["errors"] as JsonArray ?? []).ShouldBeEmpty($"{mutation}: {payload.ToJsonString()}");
        return payload;
    }

    /// <summary>The code of the refusal that a mutation must meet.</summary>
    public async Task<string> RefusedAsync(string mutation, object input) =>
        (string)(await RefusalAsync(mutation, input, string.Empty))["code"]!;

    /// <summary>The refusal that a mutation must meet, with the facts selected of it: <c>"... on NotEnoughStock { available }"</c>.</summary>
    public async Task<JsonNode> RefusalAsync(string mutation, object input, string facts)
    {
        var payload = await PayloadAsync(mutation, input, string.Empty, facts);
        var errors = payload["errors"] as JsonArray ?? [];
        errors.Count.ShouldBe(1, $"{mutation} was not refused: {payload.ToJsonString()}");
        return errors[0]!;
    }

    /// <summary>The code by which the whole request is turned away, as when somebody may not.</summary>
    public async Task<string> TurnedAwayAsync(string mutation, object input)
    {
        var answer = await SendAsync(Mutation(mutation, "__typename", string.Empty), new { input });
        answer["errors"].ShouldNotBeNull($"{mutation} was let through: {answer.ToJsonString()}");
        return (string)answer["errors"]![0]!["extensions"]!["code"]!;
    }

    /// <summary>The answer as it comes, errors and all.</summary>
    public async Task<JsonNode> SendAsync(string operation, object variables)
    {
        var client = await SignedInAsync();
        using var response = await client.PostAsJsonAsync("/graphql", new { query = operation, variables });
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private async Task<HttpClient> SignedInAsync()
    {
        var now = distributor.Clock.GetUtcNow();
        if (_client is null || now - _signedInAt > _stays)
        {
            (_client, _signedInAt) = (distributor.ClientWith(await distributor.TokenOfAsync(user)), now);
        }

        return _client;
    }

    private async Task<JsonNode> PayloadAsync(string mutation, object input, string selection, string facts) =>
        (await AskAsync(Mutation(mutation, selection, facts), new { input }))[mutation]!;

    private static string Mutation(string name, string selection, string facts)
    {
        var input = $"{char.ToUpperInvariant(name[0])}{name[1..]}Input";
        return $"mutation Work($input: {input}!) {{ {name}(input: $input) {{ {selection} errors {{ __typename ... on Error {{ code message }} {facts} }} }} }}";
    }
}
