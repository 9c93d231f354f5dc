using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Planning;
using Platform.Api.Reading.Running;
using Platform.Api.Writing;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Conventions.Paging;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading;

/// <summary>Every declaration as an object type with its fields, and the fields of the root that find its rows.</summary>
internal sealed class ReadSchema
{
    private const string Node = "Node";
    private const int MostNodes = 50;

    private readonly SchemaBuilder _builder;
    private readonly ReadServices _services;
    private readonly PagingOptions _paging;
    private readonly ConnectionTypes _connections;
    private readonly ReadInputs _inputs;
    private readonly AggregateSchema _aggregates;

    public ReadSchema(SchemaBuilder builder, ReadServices services)
    {
        var limits = services.Limits;
        _builder = builder;
        _services = services;
        _paging = limits.Paging;
        _connections = new ConnectionTypes(builder);
        _inputs = new ReadInputs(builder, limits);
        _aggregates = new AggregateSchema(builder, _inputs, limits.Sorting);
    }

    public void Add()
    {
        var query = _builder.Object("Query");
        AddNodes(query);
        foreach (var type in _services.Model.Types)
        {
            AddType(type);
            AddRoots(query, type);
        }

        InputWords.Describe(_builder);
    }

    private void AddNodes(ObjectTypeConfiguration query)
    {
        var node = _builder.Interface(Node);
        node.Description = "Whatever has an id that is unique in the graph.";
        node.Field("id", "ID!").Description = "Unique in the graph; `node` finds the object by it.";
        var one = query.Field("node", Node);
        one.Description = "The object with this id.";
        one.Argument("id", "ID!").Description = "An id that the graph gave.";
        Start(one, new NodeResolver(_services, isList: false, most: 1));
        var many = query.Field("nodes", $"[{Node}]!");
        many.Description = "The objects with these ids, in their order; null where there is none.";
        many.Argument("ids", "[ID!]!").Description = $"At most {MostNodes} ids that the graph gave.";
        TypeAnnotations.Size(many, new ListSizeAttribute { AssumedSize = MostNodes });
        Start(many, new NodeResolver(_services, isList: true, MostNodes));

        // Who may read an object is asked when its type is known.
        one.Metadata.Set(AuthorizationRules.ForEverybody);
        many.Metadata.Set(AuthorizationRules.ForEverybody);
    }

    private void AddType(ReadType type)
    {
        var objects = _builder.Object(type.Name);
        objects.Description = type.Declared.Description ?? XmlDocumentation.Summary(type.Declared.Entity)
            ?? throw new InvalidOperationException($"{type.Name} has no description.");
        objects.Metadata.Set(AuthorizationRules.Of(new AuthorizeAttribute(type.Declared.Permission)));
        if (type.IsNode)
        {
            objects.Implement(Node);
        }

        foreach (var column in type.Columns)
        {
            AddColumn(objects, column);
        }

        foreach (var edge in type.Ones)
        {
            var field = objects.Field(edge.Name, edge.Target.Name + (edge.IsCertain ? "!" : ""));
            field.Description = edge.Description;
            Mean(field, new ReadField.One(edge));
        }

        foreach (var edge in type.Manys)
        {
            AddList(objects, type, edge);
        }

        foreach (var computed in type.Computations)
        {
            var shown = Nullable.GetUnderlyingType(computed.Declared.ValueType) ?? computed.Declared.ValueType;
            var field = objects.Field(computed.Declared.Name, shown.IsEnum ? shown.Name : CustomScalars.For(shown)!.Name);
            field.Description = computed.Declared.Description;
            field.Resolver = computed.Declared.Resolver;
            Mean(field, new ReadField.Computed(computed));
        }
    }

    private void AddColumn(ObjectTypeConfiguration objects, ReadColumn column)
    {
        // Whoever lacks a permission of its own gets null and an error there, and the rest of the row.
        var isNullable = column.IsNullable || column.Permission is not null;
        _ = column.EnumType is { } values ? Leaves.NameOf(values, _builder) : Leaves.NameOf(column.StoredType, _builder);
        var leaf = column.IsList ? $"[{column.GraphType}!]" : column.GraphType;
        var field = objects.Field(column.Name, leaf + (isNullable ? "" : "!"));
        field.Description = column.Description;
        Mean(field, new ReadField.Column(column));
        if (column.Permission is { } permission)
        {
            field.Metadata.Set(AuthorizationRules.Of(new AuthorizeAttribute(permission)));
        }
    }

    private void AddList(ObjectTypeConfiguration objects, ReadType type, ReadMany edge)
    {
        var field = objects.Field(edge.Name, Connection(edge.Target));
        field.Description = edge.Description;
        AddPage(field, edge.Target);
        var groups = objects.Field(edge.AggregateName);
        groups.Description = $"The same counted and summed: {edge.Description}";
        _aggregates.Shape(groups, edge.Target);
        Mean(groups, new ReadField.Aggregate(edge));
        Mean(field, new ReadField.Many(edge, new ReadList($"{type.Name}.{edge.Name}", _paging)));
        field.Metadata.Set(AuthorizationRules.Of(new AuthorizeAttribute(edge.Target.Declared.Permission)));
    }

    private void AddRoots(ObjectTypeConfiguration query, ReadType type)
    {
        var list = query.Field(type.Declared.Plural, Connection(type));
        list.Description = $"Pages of all rows the caller may see: {Summary(type)}";
        AddPage(list, type);
        Start(list, new ListResolver(_services, type, new ReadList($"Query.{type.Declared.Plural}", _paging)), type);
        var groups = query.Field(type.Declared.Plural + "Aggregate");
        groups.Description = $"Counts, sums and extremes of all rows the caller may see: {Summary(type)}";
        _aggregates.Shape(groups, type);
        Start(groups, new GroupResolver(_services, type), type);
        if (type.Declared.HasSegments)
        {
            AddSegment(query, type);
        }

        var name = char.ToLowerInvariant(type.Name[0]) + type.Name[1..];
        if (type.IsNode)
        {
            AddLookup(query, type, $"{name}ById", type.Id, "The one with this id, or null.");
        }

        foreach (var key in type.NaturalKeys)
        {
            AddLookup(
                query, type, $"{name}By{char.ToUpperInvariant(key.Name[0])}{key.Name[1..]}", key, $"The one with this {key.Name}, or null.");
        }
    }

    private void AddSegment(ObjectTypeConfiguration query, ReadType type)
    {
        var name = type.Declared.Plural + "Segment";
        var field = query.Field(name, _connections.Segment(Pascal(type.Declared.Plural), type.Name, _paging));
        field.Description = $"A stretch by skip and take, for tables with numbered pages: {Summary(type)}";
        field.Argument("skip", "Int").Description = "How many to leave out.";
        field.Argument("take", "Int").Description = "How many to give.";
        _inputs.AddWhereAndOrder(field, type);
        TypeAnnotations.Size(field, PagingFields.SegmentSize(_paging));
        Start(field, new ListResolver(_services, type, new ReadList($"Query.{name}", _paging)), type);
    }

    private void AddLookup(ObjectTypeConfiguration query, ReadType type, string name, ReadColumn key, string description)
    {
        var field = query.Field(name, type.Name);
        field.Description = description;
        field.Argument(key.Name, key.GraphType + "!").Description = key.Description;
        Start(field, new LookupResolver(_services, type, key), type);
    }

    private string Connection(ReadType type) => _connections.Connection(Pascal(type.Declared.Plural), type.Name, _paging);

    private void AddPage(FieldConfiguration field, ReadType type)
    {
        PagingFields.AddArguments(field, _paging);
        _inputs.AddWhereAndOrder(field, type);
        TypeAnnotations.Size(field, PagingFields.Size(_paging));
    }

    private static void Start(FieldConfiguration field, GraphQL.Execution.Resolvers.PlannedResolver resolver, ReadType type)
    {
        Start(field, resolver);
        field.Metadata.Set(AuthorizationRules.Of(new AuthorizeAttribute(type.Declared.Permission)));
    }

    internal static void Start(FieldConfiguration field, GraphQL.Execution.Resolvers.PlannedResolver resolver)
    {
        field.Resolver = resolver;
        Mean(field, new ReadField.Start());
    }

    private static void Mean(FieldConfiguration field, ReadField meaning) => field.Metadata.Set(meaning);

    private static string Summary(ReadType type) =>
        type.Declared.Description ?? XmlDocumentation.Summary(type.Declared.Entity) ?? "";

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
