using System.Text;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Language;
using Platform.GraphQL.Response;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Execution.Compilation;

/// <summary>How the writer gets a selection's value.</summary>
internal enum SelectionForm
{
    /// <summary>The type's name: written together with the response name.</summary>
    Constant,

    /// <summary>A leaf read from the parent.</summary>
    Leaf,

    /// <summary>Objects or lists read from the parent, below which nothing needs resolving.</summary>
    Pure,

    /// <summary>A value the first pass put into a column.</summary>
    Stored,
}

/// <summary>A field of one concrete type as an operation selects it, with everything decided that can be decided before.</summary>
public sealed class Selection
{
    private readonly FieldNode[] _nodes;
    private IReadOnlyList<SourceLocation>? _locations;
    private object? _plan;

    internal Selection(ObjectType type, FieldDefinition field, FieldNode[] nodes, ChildSelections? children)
    {
        _nodes = nodes;
        DeclaringType = type;
        Field = field;
        Children = children;
        Resolver = field.Resolver ?? KeyedValueResolver.For(field.Name);
        ResponseName = nodes[0].ResponseName;
        NextName = Encoding.UTF8.GetBytes($",\"{ResponseName}\":");
        Shape = ShapeOf(field.Type);
        LeafWriter = field.Type.Named switch
        {
            ScalarType scalar => scalar.Format.Writer,
            EnumType names => names.Writer,
            _ => null,
        };
        Arguments = ArgumentPlan.For(field, nodes[0]);
        if (field.Name == "__typename")
        {
            Form = SelectionForm.Constant;
            NextName = [.. NextName, .. Encoding.UTF8.GetBytes($"\"{type.Name}\"")];
        }
        else if (Resolver is not PureResolver pure || (children?.HasStored ?? false))
        {
            Form = SelectionForm.Stored;
        }
        else if (LeafWriter is not null && Shape.Item is null)
        {
            Form = SelectionForm.Leaf;
            Leaf = pure.Bind(LeafWriter);
        }
        else
        {
            Form = SelectionForm.Pure;
        }

        FirstName = NextName[1..];
    }

    /// <summary>The key in the response: the alias or the field's name.</summary>
    public string ResponseName { get; }

    /// <summary>The key as JSON with its colon: <c>"name":</c>.</summary>
    public ReadOnlySpan<byte> JsonName => FirstName;

    public FieldDefinition Field { get; }

    /// <summary>The concrete type whose field this is.</summary>
    public ObjectType DeclaringType { get; }

    /// <summary>What is selected below; null for leaves.</summary>
    public ChildSelections? Children { get; }

    public IReadOnlyList<SourceLocation> Locations =>
        _locations ??= [.. _nodes.Select(node => node.Range.Location ?? default)];

    /// <summary>
    /// What a data layer made of this selection. It is kept with the compiled operation, so that a repeated document is
    /// planned once; two requests that come first together may both make it.
    /// </summary>
    public TPlan Plan<TPlan>(Func<Selection, TPlan> make) where TPlan : class
    {
        if (Volatile.Read(ref _plan) is TPlan known)
        {
            return known;
        }

        var made = make(this);
        Volatile.Write(ref _plan, made);
        return made;
    }

    internal IReadOnlyList<FieldNode> Nodes => _nodes;

    internal SelectionForm Form { get; }

    internal bool IsStored => Form == SelectionForm.Stored;

    /// <summary>The place in the frame's columns, for stored selections.</summary>
    internal int Column { get; set; } = -1;

    internal byte[] FirstName { get; }

    internal byte[] NextName { get; }

    internal FieldResolver Resolver { get; }

    internal ArgumentPlan Arguments { get; }

    internal ValueShape Shape { get; }

    internal LeafField? Leaf { get; }

    internal LeafWriter? LeafWriter { get; }

    internal StreamedList? Stream { get; init; }

    internal string Coordinate => $"{DeclaringType.Name}.{Field.Name}";

    private static ValueShape ShapeOf(GraphQLType type) => type switch
    {
        NonNullType nonNull => new ValueShape(true, (nonNull.Inner as ListType) is { } list ? ShapeOf(list.Item) : null),
        ListType list => new ValueShape(false, ShapeOf(list.Item)),
        _ => new ValueShape(false, null),
    };
}
