using System.Globalization;
using System.Text;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Introspection;

/// <summary>Answers `__search` and `__definitions`: a schema read in the parts a client needs, not as a whole.</summary>
internal sealed class SemanticAnswers(SchemaAnswers answers)
{
    private const int MostResults = 100;
    private const int MostCoordinates = 100;

    private readonly Lazy<SearchIndex> _index = new(() => new SearchIndex(answers.Schema));
    private readonly Lazy<PathsToRoot> _paths = new(() => new PathsToRoot(answers.Schema));

    public void AddTo(SchemaBuilder introspection)
    {
        var meta = introspection.Object(IntrospectionTypes.MetaFields);
        meta.Field("__search").Resolver = SingleResolver.From((_, field) => Search(field.Arguments));
        meta.Field("__definitions").Resolver = SingleResolver.From((_, field) => Find(field.Arguments));
        introspection.Union("__SchemaDefinition").ResolveType = TypeNameOf;

        var result = introspection.Object("__SearchResult");
        result.Field("cursor").Resolver = new PureResolver<SearchHit, string>(hit => CursorOf(hit.Rank));
        result.Field("coordinate").Resolver =
            new PureResolver<SearchHit, string>(hit => hit.Element.Coordinate.ToString());
        result.Field("definition").Resolver = new PureResolver<SearchHit, object?>(hit => DefinitionOf(hit.Element));
        result.Field("pathsToRoot").Resolver =
            new PureResolver<SearchHit, object?>(hit => _paths.Value.From(hit.Element));
        result.Field("score").Resolver = new PureResolver<SearchHit, double>(hit => Math.Round(hit.Score, 4));
    }

    private SearchHit[] Search(ArgumentValues arguments)
    {
        var first = Math.Clamp(arguments.Get<int>("first"), 0, MostResults);
        var after = arguments["after"] is string cursor ? RankOf(cursor) : 0;
        var least = arguments["minScore"] as double? ?? 0;
        return
        [
            .. _index.Value.Search((string)arguments["query"]!)
                .Where(hit => hit.Rank > after && hit.Score >= least)
                .Take(first),
        ];
    }

    private object[] Find(ArgumentValues arguments)
    {
        var coordinates = (object?[])arguments["coordinates"]!;
        return coordinates.Length <= MostCoordinates
            ? [.. coordinates.Select(coordinate => Find((string)coordinate!)).OfType<object>()]
            : throw new GraphQLException($"At most {MostCoordinates} coordinates may be asked for at once.");
    }

    private object? Find(string text)
    {
        try
        {
            return answers.Schema.Find(SchemaCoordinate.Parse(text)) is { } element ? DefinitionOf(element) : null;
        }
        catch (SyntaxException)
        {
            throw new GraphQLException($"\"{text}\" is no schema coordinate.");
        }
    }

    // The element of a type is the type itself to introspection.
    private object DefinitionOf(SchemaElement element) =>
        element is FieldDefinition or InputValueDefinition or EnumValueDefinition or DirectiveType
            ? element
            : answers.Schema.FindType(element.Name)!;

    private static string TypeNameOf(object definition) => definition switch
    {
        FieldDefinition => "__Field",
        InputValueDefinition => "__InputValue",
        EnumValueDefinition => "__EnumValue",
        DirectiveType => "__Directive",
        _ => "__Type",
    };

    private static string CursorOf(int rank) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(rank.ToString(CultureInfo.InvariantCulture)));

    private static int RankOf(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length) &&
            int.TryParse(bytes.AsSpan(0, length), NumberStyles.None, CultureInfo.InvariantCulture, out var rank)
                ? rank
                : throw new GraphQLException("The cursor is not one of this search.");
    }
}
