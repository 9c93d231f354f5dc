using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
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
    private byte[][]? _names;
    private bool? _hasCost;

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

    /// <summary>Whether anything that may be given costs points; most inputs cost none, however much is in them.</summary>
    internal bool HasCost => _hasCost ??= Reachable(this, []).Any(type => type.Fields.Any(given => given.Cost is not null));

    /// <summary>The place of the field a property is for, or -1. Clients keep the order of the definition, so the next one is tried first.</summary>
    internal int PlaceOf(JsonProperty property, int next)
    {
        _names ??= [.. Fields.Select(field => Encoding.UTF8.GetBytes(field.Name))];
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        var name = raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(property.Name) : raw;
        for (var i = 0; i < _names.Length; i++)
        {
            var place = next + i < _names.Length ? next + i : next + i - _names.Length;
            if (name.SequenceEqual(_names[place]))
            {
                return place;
            }
        }

        return -1;
    }

    private static HashSet<InputObjectType> Reachable(InputObjectType type, HashSet<InputObjectType> found)
    {
        if (found.Add(type))
        {
            foreach (var field in type.Fields)
            {
                if (field.Type.Named is InputObjectType below)
                {
                    Reachable(below, found);
                }
            }
        }

        return found;
    }
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
