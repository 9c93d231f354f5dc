namespace Platform.GraphQL.Conventions;

/// <summary>The name in the schema, where the convention's is not wanted.</summary>
[AttributeUsage(AttributeTargets.All, Inherited = false)]
public sealed class GraphQLNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>The description in the schema; without it the XML summary is taken.</summary>
[AttributeUsage(AttributeTargets.All, Inherited = false)]
public sealed class GraphQLDescriptionAttribute(string description) : Attribute
{
    public string Description { get; } = description;
}

/// <summary>Not part of the schema.</summary>
[AttributeUsage(AttributeTargets.All, Inherited = false)]
public sealed class GraphQLIgnoreAttribute : Attribute;

/// <summary>Deprecated with a reason; <see cref="ObsoleteAttribute"/> does the same.</summary>
[AttributeUsage(AttributeTargets.All, Inherited = false)]
public sealed class GraphQLDeprecatedAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}

/// <summary>The schema type, where the one of the C# type is not wanted.</summary>
[AttributeUsage(
    AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Parameter | AttributeTargets.Field,
    Inherited = false)]
public class GraphQLTypeAttribute : Attribute
{
    /// <summary>A type in the notation of the specification, such as <c>[Int!]</c>.</summary>
    public GraphQLTypeAttribute(string type)
    {
        Notation = type;
    }

    private protected GraphQLTypeAttribute(Type type)
    {
        Type = type;
    }

    public string? Notation { get; }

    public Type? Type { get; }
}

/// <summary>The schema type is the one of <typeparamref name="T"/>; nullability and lists stay the member's.</summary>
public sealed class GraphQLTypeAttribute<T>() : GraphQLTypeAttribute(typeof(T));

/// <summary>
/// An id that is unique in the whole schema. On a field it writes the type's name into the id; on an argument or
/// input field it accepts ids of that type only.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Method, Inherited = false)]
public class IDAttribute(string? typeName) : Attribute
{
    /// <summary>An id of the type that has the field; on an input, an id of any type.</summary>
    public IDAttribute()
        : this(null)
    {
    }

    public string? TypeName { get; } = typeName;

    internal virtual Type? Type => null;
}

/// <summary>An id of the object type of <typeparamref name="T"/>.</summary>
public sealed class IDAttribute<T>() : IDAttribute
{
    internal override Type Type => typeof(T);
}

/// <summary>The default of an argument or input field, in the notation of the specification if it is a string of one.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter, Inherited = false)]
public sealed class DefaultValueAttribute(object? value) : Attribute
{
    public object? Value { get; } = value;
}

[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
public sealed class TagAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>An element that may change: it is hidden from introspection unless its feature is asked for.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
public sealed class RequiresOptInAttribute(string feature) : Attribute
{
    public string Feature { get; } = feature;
}

/// <summary>What a field, argument, input field or type weighs in the cost analysis.</summary>
[AttributeUsage(AttributeTargets.All, Inherited = false)]
public sealed class CostAttribute(double weight) : Attribute
{
    public double Weight { get; } = weight;
}

/// <summary>How long a list can be, for the cost analysis.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class ListSizeAttribute : Attribute
{
    /// <summary>Zero says nothing.</summary>
    public int AssumedSize { get; init; }

    public string[]? SlicingArguments { get; init; }

    /// <summary>Zero says nothing.</summary>
    public int SlicingArgumentDefaultValue { get; init; }

    public string[]? SizedFields { get; init; }

    public bool RequireOneSlicingArgument { get; init; } = true;
}
