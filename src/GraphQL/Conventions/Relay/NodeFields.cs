using System.Reflection;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Conventions.Resolvers;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Relay;

/// <summary>The interface <c>Node</c>, the fields <c>node</c> and <c>nodes</c>, and the <c>id</c> of those who have it.</summary>
internal static class NodeFields
{
    private const string Node = "Node";

    /// <summary>A method that finds an object by its raw id makes the object's type a node.</summary>
    public static void Register(MethodInfo method, ReadingContext context)
    {
        var result = ClrShape.OfResult(method).Type;
        var name = context.Catalog.OutputName(result, method);
        var id = Array.Find(method.GetParameters(), parameter =>
            string.Equals(parameter.Name, "id", StringComparison.OrdinalIgnoreCase));
        if (!method.IsStatic || id is null)
        {
            context.Errors.Add(
                method, "it cannot be a node resolver.", "Make it static, with a parameter `id` and the node as its result.");
            return;
        }

        // The id is an argument like any other, of a field that is nowhere in the schema.
        var holder = new ObjectHolder().Field;
        var draft = new FieldDraft(holder, method, parentType: null, ClrShape.OfResult(method)) { NodeId = id };
        context.Nodes.Add(new NodeType(
            name, id.ParameterType, ResolverCompiler.Single(method, target: null, new ParameterBinder(draft, context))));
    }

    /// <summary>Adds the fields in front of all others.</summary>
    public static void Add(ObjectTypeConfiguration query, ReadingContext context)
    {
        var type = context.Builder.Interface(Node);
        type.Description = "The node interface is implemented by entities that have a global unique identifier.";
        type.Field("id", "ID!");

        var node = query.Field("node", Node);
        node.Description = "Fetches an object given its ID.";
        node.Argument("id", "ID!").Description = "ID of the object.";
        Finish(node, context, (field, ct) => FindAsync((string)field.Arguments[0]!, field, context.Nodes, ct));

        var nodes = query.Field("nodes", $"[{Node}]!");
        nodes.Description = "Lookup nodes by a list of IDs.";
        nodes.Argument("ids", "[ID!]!").Description = "The list of node IDs.";
        var most = context.Settings.Options.MaxAllowedNodeBatchSize;
        TypeAnnotations.Size(nodes, new ListSizeAttribute { AssumedSize = most });
        Finish(nodes, context, (field, ct) => FindAllAsync(field, context.Nodes, most, ct));
    }

    /// <summary>The type's <c>id</c> becomes unique in the schema.</summary>
    public static void Identify(Type type, ObjectTypeConfiguration configuration, BuildErrors errors)
    {
        var name = type.Mark<NodeAttribute>()?.IdField ?? "Id";
        if (type.GetProperty(name) is not { } property)
        {
            errors.Add(type, $"a node needs a property {name}.", "Name the property of its id by [Node(IdField = …)].");
            return;
        }

        configuration.Implement(Node);
        var id = configuration.Field("id", "ID!");
        id.Resolver = NodeIds.Writing(property, type, configuration.Name);
    }

    private static void Finish(
        FieldConfiguration field, ReadingContext context, Func<FieldContext, CancellationToken, ValueTask<object?>> resolve)
    {
        TypeAnnotations.Weigh(field, context.Settings.Options.AsyncResolverCost);
        field.Metadata.Set(GeneratedType.Instance);
        field.Resolver = SingleResolver.From((_, context, ct) => resolve(context, ct));
    }

    private static async ValueTask<object?> FindAllAsync(
        FieldContext field, NodeRegistry nodes, int most, CancellationToken ct)
    {
        var ids = (object?[])field.Arguments[0]!;
        if (ids.Length > most)
        {
            throw NodeRegistry.Refused(
                $"The maximum number of nodes that can be requested at once is {most}.", ErrorCodes.TooManyNodes);
        }

        // All are asked before any is awaited, so that loaders see all their keys; one failure is one node's.
        var finding = Array.ConvertAll(ids, id => FindOneAsync((string)id!, field, nodes, ct));
        return await Task.WhenAll(finding);
    }

    private static async Task<object?> FindOneAsync(string id, FieldContext field, NodeRegistry nodes, CancellationToken ct)
    {
        try
        {
            return await FindAsync(id, field, nodes, ct);
        }
        catch (GraphQLException exception)
        {
            return new FieldFailure(exception.Errors);
        }
    }

    private static async ValueTask<object?> FindAsync(
        string id, FieldContext field, NodeRegistry nodes, CancellationToken ct)
    {
        if (!NodeIdFormat.TryRead(id, out var typeName, out var raw))
        {
            throw NodeRegistry.Refused("The id has not the format of an id of this schema.", ErrorCodes.BadId);
        }

        // An unknown type, a foreign object and an absent one look the same (G-40, G-41).
        var value = nodes.Find(typeName) is { } type && NodeIdFormat.Value(raw, type.IdType) is { } key
            ? await type.Find(key, field, ct)
            : null;
        return value ?? throw NodeRegistry.Refused("No object has this id.", ErrorCodes.NodeNotFound);
    }

    private sealed class ObjectHolder
    {
        public FieldConfiguration Field { get; } = new SchemaBuilder().Object("Node").Field("node");
    }
}
