using System.Text.Json;
using Platform.Api.Reading.Declaring;

namespace Platform.Tests.Api.Access.Walking;

/// <summary>Every way by which a query reaches rows of a type, made of the declarations: a new type is walked by itself.</summary>
internal static class ReadWays
{
    public static IEnumerable<string> To(ReadType type, IReadOnlyList<string> foreign)
    {
        foreach (var query in Lists(type).Concat(Aggregates(type)).Concat(BelowRows(type)))
        {
            yield return query;
        }

        if (foreign.Count == 0)
        {
            yield break;
        }

        var columns = Columns(type);
        var ids = string.Join(", ", foreign.Take(20).Select(id => $"\"{id}\""));
        yield return $"{{ nodes(ids: [{ids}]) {{ id ... on {type.Name} {{ {columns} }} }} }}";
        yield return $"{{ node(id: \"{foreign[0]}\") {{ id ... on {type.Name} {{ {columns} }} }} }}";
        yield return $"{{ {Camel(type.Name)}ById(id: \"{foreign[0]}\") {{ {columns} }} }}";
    }

    /// <summary>Counts: by the list, by the aggregate, and by the sum of the groups of every edge.</summary>
    public static string Count(ReadType type) =>
        $"{{ list: {type.Declared.Plural}(first: 1) {{ totalCount }} all: {type.Declared.Plural}Aggregate {{ count }} }}";

    public static IEnumerable<(string Edge, string Query)> Groups(ReadType type) => type.Ones.Select(edge => (
        edge.Name,
        $"{{ {type.Declared.Plural}Aggregate(first: 500, groupBy: [{Key(edge)}]) {{ count key {{ {edge.Name} {{ {IdOf(edge.Target)} }} }} }} }}"));

    /// <summary>Filters that would tell of a foreign row by what they find: rows that point at it, rows it has.</summary>
    public static IEnumerable<string> Oracles(ReadType type, IReadOnlyDictionary<string, IReadOnlyList<string>> foreign)
    {
        foreach (var edge in type.Ones)
        {
            if (foreign.GetValueOrDefault(edge.Target.Name) is [_, ..] ids)
            {
                var some = string.Join(", ", ids.Take(20).Select(id => $"\"{id}\""));
                yield return $"{{ {type.Declared.Plural}(first: 1, where: {{ {edge.Name}: {{ id: {{ in: [{some}] }} }} }}) {{ totalCount }} }}";
            }
        }

        foreach (var edge in type.Manys)
        {
            if (foreign.GetValueOrDefault(edge.Target.Name) is [_, ..] ids)
            {
                var some = string.Join(", ", ids.Take(20).Select(id => $"\"{id}\""));
                yield return $"{{ {type.Declared.Plural}(first: 1, where: {{ {edge.Name}: {{ some: {{ id: {{ in: [{some}] }} }} }} }}) {{ totalCount }} }}";
            }
        }
    }

    private static IEnumerable<string> Lists(ReadType type)
    {
        var own = type.IsNode ? "id" : "__typename";
        yield return $"{{ {type.Declared.Plural}(first: 100) {{ totalCount nodes {{ {own} {Columns(type)} }} }} }}";
        if (type.Declared.HasSegments)
        {
            yield return $"{{ {type.Declared.Plural}Segment(take: 100) {{ totalCount items {{ {own} {Columns(type)} }} }} }}";
        }
    }

    private static IEnumerable<string> Aggregates(ReadType type)
    {
        foreach (var (_, query) in Groups(type))
        {
            yield return query;
        }
    }

    private static IEnumerable<string> BelowRows(ReadType type)
    {
        foreach (var one in type.Ones)
        {
            yield return $"{{ {type.Declared.Plural}(first: 40) {{ nodes {{ {one.Name} {{ {IdOf(one.Target)} {Edges(one.Target)} }} }} }} }}";
        }

        foreach (var many in type.Manys)
        {
            var row = $"{{ {type.Declared.Plural}(first: 20) {{ nodes {{ ";
            yield return $"{row}{many.Name}(first: 20) {{ totalCount nodes {{ {IdOf(many.Target)} }} }} }} }} }}";
            foreach (var edge in many.Target.Ones.Take(2))
            {
                yield return $"{row}{many.AggregateName}(groupBy: [{Key(edge)}]) {{ count key {{ {edge.Name} {{ {IdOf(edge.Target)} }} }} }} }} }} }}";
            }
        }
    }

    private static string Columns(ReadType type) => string.Join(' ', type.Columns.Select(column => column.Name));

    private static string IdOf(ReadType type) => type.IsNode ? "id" : "__typename";

    private static string Edges(ReadType type) => string.Join(' ', type.Ones.Select(one => $"{one.Name} {{ {IdOf(one.Target)} }}"));

    private static string Key(ReadOne edge) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(edge.Name);

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
