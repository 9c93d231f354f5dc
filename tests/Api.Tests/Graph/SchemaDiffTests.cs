using System.Text.Json.Nodes;
using Platform.Api.Graph;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;
using Platform.GraphQL.TypeSystem.Changes;
using Platform.Tests.Support;
using Platform.Tests.Wire;

namespace Platform.Tests.Api.Graph;

/// <summary>What `schema diff` says of changes to the schema as served, beside what npm `graphql` says of the same two documents.</summary>
public sealed class SchemaDiffTests(ReferenceImplementation reference) : IClassFixture<ReferenceImplementation>
{
    private const int Edits = 40;

    [ReferenceFact]
    public void Breaking_and_dangerous_changes_are_those_of_the_reference()
    {
        var (served, text) = Served();
        var kinds = new HashSet<ChangeKind>();
        for (var seed = 1; seed <= 5; seed++)
        {
            var newer = Valid(served, seed);
            var changes = SchemaChanges.Between(Schema.FromSdl(text), Schema.FromSdl(newer));

            Compare(changes.Select(change => (change.Severity.ToString(), change.Description)), text, newer, seed);
            kinds.UnionWith(changes.Select(change => change.Kind));
        }

        // It looked at something: every way in which the generator changes a schema occurred.
        kinds.ShouldBeSubsetOf(Enum.GetValues<ChangeKind>());
        new[]
        {
            ChangeKind.FieldRemoved, ChangeKind.FieldChangedKind, ChangeKind.RequiredArgAdded, ChangeKind.OptionalArgAdded,
            ChangeKind.RequiredInputFieldAdded, ChangeKind.OptionalInputFieldAdded, ChangeKind.ValueRemovedFromEnum, ChangeKind.ValueAddedToEnum,
            ChangeKind.TypeRemovedFromUnion, ChangeKind.ImplementedInterfaceRemoved, ChangeKind.TypeAdded,
        }.ShouldBeSubsetOf(kinds);
    }

    [ReferenceFact]
    public async Task The_verb_says_so_too_and_fails_when_told_to()
    {
        var (served, text) = Served();
        var older = Valid(served, seed: 7);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, older);
            var (code, output, errors) = await HostProcess.RunAsync(
                new Dictionary<string, string?>(StringComparer.Ordinal), "schema", "diff", file, "--fail-on", "breaking");

            errors.ShouldBeEmpty();
            code.ShouldBe(1);
            Compare(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2)).Select(line => (line[0], line[1])), older, text, seed: 7);

            await File.WriteAllTextAsync(file, text);
            (await HostProcess.RunAsync(new Dictionary<string, string?>(StringComparer.Ordinal), "schema", "diff", file, "--fail-on", "safe")).ShouldBe((0, "", ""));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private void Compare(IEnumerable<(string Severity, string Description)> ours, string older, string newer, int seed)
    {
        var theirs = reference.Ask("diff", ("older", older), ("newer", newer));
        var all = ours.ToList();
        foreach (var severity in new[] { "breaking", "dangerous" })
        {
            // Defaults are printed by the reference from values, here as written.
            all.Where(one => one.Severity.Equals(severity, StringComparison.OrdinalIgnoreCase)).Select(one => one.Description)
                .Where(text => !text.Contains("has changed defaultValue", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .ShouldBe(Told(theirs[severity]!), $"seed {seed}");
        }

        all.ShouldNotBeEmpty();
    }

    private static IEnumerable<string> Told(JsonNode changes) => changes.AsArray()
        .Select(change => change!.ToString().Split(": ", 2)[1])
        .Where(text => !text.Contains("has changed defaultValue", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>A schema that is one still: what an edit broke in itself is not what is asked here.</summary>
    private static string Valid(DocumentNode served, int seed)
    {
        for (var next = seed; ; next += 1_000)
        {
            var changed = new SchemaEdits(next).Change(served, Edits).ToString()!;
            if (new SchemaBuilder().AddDocument(changed).TryBuild(new List<Platform.GraphQL.Execution.GraphQLError>()) is not null)
            {
                return changed;
            }
        }
    }

    private static (DocumentNode Document, string Text) Served()
    {
        var text = SchemaVerb.Document();
        return (GraphQLDocument.ParseSchema(text), text);
    }
}
