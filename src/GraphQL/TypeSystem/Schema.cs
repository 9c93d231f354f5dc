using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>§3.3 A complete, validated type system. It never changes and may be used by any number of requests.</summary>
public sealed class Schema
{
    private readonly FrozenDictionary<string, NamedType> _types;
    private readonly Dictionary<string, DirectiveType> _directives;
    private readonly ConcurrentDictionary<Type, string?> _objectTypeNames = new();

    internal Schema(SchemaParts parts)
    {
        Description = parts.Description;
        Types = parts.Types;
        DirectiveTypes = parts.DirectiveTypes;
        Directives = parts.Directives;
        QueryType = parts.Query as ObjectType;
        MutationType = parts.Mutation as ObjectType;
        SubscriptionType = parts.Subscription as ObjectType;
        Metadata = parts.Metadata;
        Parts = parts;
        _types = Types.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        _directives = DirectiveTypes.ToDictionary(directive => directive.Name, StringComparer.Ordinal);
    }

    public string? Description { get; }

    /// <summary>All types in the order of their definition; those of introspection last.</summary>
    public ImmutableArray<NamedType> Types { get; }

    public ImmutableArray<DirectiveType> DirectiveTypes { get; }

    /// <summary>The directives at `schema` itself.</summary>
    public ImmutableArray<AppliedDirective> Directives { get; }

    public ObjectType? QueryType { get; }

    public ObjectType? MutationType { get; }

    public ObjectType? SubscriptionType { get; }

    public Metadata Metadata { get; }

    internal SchemaParts Parts { get; }

    /// <summary>Reads, checks and builds a schema document.</summary>
    /// <exception cref="SyntaxException">The text is not a document.</exception>
    /// <exception cref="SchemaException">It is not a valid schema; every error is in it.</exception>
    public static Schema FromSdl(string sdl) => new SchemaBuilder().AddDocument(sdl).Build();

    public NamedType? FindType(string name) => _types.GetValueOrDefault(name);

    public DirectiveType? FindDirective(string name) => _directives.GetValueOrDefault(name);

    public ObjectType? RootType(OperationType operation) => operation switch
    {
        OperationType.Query => QueryType,
        OperationType.Mutation => MutationType,
        OperationType.Subscription => SubscriptionType,
    };

    /// <summary>A field as a selection may name it, the meta fields of §4.1 included.</summary>
    public FieldDefinition? FindField(NamedType type, string name)
    {
        if (name.StartsWith("__", StringComparison.Ordinal))
        {
            return type is not CompositeType ? null
                : name == "__typename" ? Parts.TypeNameField
                : ReferenceEquals(type, QueryType) ? Parts.MetaFields.Find(name)
                : null;
        }

        return (type as ComplexType)?.Fields.Find(name);
    }

    /// <summary>Resolves a type reference of a document; null when it names no type of this schema.</summary>
    public GraphQLType? FindType(TypeNode reference) => reference switch
    {
        ListTypeNode list => FindType(list.Type)?.List,
        NonNullTypeNode nonNull => FindType(nonNull.Type)?.NonNull,
        _ => FindType(reference.NamedType),
    };

    /// <summary>§6.4.3 Which object a value of an interface or union is.</summary>
    public ObjectType? ResolveObjectType(CompositeType type, object value)
    {
        var name = type switch
        {
            ObjectType self => self.Name,
            InterfaceType { ResolveType: { } resolve } => resolve(value),
            UnionType { ResolveType: { } resolve } => resolve(value),
            _ => null,
        };
        name ??= _objectTypeNames.GetOrAdd(value.GetType(), FindByRuntimeType);
        return name is not null && FindType(name) is ObjectType found && Covers(type, found) ? found : null;
    }

    /// <summary>The element a coordinate names; null when there is none. §3.14</summary>
    public SchemaElement? Find(SchemaCoordinate coordinate)
    {
        if (coordinate.Target == CoordinateTarget.Directive)
        {
            var directive = FindDirective(coordinate.Name);
            return coordinate.ArgumentName is { } argument ? directive?.Arguments.Find(argument) : directive;
        }

        var type = FindType(coordinate.Name);
        if (coordinate.MemberName is not { } member)
        {
            return type?.Element;
        }

        return type switch
        {
            ComplexType complex when coordinate.ArgumentName is { } argument =>
                complex.Fields.Find(member)?.Arguments.Find(argument),
            _ when coordinate.ArgumentName is not null => null,
            ComplexType complex => complex.Fields.Find(member),
            InputObjectType input => input.Fields.Find(member),
            EnumType values => values.Values.Find(member),
            _ => null,
        };
    }

    /// <summary>The schema as a document.</summary>
    public override string ToString() => SchemaPrinter.Print(this);

    private static bool Covers(CompositeType type, ObjectType found) =>
        ReferenceEquals(type, found) || (type is IAbstractType possible && possible.Includes(found));

    private string? FindByRuntimeType(Type runtimeType)
    {
        for (var candidate = runtimeType; candidate is not null && candidate != typeof(object); candidate = candidate.BaseType)
        {
            foreach (var type in Types)
            {
                if (type is ObjectType && type.RuntimeType == candidate)
                {
                    return type.Name;
                }
            }
        }

        return null;
    }
}

/// <summary>What a schema is made of.</summary>
internal sealed record SchemaParts
{
    public string? Description { get; init; }

    public required ImmutableArray<NamedType> Types { get; init; }

    public required ImmutableArray<DirectiveType> DirectiveTypes { get; init; }

    public required ImmutableArray<AppliedDirective> Directives { get; init; }

    public NamedType? Query { get; init; }

    public NamedType? Mutation { get; init; }

    public NamedType? Subscription { get; init; }

    public required FieldDefinition TypeNameField { get; init; }

    public required MemberTable<FieldDefinition> MetaFields { get; init; }

    public required Metadata Metadata { get; init; }

    /// <summary>`schema { }` and its extensions.</summary>
    public required ImmutableArray<SchemaDefinitionNode> Syntax { get; init; }
}
