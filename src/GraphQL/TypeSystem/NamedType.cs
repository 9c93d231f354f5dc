using System.Collections.Immutable;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>§3.4 A type with a name of its own.</summary>
public abstract class NamedType : GraphQLType
{
    private protected NamedType(TypeConfiguration configuration)
    {
        Element = new TypeElement(configuration, this);
        ExtensionSyntax = [.. configuration.Extensions];
        RuntimeType = configuration.RuntimeType;
    }

    public string Name => Element.Name;

    public string? Description => Element.Description;

    public ImmutableArray<AppliedDirective> Directives => Element.Directives;

    public Metadata Metadata => Element.Metadata;

    public sealed override NamedType Named => this;

    /// <summary>The C# type of its values, when the schema was made from C#.</summary>
    public Type? RuntimeType { get; }

    /// <summary>§4 Names beginning with two underscores belong to introspection.</summary>
    public bool IsIntrospection { get; internal set; }

    /// <summary>The type seen as a schema element, with the things all elements have.</summary>
    public SchemaElement Element { get; }

    /// <summary>The weight of `@cost`, or null for the default.</summary>
    public double? Cost { get; internal set; }

    internal ImmutableArray<TypeDefinitionNode> ExtensionSyntax { get; }

    internal IEnumerable<SyntaxNode> AllSyntax =>
        Element.Syntax is null ? ExtensionSyntax : ExtensionSyntax.Prepend(Element.Syntax);

    public AppliedDirective? Directive(string name) => Element.Directive(name);

    public sealed override string ToString() => Name;

    private sealed class TypeElement(TypeConfiguration configuration, NamedType type) : SchemaElement(configuration)
    {
        public override SchemaCoordinate Coordinate => SchemaCoordinate.OfType(type.Name);
    }
}

/// <summary>§3.5 A leaf whose values have a text of their own.</summary>
public sealed class ScalarType : NamedType
{
    internal ScalarType(ScalarTypeConfiguration configuration)
        : base(configuration)
    {
        Format = configuration.Format;
    }

    public override TypeKind Kind => TypeKind.Scalar;

    /// <summary>How values are read and written.</summary>
    public ScalarFormat Format { get; }

    /// <summary>§3.5.5 Where the format is described for people.</summary>
    public string? SpecifiedBy { get; internal set; }
}

/// <summary>Types that have selections: objects, interfaces and unions.</summary>
public abstract class CompositeType : NamedType
{
    private protected CompositeType(TypeConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>The objects a value of this type can be, in the order of the schema; an object is only itself.</summary>
    public ImmutableArray<ObjectType> PossibleTypes { get; internal set; } = [];

    /// <summary>§5.5.2.3 Whether some object is of both types.</summary>
    public bool Overlaps(CompositeType other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        return PossibleTypes.Length <= other.PossibleTypes.Length
            ? AnyOf(PossibleTypes, other)
            : AnyOf(other.PossibleTypes, this);
    }

    private static bool AnyOf(ImmutableArray<ObjectType> candidates, CompositeType type)
    {
        foreach (var candidate in candidates)
        {
            if (ReferenceEquals(candidate, type) || (type is IAbstractType possible && possible.Includes(candidate)))
            {
                return true;
            }
        }

        return false;
    }
}
