using System.Collections;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions;

/// <summary>
/// The types around pages. They read <see cref="Page"/> and <see cref="CollectionSegment"/> and nothing else, so that a
/// data layer may use them with pages of its own making, or write the same shape itself.
/// </summary>
public sealed class ConnectionTypes(SchemaBuilder builder)
{
    private const string CountText = "Identifies the total count of items in the connection.";

    /// <summary>`ItemsConnection` and `ItemsEdge` of a field `items`.</summary>
    /// <param name="name">The name without its ending.</param>
    /// <param name="item">The type of an item, with its null mark.</param>
    /// <param name="options">What the connection has.</param>
    public string Connection(string name, TypeReference item, PagingOptions options)
    {
        var connection = Generated(name + "Connection");
        connection.Description = "A connection to a list of items.";
        AddPageInfo(connection, options);
        AddEdges(connection, name);
        if (options.IncludeNodesField)
        {
            AddNodes(connection, item).Description = "A flattened list of the nodes.";
        }

        AddCount(connection, options);
        var edge = Generated(name + "Edge");
        edge.Description = "An edge in a connection.";
        AddCursor(edge);
        AddNode(edge, item);
        return connection.Name;
    }

    /// <summary>The same facts as HotChocolate prints them for a resolver that returns a page: another order of fields.</summary>
    public string PageConnection(string name, TypeReference item, PagingOptions options)
    {
        var connection = Generated(name + "Connection");
        connection.Description = "A connection to a list of items.";
        AddEdges(connection, name);
        AddNodes(connection, item).Description = "A flattened list of the nodes";
        AddPageInfo(connection, options);
        AddCount(connection, options);
        var edge = Generated(name + "Edge");
        AddNode(edge, item);
        AddCursor(edge);
        return connection.Name;
    }

    /// <summary>`ItemsCollectionSegment` of a field `items`.</summary>
    public string Segment(string name, TypeReference item, PagingOptions options)
    {
        var info = Generated("CollectionSegmentInfo");
        info.Description = "Information about the offset pagination.";
        Field<CollectionSegment, bool>(
            info, "hasNextPage", "Boolean!", segment => segment.HasNextPage,
            "Indicates whether more items exist following the set defined by the clients arguments.");
        Field<CollectionSegment, bool>(
            info, "hasPreviousPage", "Boolean!", segment => segment.HasPreviousPage,
            "Indicates whether more items exist prior the set defined by the clients arguments.");

        var type = Generated(name + "CollectionSegment");
        type.Description = "A segment of a collection.";
        Field<CollectionSegment, CollectionSegment>(
            type, "pageInfo", "CollectionSegmentInfo!", segment => segment, "Information to aid in pagination.");
        Field<CollectionSegment, IEnumerable>(
            type, "items", item.List(), segment => segment.Items, "A flattened list of the items.");
        if (options.IncludeTotalCount)
        {
            var count = type.Field("totalCount", "Int!");
            count.Resolver = SingleResolver.From(async (parent, _, ct) => await ((CollectionSegment)parent!).CountTotal!(ct));
            TypeAnnotations.Weigh(count, 10);
        }

        return type.Name;
    }

    private static void AddEdges(ObjectTypeConfiguration connection, string name) => Field<Page, IEnumerable<PageEdge>>(
        connection, "edges", $"[{name}Edge!]", page => page.Edges, "A list of edges.");

    private static FieldConfiguration AddNodes(ObjectTypeConfiguration connection, TypeReference item) =>
        Field<Page, IEnumerable>(connection, "nodes", item.List(), page => page.Nodes, "");

    private static void AddCursor(ObjectTypeConfiguration edge) => Field<PageEdge, string>(
        edge, "cursor", "String!", item => item.Cursor, "A cursor for use in pagination.");

    private static void AddNode(ObjectTypeConfiguration edge, TypeReference item) => Field<PageEdge, object?>(
        edge, "node", item, found => found.Node, "The item at the end of the edge.");

    private static void AddCount(ObjectTypeConfiguration connection, PagingOptions options)
    {
        if (!options.IncludeTotalCount)
        {
            return;
        }

        var count = connection.Field("totalCount", "Int!");
        count.Description = CountText;
        count.Resolver = SingleResolver.From(async (parent, _, ct) =>
            ((Page)parent!).CountTotal is { } total ? await total(ct) : null);
        TypeAnnotations.Weigh(count, 10);
    }

    private void AddPageInfo(ObjectTypeConfiguration connection, PagingOptions options)
    {
        Field<Page, Page>(connection, "pageInfo", "PageInfo!", page => page, "Information to aid in pagination.");
        var info = Generated("PageInfo");
        info.Description = "Information about pagination in a connection.";
        Field<Page, bool>(
            info, "hasNextPage", "Boolean!", page => page.HasNextPage,
            "Indicates whether more edges exist following the set defined by the clients arguments.");
        Field<Page, bool>(
            info, "hasPreviousPage", "Boolean!", page => page.HasPreviousPage,
            "Indicates whether more edges exist prior the set defined by the clients arguments.");
        Field<Page, string?>(
            info, "startCursor", "String", page => page.StartCursor, "When paginating backwards, the cursor to continue.");
        Field<Page, string?>(
            info, "endCursor", "String", page => page.EndCursor, "When paginating forwards, the cursor to continue.");
        if (options.EnableRelativeCursors)
        {
            AddPageCursors(info);
        }
    }

    private void AddPageCursors(ObjectTypeConfiguration info)
    {
        Field<Page, IEnumerable<PageCursor>>(
            info, "forwardCursors", "[PageCursor!]!", page => page.ForwardCursors,
            "A list of cursors to continue paginating forwards.");
        Field<Page, IEnumerable<PageCursor>>(
            info, "backwardCursors", "[PageCursor!]!", page => page.BackwardCursors,
            "A list of cursors to continue paginating backwards.");
        var cursor = Generated("PageCursor");
        cursor.Description = "A cursor that points to a specific page.";
        Field<PageCursor, int>(cursor, "page", "Int!", item => item.Page, "The page number.");
        Field<PageCursor, string>(cursor, "cursor", "String!", item => item.Cursor, "The cursor.");
    }

    private ObjectTypeConfiguration Generated(string name)
    {
        var type = builder.Object(name);
        type.Metadata.Set(GeneratedType.Instance);
        return type;
    }

    private static FieldConfiguration Field<TParent, TValue>(
        ObjectTypeConfiguration owner, string name, TypeReference type, Func<TParent, TValue> read, string description)
    {
        var field = owner.Field(name, type);
        field.Description = description;
        field.Resolver = new PureResolver<TParent, TValue>(read);
        return field;
    }
}

/// <summary>Marks types that a convention made around others: who may read them is decided at the field that gives them.</summary>
public sealed class GeneratedType
{
    public static readonly GeneratedType Instance = new();

    private GeneratedType()
    {
    }
}
