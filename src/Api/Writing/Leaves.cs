using Platform.GraphQL.Conventions;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Execution;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Writing;

/// <summary>Scalars and enumerations, whose values are the same in both directions.</summary>
internal static class Leaves
{
    /// <summary>The name of the leaf type of a C# type, which is put into the schema; null when it is none.</summary>
    public static string? NameOf(Type type, SchemaBuilder schema)
    {
        if (type.IsEnum)
        {
            return Enumeration(type, schema);
        }

        if (CustomScalars.For(type) is not { } format)
        {
            return null;
        }

        if (!CustomScalars.IsSpecified(format.Name))
        {
            schema.Scalar(format.Name);
        }

        return format.Name;
    }

    private static string Enumeration(Type type, SchemaBuilder schema)
    {
        // Classes that are read before may have brought it along, without the words that are missing.
        if (schema.FindType(type.Name) is { } known && known.RuntimeType != type)
        {
            throw new InvalidOperationException($"{type.FullName} cannot be the enumeration {type.Name}: the name is taken.");
        }

        var configured = schema.Enum(type.Name);
        configured.RuntimeType = type;
        configured.Description ??= XmlDocumentation.Summary(type) ?? Glossary.OfType(type);
        foreach (var field in type.GetFields().Where(field => field.IsStatic))
        {
            var value = configured.Value(GraphWords.EnumValue(field.Name), field.GetValue(null)!);
            value.Description ??= XmlDocumentation.Summary(field) ?? GraphWords.Sentence(field.Name);
        }

        return type.Name;
    }
}

/// <summary>Ids on the wire: of one schema-wide format, and checked to be of the right record.</summary>
internal static class WireIds
{
    public static string Write(string record, Guid id) => NodeIdFormat.Write(record, id);

    /// <summary>From a typed id to its wire form.</summary>
    public static Func<object?, object?> Writer(Type typedId)
    {
        var record = RecordIds.RecordOf(typedId);
        return id => id is null ? null : NodeIdFormat.Write(record, id);
    }

    /// <summary>From the wire to a typed id, or to a bare one of the named records.</summary>
    public static Func<object, object> Reader(Type type, IReadOnlyList<string> records) => given =>
    {
        if (!NodeIdFormat.TryRead((string)given, out var record, out var raw))
        {
            throw BadInput.Id("The id has not the format of an id of this schema.");
        }

        if (!records.Contains(record, StringComparer.Ordinal))
        {
            throw BadInput.Id($"The id is not one of type {string.Join(" or ", records.Select(name => $"`{name}`"))}.");
        }

        return NodeIdFormat.Value(raw, type) ?? throw BadInput.Id("The id has not the format of an id of its type.");
    };
}

/// <summary>An input that no command can be made of; where in the input, is added on the way out.</summary>
internal sealed class BadInput(string problem, string code) : Exception(problem)
{
    public string Code { get; } = code;

    public List<object> Path { get; } = [];

    public static BadInput Id(string problem) => new(problem, ErrorCodes.BadId);

    public static BadInput Value(string problem) => new(problem, ErrorCodes.InvalidVariable);
}
