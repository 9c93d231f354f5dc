using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Bulk;

/// <summary>
/// What the cells of comma-separated rows are: each column is a path into the variables of the mutation, such as
/// <c>input.identity.name</c>, or into its input alone: <c>identity.name</c>. A cell becomes what its type writes in JSON;
/// lists and whole objects stand in their cell as JSON, as exports write them.
/// </summary>
internal sealed class CellColumns
{
    private readonly ImportDocument _document;
    private readonly IReadOnlyList<Column?> _columns;

    private CellColumns(ImportDocument document, IReadOnlyList<Column?> columns, string? fault)
    {
        _document = document;
        _columns = columns;
        Fault = fault;
    }

    /// <summary>What is wrong with the columns; null when every one is part of the variables and stands there once.</summary>
    public string? Fault { get; }

    public static CellColumns Of(ImportDocument document, IReadOnlyList<string> names)
    {
        var columns = names.Select(name => Find(document, name)).ToList();
        var unknown = names.Where((_, at) => columns[at] is null).ToList();
        var twice = columns.OfType<Column>().GroupBy(column => string.Join('.', column.Path), StringComparer.Ordinal).Where(group => group.Count() > 1).ToList();
        var fault = unknown.Count > 0 ? $"The columns {string.Join(", ", unknown.Take(10).Select(name => $"`{name}`"))} are no part of the document's variables."
            : twice.Count > 0 ? $"The column `{twice[0].Key}` stands there more than once."
            : null;
        return new CellColumns(document, columns, fault);
    }

    /// <summary>The variables of a row; a cell that is empty says nothing. Null when there are not as many cells as columns.</summary>
    public JsonObject? Variables(IReadOnlyList<string?> cells)
    {
        if (cells.Count != _columns.Count)
        {
            return null;
        }

        var variables = new JsonObject();
        for (var at = 0; at < cells.Count; at++)
        {
            if (cells[at] is { } text && _columns[at] is { } column)
            {
                Put(variables, column.Path, Value(column.Type, text));
            }
        }

        foreach (var (name, type) in _document.Variables)
        {
            Complete(variables, name, type);
        }

        return variables;
    }

    private static Column? Find(ImportDocument document, string name)
    {
        var path = name.Trim().Split('.');
        return Follow(document.Variables, path) is { } type ? new Column(path, type)
            : document is { Variable: { } variable } && Follow(document.Variables, [variable, .. path]) is { } inside ? new Column([variable, .. path], inside)
            : null;
    }

    private static GraphQLType? Follow(IReadOnlyDictionary<string, GraphQLType> variables, string[] path)
    {
        var type = variables.GetValueOrDefault(path[0]);
        foreach (var name in path.Skip(1))
        {
            type = Inner(type) is InputObjectType input ? input.Fields.Find(name)?.Type : null;
        }

        return type;
    }

    private static void Put(JsonObject root, string[] path, JsonNode? value)
    {
        var holder = root;
        foreach (var name in path.AsSpan(0, path.Length - 1))
        {
            if (holder[name] is not JsonObject inner)
            {
                holder[name] = inner = [];
            }

            holder = inner;
        }

        holder[path[^1]] = value;
    }

    /// <summary>Objects that must be there and whose every part may be left out need no column.</summary>
    private static void Complete(JsonObject holder, string name, GraphQLType type)
    {
        if (!holder.ContainsKey(name) && type is NonNullType && Inner(type) is InputObjectType)
        {
            holder[name] = new JsonObject();
        }

        if (holder[name] is JsonObject there && Inner(type) is InputObjectType input)
        {
            foreach (var field in input.Fields.Where(field => !field.HasDefault))
            {
                Complete(there, field.Name, field.Type);
            }
        }
    }

    /// <summary>What does not read as its type is handed on as the text it is: the graph refuses it, and says why.</summary>
    private static JsonNode? Value(GraphQLType type, string text) => Inner(type) switch
    {
        InputObjectType or ListType => Parsed(text) ?? text,
        ScalarType { Name: "String" or "ID" } => SpreadsheetTexts.Unguard(text),
        ScalarType => Parsed(text) is JsonValue value && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? value
            : Parsed(text) as JsonObject as JsonNode ?? SpreadsheetTexts.Unguard(text),
        _ => text,
    };

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static GraphQLType? Inner(GraphQLType? type) => type is NonNullType nonNull ? nonNull.Inner : type;

    private sealed record Column(string[] Path, GraphQLType Type);
}
