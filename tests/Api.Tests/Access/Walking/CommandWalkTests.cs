using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.Api.Writing;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;
using Platform.Tests.Api.Writing;

namespace Platform.Tests.Api.Access.Walking;

/// <summary>
/// R-42, G-40 for mutations: every command that the limited may give, about a foreign row in every place of its input. The answer,
/// with everything its payload can show, is the one that a row which does not exist gets, and nothing is left behind.
/// </summary>
public sealed partial class CommandWalkTests(WalkedHost host) : IClassFixture<WalkedHost>
{
    public static TheoryData<string> Commands =>
    [
        .. typeof(CommandRunner).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(WithinRowsAttribute)) && !type.IsDefined(typeof(ByTheHostOnlyAttribute)))
            .Select(type => type.FullName!)
            .Order(StringComparer.Ordinal),
    ];

    [Theory, MemberData(nameof(Commands))]
    public async Task A_foreign_row_is_commanded_like_an_absent_one(string command)
    {
        var type = typeof(CommandRunner).Assembly.GetType(command)!;
        foreach (var limit in new[] { "one warehouse", "one company", "nothing" })
        {
            var foreign = host.Limit(limit).Foreign;
            var input = PlausibleInputs.For(type);
            foreach (var (holder, name, record) in Ids(input).Where(place => foreign.GetValueOrDefault(place.Record) is [_, ..]).ToList())
            {
                var absent = holder[name]!.GetValue<string>();
                var ofAbsent = await AskAsync(limit, type, input);
                holder[name] = foreign[record][0];
                var before = await host.ScalarAsync<long>("select count(*) from event");

                var ofForeign = await AskAsync(limit, type, input);

                holder[name] = absent;
                Leveled(ofForeign).ShouldBe(Leveled(ofAbsent), $"{limit}: {record}");
                (await host.ScalarAsync<long>("select count(*) from event")).ShouldBe(before);
            }
        }
    }

    private async Task<string> AskAsync(string limit, Type type, JsonObject input)
    {
        var mutation = GraphWords.Field(type.Name);
        using var client = host.ClientWith(host.Token(limit));
        var field = host.Schema.RootType(Platform.GraphQL.Language.OperationType.Mutation)!.Fields.Find(mutation)!;
        var selection = StreamWays.Selection(field.Type.Named, depth: 3)[..^1] + " errors { __typename ... on Error { code message } } }";
        var query = $"mutation($input: {char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input!) {{ {mutation}(input: $input) {selection.Replace("errors { __typename } ", "", StringComparison.Ordinal)} }}";
        using var response = await client.PostAsJsonAsync("/graphql", new { query, variables = new { input } });
        var answer = await response.Content.ReadAsStringAsync();
        answer.ShouldNotContain("\"VALIDATION\"", Case.Sensitive, answer);
        answer.ShouldNotContain("UNEXPECTED", Case.Sensitive, answer);
        return answer;
    }

    /// <summary>Whatever was named is named in the answer: ids of both kinds, moments and positions are no difference.</summary>
    private static string Leveled(string answer) => Varying().Replace(answer, "…");

    private static IEnumerable<(JsonObject Holder, string Name, string Record)> Ids(JsonNode node) => node switch
    {
        JsonObject holder => holder.ToList().SelectMany(member => member.Value is JsonValue value
            && value.TryGetValue<string>(out var text) && NodeIdFormat.TryRead(text, out var record, out _)
                ? [(holder, member.Key, record)]
                : member.Value is null ? [] : Ids(member.Value)),
        JsonArray items => items.SelectMany(item => item is null ? [] : Ids(item)),
        _ => [],
    };

    [GeneratedRegex("""[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|"position":\d+|[A-Za-z0-9+/]{20,}={0,2}""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Varying();
}
