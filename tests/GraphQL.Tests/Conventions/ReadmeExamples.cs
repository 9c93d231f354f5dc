using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Conventions;

namespace Platform.Tests.GraphQL.Conventions;

/// <summary>The examples of src/GraphQL/README.md.</summary>
public sealed class ReadmeExamples
{
    [Fact]
    public async Task The_examples_of_the_readme_run()
    {
        await using var server = new ConventionServer(graph => graph
            .AddTypes(typeof(ShelfQueries), typeof(ShelfNode), typeof(ShelfMutations))
            .AddMutationConventions()
            .AddGlobalObjectIdentification()
            .ModifyPagingOptions(options => options with { MaxPageSize = 50 }));
        server.Registrations.AddSingleton<ShelfStore>();

        (await server.Data("""{ shelves(first: 1, where: { name: { startsWith: "B" } }) { nodes { name height boxCount } } }""")).GetRawText()
            .ShouldBe("""{"shelves":{"nodes":[{"name":"B","height":null,"boxCount":1}]}}""");
        (await server.Data("""mutation { putBox(input: { shelfId: 1 }) { shelf { id } errors { ... on Error { code } } } }""")).GetRawText()
            .ShouldBe("""{"putBox":{"shelf":{"id":"U2hlbGY6MQ=="},"errors":null}}""");
        (await server.Data("""mutation { putBox(input: { shelfId: 2 }) { shelf { id } errors { ... on Error { code } } } }""")).GetRawText()
            .ShouldBe("""{"putBox":{"shelf":null,"errors":[{"code":"SHELF_IS_FULL"}]}}""");
    }

    [Fact]
    public void Every_example_of_the_readme_is_in_this_file()
    {
        var here = File.ReadAllText(Path.ChangeExtension(Snapshot.Beside("ReadmeExamples"), ".cs"));
        var readme = File.ReadAllText(Snapshot.Beside("../../../src/GraphQL/README.md"));
        var examples = readme.Split("```csharp\n").Skip(1).Select(part => part.Split("```")[0]).Where(part => !part.StartsWith("services.", StringComparison.Ordinal));
        foreach (var line in examples.SelectMany(example => example.Split('\n')).Select(line => line.Trim()).Where(line => line.Length > 2))
        {
            here.ShouldContain(line);
        }
    }
}

public sealed record Shelf(int Id, string Name, int? Height);

public sealed class ShelfIsFullException(int shelf) : Exception($"Shelf {shelf} is full.")
{
    public int Shelf => shelf;
}

public sealed class ShelfStore
{
    public IReadOnlyList<Shelf> All { get; } = [new(1, "A", 180), new(2, "B", null)];

    public Shelf? Find(int id) => All.FirstOrDefault(shelf => shelf.Id == id);

    public int BoxesOn(int shelf) => All.Count(other => other.Id < shelf);

    public Shelf Put(int shelf) => BoxesOn(shelf) == 0 ? All[shelf - 1] : throw new ShelfIsFullException(shelf);
}

[QueryType]
public static class ShelfQueries
{
    [UsePaging, UseFiltering, UseSorting]
    public static IEnumerable<Shelf> GetShelves(ShelfStore store) => store.All;
}

[ObjectType<Shelf>]
public static class ShelfNode
{
    [BatchResolver]
    public static IReadOnlyList<int> GetBoxCount([Parent] IReadOnlyList<Shelf> shelves, ShelfStore store) =>
        [.. shelves.Select(shelf => store.BoxesOn(shelf.Id))];

    [NodeResolver]
    public static Shelf? GetShelf(int id, ShelfStore store) => store.Find(id);
}

[MutationType]
public static class ShelfMutations
{
    [Error<ShelfIsFullException>]
    public static Shelf PutBox(int shelfId, ShelfStore store) => store.Put(shelfId);
}
