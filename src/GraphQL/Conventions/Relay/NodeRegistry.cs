using System.Reflection;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Execution;

namespace Platform.GraphQL.Conventions.Relay;

/// <summary>The types that can be found by an id, and how.</summary>
internal sealed class NodeRegistry
{
    private readonly Dictionary<string, NodeType> _types = new(StringComparer.Ordinal);

    public bool IsEmpty => _types.Count == 0;

    public IEnumerable<NodeType> Types => _types.Values;

    public void Add(NodeType type) => _types[type.Name] = type;

    public NodeType? Find(string typeName) => _types.GetValueOrDefault(typeName);

    /// <summary>Reads ids for an argument: of the declared type, or of any type where none is declared.</summary>
    public static Func<object, object?> Reading(Type type, IDAttribute id, TypeCatalog catalog, MemberInfo member)
    {
        var expected = id.TypeName ?? (id.Type is null ? null : catalog.OutputName(id.Type, member));
        return value =>
        {
            var text = (string)value;
            if (!NodeIdFormat.TryRead(text, out var typeName, out var raw))
            {
                throw Refused("The id has not the format of an id of this schema.", ErrorCodes.BadId);
            }

            if (expected is not null && typeName != expected)
            {
                throw Refused($"The id is not one of type `{expected}`.", ErrorCodes.BadId);
            }

            return NodeIdFormat.Value(raw, type)
                ?? throw Refused("The id has not the format of an id of its type.", ErrorCodes.BadId);
        };
    }

    public static GraphQLException Refused(string message, string code) =>
        new(new GraphQLError(message) { Code = code });
}

/// <summary>A type that can be found by its id.</summary>
/// <param name="Name">Its name in ids and in the schema.</param>
/// <param name="IdType">The C# type of its raw ids.</param>
/// <param name="Find">Gets one by its raw id.</param>
internal sealed record NodeType(string Name, Type IdType, FieldDelegate Find);
