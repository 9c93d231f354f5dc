using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.Limits;
using Platform.GraphQL.TypeSystem;
using Platform.GraphQL.Validation;
using Xunit.Abstractions;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Differential;

/// <summary>Random operations over random data must get the same data and errors from us and from npm `graphql`.</summary>
public class ExecutionDifferentialTests(ReferenceImplementation reference, ITestOutputHelper output)
    : IClassFixture<ReferenceImplementation>
{
    private static readonly RequestExecutorOptions _unlimited = new()
    {
        ParserLimits = ParserLimits.SchemaDocument,
        Limits = GraphQLLimits.Default with
        {
            MaxDepth = 1000, MaxCoordinateCycle = 1000, MaxExpandedFields = int.MaxValue, MaxAliases = int.MaxValue,
            MaxRootFieldAliases = int.MaxValue, MaxFragmentVisits = int.MaxValue, MaxRootMutations = int.MaxValue,
            MaxFieldCost = 1e12, MaxTypeCost = 1e12, MaxRequestErrors = 1000, MaxExecutionErrors = 100_000,
        },
    };

    [ReferenceFact]
    public async Task Results_agree_in_data_and_errors()
    {
        var (count, refused) = (0, 0);
        foreach (var seed in Budget.Seeds(seconds: 9))
        {
            var chance = new Chance(seed);
            var sdl = new SchemaGenerator(chance, mistakes: 0).Write();
            var plain = new SchemaBuilder().AddDocument(sdl).TryBuild(new List<GraphQLError>());
            if (plain is null || reference.Ask("schema", ("text", sdl))["stage"]!.ToString() != "valid")
            {
                continue;
            }

            var table = new DataTable(plain, chance);
            await using var executor = new RequestExecutor(table.Resolved(sdl), _unlimited);
            for (var index = 0; index < 20; index++)
            {
                var generator = new DocumentGenerator(plain, chance, mistakes: 0);
                var text = generator.Write();
                var document = GraphQLDocument.Parse(SourceText.From(text), ParserLimits.SchemaDocument);
                var operation = document.Definitions.OfType<OperationDefinitionNode>().First();
                if (DocumentValidator.Validate(plain, document, ValidationOptions.Unbounded).Count > 0 ||
                    document.Definitions.OfType<OperationDefinitionNode>().Count() > 1 ||
                    operation.Operation == OperationType.Subscription)
                {
                    continue;
                }

                var variables = new VariableGenerator(plain, chance).Write(generator.Declared);
                var theirs = reference.Ask(
                    "execute", ("text", text), ("variables", variables.DeepClone()), ("table", table.Json.DeepClone()));
                var ours = await Execute(executor, text, variables);
                Compare(seed, ours, theirs, $"{text}\n--- variables\n{variables}\n--- data\n{table.Json}\n--- schema\n{sdl}");
                count++;
                refused += theirs["isRefused"]!.GetValue<bool>() ? 1 : 0;
            }
        }

        output.WriteLine($"{count} operations, {refused} refused for their variables");
    }

    private static async Task<JsonObject> Execute(RequestExecutor executor, string text, JsonObject variables)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var result = await executor.ExecuteAsync(
            new OperationRequest
            {
                Document = Encoding.UTF8.GetBytes(text),
                Variables = JsonDocument.Parse(variables.ToJsonString()).RootElement,
            },
            new RequestContext { Services = services, MayReadSchema = true });
        var body = ((OperationResult)result).Body;
        return (JsonObject)JsonNode.Parse(System.Buffers.BuffersExtensions.ToArray(body))!;
    }

    private static void Compare(int seed, JsonObject ours, JsonObject theirs, string about)
    {
        var mine = Shown(ours["data"], ours["errors"]?.AsArray() ?? [], location => $"{location!["line"]}:{location["column"]}");
        var expected = Shown(theirs["data"], theirs["errors"]!.AsArray(), location => location!.ToString());
        if (mine != expected)
        {
            Assert.Fail($"Seed {seed}\n--- we say\n{mine}\n--- the reference says\n{expected}\n--- about\n{about}");
        }
    }

    private static string Shown(JsonNode? data, JsonArray errors, Func<JsonNode?, string> location)
    {
        var lines = errors.Select(error =>
        {
            var path = error!["path"]?.AsArray();
            var depth = path is null ? 0 : Reach(data, path);
            // §6.4.4: where a null came up from below, one error of several there is enough, and any of them will do.
            return path is null || depth == path.Count
                ? $"{error["message"]} @ {string.Join(' ', error["locations"]?.AsArray().Select(location) ?? [])} {path?.ToJsonString()}"
                : $"something below {new JsonArray([.. path.Take(depth).Select(step => step!.DeepClone())]).ToJsonString()}";
        });
        return $"{data?.ToJsonString()}\n{string.Join('\n', lines.Distinct().Order(StringComparer.Ordinal))}";
    }

    /// <summary>How many steps of a path exist in the data before it ends in null.</summary>
    private static int Reach(JsonNode? data, JsonArray path)
    {
        for (var depth = 0; depth < path.Count; depth++)
        {
            if (data is null)
            {
                return depth;
            }

            data = data is JsonArray list ? list[path[depth]!.GetValue<int>()] : data[path[depth]!.ToString()];
        }

        return path.Count;
    }
}
