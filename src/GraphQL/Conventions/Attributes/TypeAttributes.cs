using System.Diagnostics.CodeAnalysis;

namespace Platform.GraphQL.Conventions;

/// <summary>Marks a class whose members are fields of the query type. Several classes make one type.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class QueryTypeAttribute : Attribute;

/// <summary>Marks a class whose members are fields of the mutation type.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MutationTypeAttribute : Attribute;

/// <summary>Marks a class whose members are fields of the subscription type.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SubscriptionTypeAttribute : Attribute;

/// <summary>Makes a class an object type of its own; its public methods are fields, as its properties always are.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ObjectTypeAttribute : Attribute;

/// <summary>
/// The members of the class are fields of the object type of <typeparamref name="T"/>, beside that type's own
/// properties. A member with the name of a property takes its place.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[SuppressMessage("Major Code Smell", "S2326", Justification = "The argument is the information.")]
public sealed class ObjectTypeAttribute<T> : Attribute;

/// <summary>The members of the class are further fields of a type that is declared elsewhere.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ExtendObjectTypeAttribute : Attribute
{
    public ExtendObjectTypeAttribute(Type type)
    {
        Type = type;
    }

    public ExtendObjectTypeAttribute(string name)
    {
        Name = name;
    }

    public Type? Type { get; }

    public string? Name { get; }

    /// <summary>Properties of the extended type that shall not be fields.</summary>
    public string[] IgnoreProperties { get; init; } = [];
}

/// <summary>The members of the class are further fields of the type of <typeparamref name="T"/>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ExtendObjectTypeAttribute<T> : Attribute;

/// <summary>Makes an interface or an abstract class an interface type.</summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class, Inherited = false)]
public sealed class InterfaceTypeAttribute : Attribute;

/// <summary>Makes an interface or an abstract class a union of the object types that implement it.</summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class, Inherited = false)]
public sealed class UnionTypeAttribute : Attribute;

/// <summary>Makes a class or record an input type, even if no argument uses it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class InputObjectTypeAttribute : Attribute;

/// <summary>Exactly one field of the input must be given. §3.10 OneOf Input Objects</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class OneOfAttribute : Attribute;

[AttributeUsage(AttributeTargets.Enum, Inherited = false)]
public sealed class EnumTypeAttribute : Attribute;
