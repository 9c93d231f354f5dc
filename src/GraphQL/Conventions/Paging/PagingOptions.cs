namespace Platform.GraphQL.Conventions;

/// <summary>How lists are cut into pages; <c>ModifyPagingOptions</c> changes it for the schema, attributes for a field.</summary>
public sealed record PagingOptions
{
    public int DefaultPageSize { get; init; } = 25;

    public int MaxPageSize { get; init; } = 100;

    /// <summary>Clients must say how many they want, by <c>first</c> or <c>last</c>.</summary>
    public bool RequirePagingBoundaries { get; init; } = true;

    public bool IncludeTotalCount { get; init; }

    public bool IncludeNodesField { get; init; } = true;

    /// <summary>Adds <c>last</c> and <c>before</c>.</summary>
    public bool AllowBackwardPagination { get; init; } = true;

    /// <summary>Adds cursors of the next and previous pages to <c>PageInfo</c>.</summary>
    public bool EnableRelativeCursors { get; init; }

    /// <summary><c>items</c> makes <c>ItemsConnection</c>; otherwise the type of its items names a connection.</summary>
    public bool InferConnectionNameFromField { get; init; } = true;

    /// <summary>Signs cursors, so that nobody can make one up. Nodes behind one address need the same key.</summary>
    public byte[]? CursorKey { get; init; }
}
