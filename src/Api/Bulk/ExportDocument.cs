using System.Text.Json;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Bulk;

/// <summary>
/// A query as a sequence of rows: the nodes of a connection, page by page; the elements of a list; or one object. Of a
/// connection the job chooses the page; what the document says about pages is left out.
/// </summary>
internal sealed class ExportDocument
{
    private const string First = "bulkFirst";
    private const string After = "bulkAfter";
    private const string Page = "bulkPage";
    private const int MostRows = 500;

    private static readonly string[] _ofPages = ["first", "after", "last", "before"];

    private readonly string _root;
    private readonly string[] _path;

    private ExportDocument(SingleRoot root, ReadOnlyMemory<byte> text, string[] path, bool isPaged, CompositeType rowType, SelectionSetNode row)
    {
        _root = root.Field.ResponseName;
        _path = path;
        Text = text;
        IsPaged = isPaged;
        LargestPage = Math.Min(MostRows, root.Definition.ListSize?.AssumedSize ?? MostRows);
        RowType = rowType;
        Row = row;
        Fragments = root.Document.Definitions.OfType<FragmentDefinitionNode>()
            .ToDictionary(fragment => fragment.Name.Value, StringComparer.Ordinal);
    }

    public ReadOnlyMemory<byte> Text { get; }

    public bool IsPaged { get; }

    /// <summary>No more rows than the list gives at once.</summary>
    public int LargestPage { get; }

    public CompositeType RowType { get; }

    /// <summary>What is selected of each row.</summary>
    public SelectionSetNode Row { get; }

    public IReadOnlyDictionary<string, FragmentDefinitionNode> Fragments { get; }

    public static ExportDocument Of(Schema schema, string text)
    {
        var root = SingleRoot.Of(schema, text, OperationType.Query);
        if (root.Definition.Type.Named is not CompositeType type || root.Field.SelectionSet is not { } selected)
        {
            throw new UnusableDocument($"`{root.Definition.Name}` gives no rows.");
        }

        var isPaged = root.Definition.Arguments.Find("first") is not null && type is ObjectType connection
            && connection.Fields.Find("nodes") is not null && connection.Fields.Find("pageInfo") is not null;
        return isPaged
            ? Paged(root, (ObjectType)type, selected)
            : new ExportDocument(root, root.With(root.Field), [], isPaged: false, type, selected);
    }

    /// <summary>The variables of one page.</summary>
    public JsonElement Variables(string? given, int size, string? after)
    {
        var variables = given is null ? [] : System.Text.Json.Nodes.JsonNode.Parse(given)!.AsObject();
        if (IsPaged)
        {
            variables[First] = size;
            variables[After] = after;
        }

        return JsonSerializer.SerializeToElement(variables);
    }

    public IEnumerable<JsonElement> Rows(JsonElement data)
    {
        var found = data.GetProperty(_root);
        if (found.ValueKind == JsonValueKind.Object && _path.Length > 0)
        {
            found = found.GetProperty(_path[0]);
        }

        var rows = found.ValueKind switch
        {
            JsonValueKind.Array => found.EnumerateArray().AsEnumerable(),
            JsonValueKind.Null => [],
            _ => [found],
        };
        return _path.Length == 2 ? rows.Select(edge => edge.GetProperty(_path[1])) : rows;
    }

    /// <summary>Where the next page begins; null when there is none.</summary>
    public string? Next(JsonElement data) =>
        IsPaged && data.GetProperty(_root) is { ValueKind: JsonValueKind.Object } connection
            && connection.GetProperty(Page) is { } page && page.GetProperty("hasNextPage").GetBoolean()
            ? page.GetProperty("endCursor").GetString()
            : null;

    private static ExportDocument Paged(SingleRoot root, ObjectType connection, SelectionSetNode selected)
    {
        var rows = selected.Selections.OfType<FieldNode>().Where(field => field.Name.Value is "nodes" or "edges").ToList();
        if (rows is not [{ Directives.IsEmpty: true } list])
        {
            throw new UnusableDocument("Select either `nodes` or `edges { node }` of the connection, once and directly.");
        }

        var path = new List<string> { list.ResponseName };
        var row = list;
        var type = connection.Fields.Find(list.Name.Value)!.Type.Named;
        if (list.Name.Value == "edges")
        {
            if (list.SelectionSet!.Selections.OfType<FieldNode>().Where(field => field.Name.Value == "node").ToList() is not [var node])
            {
                throw new UnusableDocument("Select `node` of the edges, once and directly.");
            }

            (row, type) = (node, ((ObjectType)type).Fields.Find("node")!.Type.Named);
            path.Add(node.ResponseName);
        }

        // Only rows are asked for: a total or a cursor beside them would be counted anew for every page.
        var bare = new FieldNode(root.Field.Name) { Alias = root.Field.Alias, SelectionSet = new SelectionSetNode([list]) };
        var paged = SingleRoot.Copy(
            bare,
            root.Field.Arguments.Where(argument => !_ofPages.Contains(argument.Name.Value, StringComparer.Ordinal))
                .Append(SingleRoot.Argument("first", First)).Append(SingleRoot.Argument("after", After)),
            SingleRoot.Selections($"{{ {Page}: pageInfo {{ hasNextPage endCursor }} }}"));
        var used = VariablesIn(paged, root.Document).ToHashSet(StringComparer.Ordinal);
        var operation = new OperationDefinitionNode(OperationType.Query, root.Operation.Name, root.Operation.SelectionSet)
        {
            VariableDefinitions = [.. root.Operation.VariableDefinitions.Where(one => used.Contains(one.Variable.Name.Value))],
        };
        var document = new DocumentNode([.. root.Document.Definitions.Select(one => one == root.Operation ? operation : one)]);
        var pruned = root with { Document = document, Operation = operation };
        var text = pruned.With(paged, SingleRoot.Variable(First, "Int!"), SingleRoot.Variable(After, "String"));
        return new ExportDocument(root, text, [.. path], isPaged: true, (CompositeType)type, row.SelectionSet!);
    }

    /// <summary>A variable that only chose the page is no longer used, and an unused variable is an error.</summary>
    private static IEnumerable<string> VariablesIn(FieldNode field, DocumentNode document)
    {
        var text = field + string.Concat(document.Definitions.OfType<FragmentDefinitionNode>().Select(fragment => fragment.ToString()));
        return System.Text.RegularExpressions.Regex
            .Matches(text, @"\$(?<name>\w+)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => match.Groups["name"].Value);
    }
}
