using System.CommandLine;
using Platform.Api.Hosting.CommandLine;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Graph;

/// <summary>The schema as a document, without a database or a server.</summary>
internal sealed class SchemaVerb : IVerb
{
    public Command Build()
    {
        var print = new Command("print", "Prints the schema document.");
        print.SetAction(async (_, ct) =>
        {
            await Console.Out.WriteAsync(Document().AsMemory(), ct);
            return ExitCode.Ok;
        });

        var file = new Argument<FileInfo>("file") { Description = "Where to; src/Api/schema.graphql is the committed one." };
        var write = new Command("write", "Writes the schema document to a file.") { file };
        write.SetAction(async (call, ct) =>
        {
            await File.WriteAllTextAsync(call.GetValue(file)!.FullName, Document(), ct);
            return ExitCode.Ok;
        });
        return new Command("schema", "The GraphQL schema as a document.") { print, write };
    }

    public static string Document()
    {
        // Services are told from inputs by being registered; nothing connects until it is asked.
        using var nowhere = DatabaseAccess.AsApplication("Host=nowhere");
        var services = new ServiceCollection();
        services.AddDomain(nowhere);
        GraphModule.AddGraph(services);
        using var provider = services.BuildServiceProvider();
        return SchemaPrinter.Print(provider.GetRequiredService<Schema>());
    }
}
