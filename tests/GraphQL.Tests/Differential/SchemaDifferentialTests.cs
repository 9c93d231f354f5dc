using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;
using Platform.GraphQL.TypeSystem.Changes;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Differential;

/// <summary>Random schemas say the same about themselves here and in npm `graphql`.</summary>
public class SchemaDifferentialTests(ReferenceImplementation reference) : IClassFixture<ReferenceImplementation>
{
    [ReferenceFact]
    public void A_schema_we_print_is_the_schema_we_read()
    {
        foreach (var (seed, sdl, schema) in ValidSchemas(seconds: 2))
        {
            var original = reference.Ask("printSchema")["printed"]!.ToString();
            var printed = SchemaPrinter.Print(schema);
            reference.Ask("schema", ("text", printed))["stage"]!.ToString().ShouldBe("valid", $"seed {seed}\n{printed}");
            var again = reference.Ask("printSchema")["printed"]!.ToString();
            again.ShouldBe(original, $"seed {seed}\n{sdl}");
            SchemaPrinter.Print(Schema.FromSdl(printed)).ShouldBe(printed, $"seed {seed}");
        }
    }

    [ReferenceFact]
    public async Task Introspection_agrees()
    {
        foreach (var (seed, sdl, schema) in ValidSchemas(seconds: 3))
        {
            var answer = reference.Ask("introspect");
            await using var executor = new RequestExecutor(schema, new RequestExecutorOptions
            {
                Limits = Platform.GraphQL.Limits.GraphQLLimits.Default with { MaxDepth = 100, MaxExpandedFields = 100_000 },
            });
            await using var services = new ServiceCollection().BuildServiceProvider();
            await using var result = await executor.ExecuteAsync(
                new OperationRequest { Document = Encoding.UTF8.GetBytes(answer["query"]!.ToString()) },
                new RequestContext { Services = services, MayReadSchema = true });
            var bytes = System.Buffers.BuffersExtensions.ToArray(((OperationResult)result).Body);
            var ours = JsonNode.Parse(bytes)!;
            ours["errors"].ShouldBeNull($"seed {seed}\n{ours["errors"]}");
            Canonical(Leveled(ours["data"]!)).ShouldBe(Canonical(Leveled(answer["data"]!)), $"seed {seed}\n{sdl}");
        }
    }

    [ReferenceFact]
    public void Breaking_and_dangerous_changes_agree()
    {
        foreach (var seed in Budget.Seeds(seconds: 2))
        {
            var older = new SchemaGenerator(new Chance(seed), mistakes: 0).Write();
            var newer = TextMutation.Break(older, new Chance(seed + 1));
            newer = IsValid(newer) ? newer : new SchemaGenerator(new Chance(seed + 1), mistakes: 0).Write();
            if (!IsValid(older) || !IsValid(newer))
            {
                continue;
            }

            var answer = reference.Ask("diff", ("older", older), ("newer", newer));
            var changes = SchemaChanges.Between(Schema.FromSdl(older), Schema.FromSdl(newer));
            foreach (var (severity, theirs) in new[]
            {
                (ChangeSeverity.Breaking, answer["breaking"]!), (ChangeSeverity.Dangerous, answer["dangerous"]!),
            })
            {
                // Their defaults are printed from values; and they do not look at the root types.
                var ours = changes.Where(c => c.Severity == severity && c.Kind != ChangeKind.RootTypeChanged)
                    .Select(c => c.Description);
                Leveled(ours).ShouldBe(Leveled(theirs.AsArray().Select(c => c!.ToString().Split(": ", 2)[1])), $"seed {seed}\n{older}\n---\n{newer}");
            }
        }
    }

    private static List<string> Leveled(IEnumerable<string> descriptions) =>
    [
        .. descriptions.Where(d => !d.Contains("has changed defaultValue", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsValid(string sdl)
    {
        try
        {
            return new SchemaBuilder().AddDocument(sdl).TryBuild(new List<GraphQLError>()) is not null;
        }
        catch (SyntaxException)
        {
            return false;
        }
    }

    private IEnumerable<(int Seed, string Sdl, Schema Schema)> ValidSchemas(double seconds)
    {
        foreach (var seed in Budget.Seeds(seconds))
        {
            var sdl = new SchemaGenerator(new Chance(seed), mistakes: 0).Write();
            var schema = new SchemaBuilder().AddDocument(sdl).TryBuild(new List<GraphQLError>());
            if (schema is not null && reference.Ask("schema", ("text", sdl))["stage"]!.ToString() == "valid")
            {
                yield return (seed, sdl, schema);
            }
        }
    }

    // Version 16 can deprecate directives, which September 2025 cannot, and does not know that the reason is non-null.
    private static JsonNode Leveled(JsonNode data)
    {
        var directives = data["__schema"]!["directives"]!.AsArray();
        directives.Remove(directives.Single(d => d!["name"]!.ToString() == "deprecated"));
        foreach (var directive in directives)
        {
            directive!.AsObject().Remove("isDeprecated");
            directive.AsObject().Remove("deprecationReason");
        }

        return data;
    }

    // The order of types and of their implementers is each side's own; a default is text: ours is as
    // written, theirs is printed from the value.
    private static string Canonical(JsonNode node)
    {
        switch (node)
        {
            case JsonObject map:
                return $"{{{string.Join(",\n", map.Where(p => p.Value is not null).OrderBy(p => p.Key, StringComparer.Ordinal)
                    .Select(p => $"{p.Key}: {(p.Key == "defaultValue" ? "given" : p.Key == "types" ? Sorted(OnlyOwn(p.Value!.AsArray())) : p.Key is "possibleTypes" or "directives" or "interfaces" ? Sorted(p.Value!.AsArray()) : Canonical(p.Value!))}"))}}}";
            case JsonArray list:
                return $"[{string.Join(",\n", list.Select(item => Canonical(item!)))}]";
            default:
                return node.ToJsonString();
        }
    }

    // Version 16 already knows a directive location that September 2025 does not; introspection's types are its own.
    private static IEnumerable<JsonNode?> OnlyOwn(JsonArray types) =>
        types.Where(type => !type!["name"]!.ToString().StartsWith("__", StringComparison.Ordinal));

    private static string Sorted(IEnumerable<JsonNode?> list) =>
        string.Join(",\n", list.Select(item => Canonical(item!)).Order(StringComparer.Ordinal));
}
