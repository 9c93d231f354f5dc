using Platform.GraphQL.Language;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.TypeSystem;

/// <summary>§3.9 A leaf with a closed list of names.</summary>
public sealed class EnumType : NamedType
{
    internal EnumType(EnumTypeConfiguration configuration)
        : base(configuration)
    {
        Values = new MemberTable<EnumValueDefinition>(configuration.Values.Select(v => new EnumValueDefinition(v, this)));
        Writer = new EnumWriter(this);
    }

    public override TypeKind Kind => TypeKind.Enum;

    public MemberTable<EnumValueDefinition> Values { get; }

    public LeafWriter Writer { get; }
}

public sealed class EnumValueDefinition : SchemaElement
{
    private readonly EnumType _owner;

    internal EnumValueDefinition(EnumValueConfiguration configuration, EnumType owner)
        : base(configuration)
    {
        _owner = owner;
        Value = configuration.Value ?? configuration.Name;
    }

    /// <summary>The C# value; the name itself when there is no other.</summary>
    public object Value { get; }

    public override SchemaCoordinate Coordinate => SchemaCoordinate.OfMember(_owner.Name, Name);
}

/// <summary>§3.10 A structured value that can be given.</summary>
public sealed class InputObjectType : NamedType
{
    internal InputObjectType(InputObjectTypeConfiguration configuration)
        : base(configuration)
    {
        Create = configuration.Create;
    }

    public override TypeKind Kind => TypeKind.InputObject;

    public MemberTable<InputValueDefinition> Fields { get; internal set; } = MemberTable<InputValueDefinition>.Empty;

    /// <summary>§3.10.1 Exactly one field must be given, and not null.</summary>
    public bool IsOneOf { get; internal set; }

    /// <summary>Makes the C# value of a coerced input object; null leaves it as it is.</summary>
    public Func<InputObjectValue, object?>? Create { get; }
}

/// <summary>§3.6.1, §3.10 An argument, or a field of an input object.</summary>
public sealed class InputValueDefinition : SchemaElement
{
    private readonly Func<string, SchemaCoordinate> _coordinate;
    private DefaultState _defaultState;
    private object? _default;

    internal InputValueDefinition(InputValueConfiguration configuration, Func<string, SchemaCoordinate> coordinate)
        : base(configuration)
    {
        _coordinate = coordinate;
        DefaultSyntax = configuration.DefaultValue;
    }

    public GraphQLType Type { get; internal set; } = null!;

    /// <summary>The default as written; null when there is none.</summary>
    public ValueNode? DefaultSyntax { get; }

    public bool HasDefault => DefaultSyntax is not null;

    /// <summary>The default as a coerced value. Null may also be the default itself.</summary>
    public object? DefaultValue
    {
        get
        {
            if (_defaultState == DefaultState.Unread)
            {
                ReadDefault();
            }

            return _default;
        }
    }

    /// <summary>§5.4.2.1 It must be given: it cannot be null and has no default.</summary>
    public bool IsRequired => Type is NonNullType && !HasDefault;

    /// <summary>The weight of `@cost`, or null for the default.</summary>
    public double? Cost { get; internal set; }

    public override SchemaCoordinate Coordinate => _coordinate(Name);

    private enum DefaultState
    {
        Unread,
        Reading,
        Read,
    }

    // Every default is read while the schema is built, on one thread. One that contains itself is null here, and an
    // error of the schema.
    private void ReadDefault()
    {
        _defaultState = DefaultState.Reading;
        if (DefaultSyntax is not null &&
            InputCoercion.TryReadLiteral(DefaultSyntax, Type, NoVariables.Instance, out var value))
        {
            _default = value;
        }

        _defaultState = DefaultState.Read;
    }
}
