using System.CommandLine;
using Platform.Api.Hosting.CommandLine;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;
using Platform.GraphQL.TypeSystem.Changes;

namespace Platform.Api.Graph;

/// <summary>The schema as a document, without a database or a server.</summary>
internal sealed class SchemaVerb : IVerb
{
    public Command Build() => new("schema", "The GraphQL schema as a document.") { Print(), Write(), Diff() };

    public static string Document() => SchemaPrinter.Print(Served());

    private static Command Print()
    {
        var print = new Command("print", "Prints the schema document.");
        print.SetAction(async (_, ct) =>
        {
            await Console.Out.WriteAsync(Document().AsMemory(), ct);
            return ExitCode.Ok;
        });
        return print;
    }

    private static Command Write()
    {
        var file = new Argument<FileInfo>("file") { Description = "Where to; src/Api/schema.graphql is the committed one." };
        var write = new Command("write", "Writes the schema document to a file.") { file };
        write.SetAction(async (call, ct) =>
        {
            await File.WriteAllTextAsync(call.GetValue(file)!.FullName, Document(), ct);
            return ExitCode.Ok;
        });
        return write;
    }

    private static Command Diff()
    {
        var older = new Argument<FileInfo>("old") { Description = "The schema document that clients know." };
        var failOn = new Option<ChangeSeverity?>("--fail-on")
        {
            Description = "Exits with 1 when a change is at least this severe: breaking, dangerous or safe.",
        };
        var diff = new Command("diff", "Lists what changed since an older document: breaking, dangerous, safe.") { older, failOn };
        diff.SetAction(async (call, ct) =>
        {
            var file = call.GetValue(older)!;
            if (!file.Exists)
            {
                await Console.Error.WriteLineAsync($"There is no file {file.FullName}.");
                return ExitCode.Usage;
            }

            return await CompareAsync(await File.ReadAllTextAsync(file.FullName, ct), call.GetValue(failOn));
        });
        return diff;
    }

    private static async Task<int> CompareAsync(string older, ChangeSeverity? failOn)
    {
        IReadOnlyList<SchemaChange> changes;
        try
        {
            changes = SchemaChanges.Between(Schema.FromSdl(older), Served());
        }
        catch (Exception mistake) when (mistake is SyntaxException or SchemaException)
        {
            await Console.Error.WriteLineAsync($"The older document is no schema: {mistake.Message}");
            return ExitCode.Usage;
        }

        foreach (var change in changes.OrderBy(change => change.Severity))
        {
            await Console.Out.WriteLineAsync(change.ToString());
        }

        return changes.Any(change => change.Severity <= failOn) ? ExitCode.Failed : ExitCode.Ok;
    }

    private static Schema Served()
    {
        // Services are told from inputs by being registered; nothing connects until it is asked.
        using var nowhere = DatabaseAccess.AsApplication("Host=nowhere");
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddAuthorizationCore();
        services.AddDomain(nowhere);
        GraphModule.AddGraph(services);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<Schema>();
    }
}
