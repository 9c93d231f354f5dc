using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;
using Platform.GraphQL.Validation;
using Platform.Tests.GraphQL.Differential;

namespace Platform.Tests.Benchmarks.GraphQL;

/// <summary>
/// `fuzz graphql --minutes n`: random schemas, documents, variables and data, whole and broken, through parser, printer,
/// schema builder, validator and executor. Nothing may throw but what each stage promises, nothing may take more than
/// a tenth of a second, and what is printed must read as it was. Prints one JSON line at the end; exit code 1 and the
/// seed when something is wrong.
/// </summary>
internal static class GraphQLFuzz
{
    private static readonly TimeSpan _slow = TimeSpan.FromMilliseconds(100);
    private static readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();

    public static async Task<int> RunAsync(string[] args)
    {
        var minutes = Option(args, "--minutes") is { } given ? double.Parse(given, CultureInfo.InvariantCulture) : 1;
        var seed = Option(args, "--seed") is { } one ? int.Parse(one, CultureInfo.InvariantCulture) : Random.Shared.Next(1_000_000_000);
        var isSingle = Option(args, "--seed") is not null;
        var clock = Stopwatch.StartNew();
        long inputs = 0;
        var slowest = TimeSpan.Zero;
        do
        {
            try
            {
                var run = new FuzzRun(new Chance(seed), _services);
                await run.RunAsync();
                inputs += run.Inputs;
                slowest = run.Slowest > slowest ? run.Slowest : slowest;
                if (run.Slowest > _slow && await IsSlowAgainAsync(seed))
                {
                    Console.Error.WriteLine($"seed {seed}: an input takes {run.Slowest.TotalMilliseconds:F0} ms\n{run.SlowestText}");
                    return 1;
                }
            }
            catch (Exception exception)
            {
                Console.Error.WriteLine($"seed {seed}: {exception}");
                return 1;
            }

            seed++;
        }
        while (!isSingle && clock.Elapsed < TimeSpan.FromMinutes(minutes));

        Figures.Print(
            "fuzz", ("minutes", clock.Elapsed.TotalMinutes), ("inputs", inputs), ("crashes", 0),
            ("slowest_ms", slowest.TotalMilliseconds));
        return 0;
    }

    // A shared machine stops a thread now and then; an input that is slow is slow every time.
    private static async Task<bool> IsSlowAgainAsync(int seed)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var run = new FuzzRun(new Chance(seed), _services);
            await run.RunAsync();
            if (run.Slowest <= _slow)
            {
                return false;
            }
        }

        return true;
    }

    private static string? Option(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}

/// <summary>Everything one seed tries.</summary>
internal sealed class FuzzRun(Chance chance, IServiceProvider services)
{
    public long Inputs { get; private set; }

    public TimeSpan Slowest { get; private set; }

    public string SlowestText { get; private set; } = "";

    public async Task RunAsync()
    {
        var sdl = new SchemaGenerator(chance, chance.Of(0, 0, 0, 20)).Write();
        var schema = TrySchema(sdl);
        for (var variant = 0; variant < 5; variant++)
        {
            _ = TrySchema(TextMutation.Break(sdl, chance));
        }

        if (schema is null)
        {
            return;
        }

        var table = new DataTable(schema, chance);
        await using var executor = new RequestExecutor(table.Resolved(sdl), new RequestExecutorOptions());
        for (var index = 0; index < 20; index++)
        {
            var generator = new DocumentGenerator(schema, chance, chance.Of(0, 0, 10, 100));
            var text = generator.Write();
            var variables = new VariableGenerator(schema, chance).Write(generator.Declared);
            for (var variant = 0; variant < 5; variant++)
            {
                await TryRequestAsync(executor, schema, Bytes(text), variables);
                text = TextMutation.Break(text, chance);
            }
        }
    }

    private Schema? TrySchema(string sdl) => Timed(sdl, () =>
    {
        DocumentNode document;
        try
        {
            document = GraphQLDocument.ParseSchema(sdl);
        }
        catch (SyntaxException)
        {
            return null;
        }

        MustPrintTheSame(document, ParserLimits.SchemaDocument);
        var schema = new SchemaBuilder().AddDocument(document).TryBuild(new List<GraphQLError>());
        return schema is not null && SchemaPrinter.Print(Schema.FromSdl(SchemaPrinter.Print(schema))) != SchemaPrinter.Print(schema)
            ? throw new InvalidOperationException($"A schema prints otherwise the second time:\n{sdl}")
            : schema;
    });

    private async Task TryRequestAsync(RequestExecutor executor, Schema schema, byte[] document, JsonObject variables)
    {
        var text = Encoding.UTF8.GetString(document);
        _ = Timed(text, () =>
        {
            try
            {
                var parsed = GraphQLDocument.Parse(document, ParserLimits.Default);
                MustPrintTheSame(parsed, ParserLimits.Default with { MaxBytes = int.MaxValue });
                return DocumentValidator.Validate(schema, parsed, ValidationOptions.Default);
            }
            catch (SyntaxException)
            {
                return null;
            }
        });

        var clock = Stopwatch.StartNew();
        await using var result = await executor.ExecuteAsync(
            new OperationRequest
            {
                Document = document,
                Variables = JsonDocument.Parse(variables.ToJsonString()).RootElement,
            },
            new RequestContext { Services = services, MayReadSchema = chance.Percent(50) });
        if (result is OperationResult single)
        {
            using var json = JsonDocument.Parse(single.Body);
        }

        Note(text, clock.Elapsed);
    }

    // Sometimes a byte is not the one the writer meant: the text may then be no UTF-8 at all.
    private byte[] Bytes(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (chance.Percent(20) && bytes.Length > 0)
        {
            bytes[chance.Below(bytes.Length)] = (byte)chance.Below(256);
        }

        return bytes;
    }

    private T Timed<T>(string text, Func<T> run)
    {
        var clock = Stopwatch.StartNew();
        var result = run();
        Note(text, clock.Elapsed);
        return result;
    }

    private void Note(string text, TimeSpan time)
    {
        Inputs++;
        if (time > Slowest)
        {
            Slowest = time;
            SlowestText = text;
        }
    }

    private static void MustPrintTheSame(DocumentNode document, ParserLimits limits)
    {
        var printed = document.ToString();
        var again = GraphQLDocument.Parse(SourceText.From(printed), limits).ToString();
        if (printed != again)
        {
            throw new InvalidOperationException($"A document prints otherwise the second time:\n{printed}\n---\n{again}");
        }
    }
}
