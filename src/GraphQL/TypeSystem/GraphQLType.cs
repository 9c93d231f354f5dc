namespace Platform.GraphQL.TypeSystem;

/// <summary>§3.4 A type: named, or a list or non-null form of one. Equal references are equal types within a schema.</summary>
public abstract class GraphQLType
{
    private ListType? _list;
    private NonNullType? _nonNull;

    private protected GraphQLType()
    {
    }

    public abstract TypeKind Kind { get; }

    /// <summary>The type within all lists and non-null marks.</summary>
    public abstract NamedType Named { get; }

    /// <summary>§3.4.2 Scalars, enums and input objects may be given.</summary>
    public bool IsInput => Named is ScalarType or EnumType or InputObjectType;

    /// <summary>§3.4.2 Everything but input objects may be returned.</summary>
    public bool IsOutput => Named is not InputObjectType;

    public bool IsLeaf => this is ScalarType or EnumType;

    public bool IsComposite => this is CompositeType;

    /// <summary>The type without its non-null mark.</summary>
    public GraphQLType Nullable => this is NonNullType nonNull ? nonNull.Inner : this;

    /// <summary>`[This]`, always the same object.</summary>
    public ListType List => _list ??= new ListType(this);

    /// <summary>`This!`, always the same object.</summary>
    public GraphQLType NonNull => this as NonNullType ?? (_nonNull ??= new NonNullType(this));

    /// <summary>§3.6.1 Whether a value of this type may stand where <paramref name="expected"/> is promised.</summary>
    public bool IsSubtypeOf(GraphQLType expected)
    {
        if (ReferenceEquals(this, expected))
        {
            return true;
        }

        return (expected, this) switch
        {
            (NonNullType outer, NonNullType inner) => inner.Inner.IsSubtypeOf(outer.Inner),
            (NonNullType, _) => false,
            (_, NonNullType inner) => inner.Inner.IsSubtypeOf(expected),
            (ListType outer, ListType inner) => inner.Item.IsSubtypeOf(outer.Item),
            (IAbstractType possible, ComplexType implementer) => possible.Includes(implementer),
            _ => false,
        };
    }
}

/// <summary>§4.2.1 What a type is, as introspection says it.</summary>
public enum TypeKind
{
    Scalar,
    Object,
    Interface,
    Union,
    Enum,
    InputObject,
    List,
    NonNull,
}

/// <summary>§3.11 `[Item]`.</summary>
public sealed class ListType : GraphQLType
{
    internal ListType(GraphQLType item)
    {
        Item = item;
    }

    public override TypeKind Kind => TypeKind.List;

    public override NamedType Named => Item.Named;

    public GraphQLType Item { get; }

    public override string ToString() => $"[{Item}]";
}

/// <summary>§3.12 `Inner!`.</summary>
public sealed class NonNullType : GraphQLType
{
    internal NonNullType(GraphQLType inner)
    {
        Inner = inner;
    }

    public override TypeKind Kind => TypeKind.NonNull;

    public override NamedType Named => Inner.Named;

    public GraphQLType Inner { get; }

    public override string ToString() => $"{Inner}!";
}
