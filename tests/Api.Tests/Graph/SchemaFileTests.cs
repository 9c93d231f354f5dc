using Platform.Api.Graph;

namespace Platform.Tests.Api.Graph;

public sealed class SchemaFileTests
{
    [Fact]
    public void The_committed_schema_is_the_one_that_is_served()
    {
        var committed = File.ReadAllText(Path.Combine(Root(), "src", "Api", "schema.graphql"));

        SchemaVerb.Document().ShouldBe(committed, "Look at the difference; if it is meant, run: ./platform schema write src/Api/schema.graphql");
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
