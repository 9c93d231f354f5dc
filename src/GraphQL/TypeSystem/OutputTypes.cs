using System.Collections.Immutable;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>A composite type that stands for several objects. C# has no multiple inheritance: interfaces and unions share this.</summary>
public interface IAbstractType
{
    /// <summary>Whether the object, or the interface, is one of this type's.</summary>
    bool Includes(ComplexType type);
}

/// <summary>A type with fields: an object or an interface.</summary>
public abstract class ComplexType : CompositeType
{
    private protected ComplexType(ComplexTypeConfiguration configuration)
        : base(configuration)
    {
    }

    public MemberTable<FieldDefinition> Fields { get; internal set; } = MemberTable<FieldDefinition>.Empty;

    public ImmutableArray<InterfaceType> Interfaces { get; internal set; } = [];

    internal ImmutableArray<NamedType> DeclaredInterfaces { get; set; } = [];
}

/// <summary>§3.6 An object.</summary>
public sealed class ObjectType : ComplexType
{
    internal ObjectType(ObjectTypeConfiguration configuration)
        : base(configuration)
    {
        PossibleTypes = [this];
    }

    public override TypeKind Kind => TypeKind.Object;
}

/// <summary>§3.7 An interface.</summary>
public sealed class InterfaceType : ComplexType, IAbstractType
{
    private HashSet<string>? _implementers;

    internal InterfaceType(InterfaceTypeConfiguration configuration)
        : base(configuration)
    {
        ResolveType = configuration.ResolveType;
    }

    public override TypeKind Kind => TypeKind.Interface;

    /// <summary>Names the object type of a value; null leaves it to the C# type of the value.</summary>
    public Func<object, string?>? ResolveType { get; }

    /// <summary>Interfaces that implement this one.</summary>
    public ImmutableArray<InterfaceType> ImplementingInterfaces { get; internal set; } = [];

    public bool Includes(ComplexType type) =>
        (_implementers ??= [.. PossibleTypes.Select(t => t.Name), .. ImplementingInterfaces.Select(t => t.Name)])
        .Contains(type.Name);
}

/// <summary>§3.8 A union.</summary>
public sealed class UnionType : CompositeType, IAbstractType
{
    private HashSet<string>? _members;

    internal UnionType(UnionTypeConfiguration configuration)
        : base(configuration)
    {
        ResolveType = configuration.ResolveType;
    }

    public override TypeKind Kind => TypeKind.Union;

    public Func<object, string?>? ResolveType { get; }

    internal ImmutableArray<NamedType> DeclaredMembers { get; set; } = [];

    public bool Includes(ComplexType type) =>
        (_members ??= [.. PossibleTypes.Select(t => t.Name)]).Contains(type.Name);
}

/// <summary>§3.6 A field: what it is called, what it takes, what it gives, and how.</summary>
public sealed class FieldDefinition : SchemaElement
{
    internal FieldDefinition(FieldConfiguration configuration, NamedType owner)
        : base(configuration)
    {
        Owner = owner;
        Resolver = configuration.Resolver;
    }

    public NamedType Owner { get; }

    public GraphQLType Type { get; internal set; } = null!;

    public MemberTable<InputValueDefinition> Arguments { get; internal set; } = MemberTable<InputValueDefinition>.Empty;

    public Execution.Resolvers.FieldResolver? Resolver { get; }

    /// <summary>The weight of `@cost`, or null for the default.</summary>
    public double? Cost { get; internal set; }

    /// <summary>What `@listSize` says, or null.</summary>
    public ListSize? ListSize { get; internal set; }

    public bool IsIntrospection => Name.StartsWith("__", StringComparison.Ordinal);

    public override SchemaCoordinate Coordinate => SchemaCoordinate.OfMember(Owner.Name, Name);
}

/// <summary>The directive `@listSize` of a field: how long the list will be.</summary>
public sealed record ListSize(
    int? AssumedSize,
    ImmutableArray<string> SlicingArguments,
    int? SlicingArgumentDefaultValue,
    ImmutableArray<string> SizedFields,
    bool RequireOneSlicingArgument);
