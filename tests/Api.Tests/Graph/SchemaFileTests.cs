using Platform.Api.Graph;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Graph;

public sealed class SchemaFileTests
{
    [Fact]
    public void The_committed_schema_is_the_one_that_is_served()
    {
        var committed = File.ReadAllText(Path.Combine(Root(), "src", "Api", "schema.graphql"));

        SchemaVerb.Document().ShouldBe(committed, "Look at the difference; if it is meant, run: ./platform schema write src/Api/schema.graphql");
    }

    [Fact]
    public async Task A_field_that_clients_use_cannot_go_unnoticed()
    {
        var older = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            older, SchemaVerb.Document().Replace("type Service {", "type Service {\n  gone: String", StringComparison.Ordinal));
        try
        {
            var nothing = new Dictionary<string, string?>(StringComparer.Ordinal);

            var seen = await HostProcess.RunAsync(nothing, "schema", "diff", older);
            var failed = await HostProcess.RunAsync(nothing, "schema", "diff", older, "--fail-on", "breaking");

            (seen.Code, seen.Output.Trim()).ShouldBe((0, "breaking: Service.gone was removed."));
            failed.Code.ShouldBe(1);
            (await HostProcess.RunAsync(nothing, "schema", "diff", older + ".none")).Code.ShouldBe(2);
        }
        finally
        {
            File.Delete(older);
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
