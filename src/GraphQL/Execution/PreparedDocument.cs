using Platform.GraphQL.Language;
using Platform.GraphQL.Limits;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Execution;

/// <summary>A parsed and valid document with its operations ready to be compiled.</summary>
internal sealed class PreparedDocument
{
    private readonly Dictionary<string, PreparedOperation> _byName = new(StringComparer.Ordinal);

    public PreparedDocument(Schema schema, DocumentNode document, string hash)
    {
        Hash = hash;
        var fragments = document.Definitions.OfType<FragmentDefinitionNode>()
            .ToDictionary(fragment => fragment.Name.Value, StringComparer.Ordinal);
        var operations = document.Definitions.OfType<OperationDefinitionNode>().ToList();
        foreach (var node in operations)
        {
            var operation = new PreparedOperation(schema, node, fragments, this);
            Only = operations.Count == 1 ? operation : null;
            _byName[node.Name?.Value ?? string.Empty] = operation;
        }

        HasOperations = operations.Count > 0;
    }

    /// <summary>The document's name in traces, as <c>sha256:…</c>.</summary>
    public string Hash { get; }

    public bool HasOperations { get; }

    private PreparedOperation? Only { get; }

    /// <summary>The first limit some operation exceeds; such a document is not kept.</summary>
    public GraphQLError? Measure(GraphQLLimits limits)
    {
        foreach (var operation in _byName.Values)
        {
            if (operation.Measure(limits) is { } exceeded)
            {
                return exceeded;
            }
        }

        return null;
    }

    /// <summary>§6.1 Executing Requests: the operation of that name, or the only one.</summary>
    public PreparedOperation? Find(string? name, out GraphQLError? error)
    {
        error = null;
        if (string.IsNullOrEmpty(name))
        {
            error = Only is not null ? null
                : HasOperations ? Refuse("Must provide operation name if query contains multiple operations.")
                : Refuse("Must provide an operation.");
            return Only;
        }

        if (_byName.TryGetValue(name, out var found))
        {
            return found;
        }

        error = Refuse($"Unknown operation named \"{Diagnostics.GraphQLDiagnostics.Clean(name)}\".");
        return null;
    }

    private static GraphQLError Refuse(string message) => new(message) { Code = ErrorCodes.OperationNotFound };
}
