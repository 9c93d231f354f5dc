using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.GraphQL.Conventions.Reading;

namespace Platform.Api.Reading.Declaring;

/// <summary>
/// All declarations, bound to the mapping: EF Core's model is the only place that knows tables, columns, keys and
/// conversions; declarations only say what of it is seen.
/// </summary>
internal sealed class ReadModel
{
    private readonly Dictionary<Type, ReadType> _types = [];
    private readonly Dictionary<string, ReadType> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, ReadType> _byId = [];

    public ReadModel(IReadOnlyList<Readable> declarations, IModel mapping)
    {
        foreach (var declared in declarations)
        {
            var entity = mapping.FindEntityType(declared.Entity)
                ?? throw new InvalidOperationException($"{declared.Entity.Name} is not mapped.");
            var type = Bind(declared, entity);
            _types.Add(declared.Entity, type);
            _byName.Add(type.Name, type);
            if (declared.IdType is { } id)
            {
                _byId.Add(id, type);
            }
        }

        foreach (var type in _types.Values)
        {
            Connect(type);
        }
    }

    /// <summary>Every declaration of this application.</summary>
    public static IReadOnlyList<Readable> Declarations { get; } =
    [
        .. typeof(ReadModel).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsClass: true } && type.IsSubclassOf(typeof(Readable)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (Readable)Activator.CreateInstance(type)!),
    ];

    public IEnumerable<ReadType> Types => _types.Values;

    public ReadType Of(Type entity) => _types.TryGetValue(entity, out var type)
        ? type
        : throw new InvalidOperationException($"{entity.Name} is pointed at by a declaration and has none.");

    public ReadType? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The type that a typed id names; null when it names nothing that is readable.</summary>
    public ReadType? FindById(Type idType) => _byId.GetValueOrDefault(idType);

    private static ReadType Bind(Readable declared, IEntityType entity)
    {
        var key = entity.FindPrimaryKey()!.Properties;
        var id = key.Count == 1 ? Id(declared, key[0]) : null;
        List<ReadColumn> columns = [.. id is null ? Array.Empty<ReadColumn>() : [id], .. declared.Columns.Select(column => Column(declared, entity, column))];
        return new ReadType(declared, entity)
        {
            Id = id,
            Key = id is not null ? [id] : [.. key.Select(property => Plain(entity, property.PropertyInfo!))],
            Columns = columns,
            NaturalKeys = [.. declared.NaturalKeys.Select(property => columns.Find(column => column.Column == ColumnName(entity, property))
                ?? throw new InvalidOperationException($"{declared.Name} is found by {property.Name}, which is not visible."))],
        };
    }

    private void Connect(ReadType type)
    {
        type.Ones = [.. type.Declared.Ones.Select(one => Connect(type, one))];
        type.Manys =
        [
            .. type.Declared.Manys.Select(many => new ReadMany(
                many.Name, type, Of(many.Entity), Plain(Of(many.Entity).Entity, many.Column), many.Description)),
        ];
        type.Computations =
        [
            .. type.Declared.Computations.Select(computed => new ReadComputation(
                computed, [.. computed.Needs.Select(property => Plain(type.Entity, property))])),
        ];
        type.Scopes = [.. type.Declared.Scopes.Select(scope => Connect(type, scope))];
        if (type.Declared.IsShared == type.Scopes.Count > 0)
        {
            throw new InvalidOperationException($"{type.Name} must say whether it is shared or whose its rows are.");
        }
    }

    private ReadOne Connect(ReadType type, DeclaredOne one)
    {
        var target = Of(one.Entity);
        var column = Plain(type.Entity, one.Column);
        var isEnforced = type.Entity.FindProperty(one.Column.Name)!.GetContainingForeignKeys().Any();
        return new ReadOne(one.Name, target, column, one.Description)
        {
            IsCertain = isEnforced && !column.IsNullable && target.Declared.IsShared
                && target.Declared.Permission == type.Declared.Permission,
        };
    }

    private ReadScope Connect(ReadType type, DeclaredScope scope) => scope switch
    {
        DeclaredScope.ByColumn own => new ReadScope.ByColumn(own.Kind, Plain(type.Entity, own.Column)),
        DeclaredScope.Through through => new ReadScope.Through(
            Of(through.Entity), [.. through.Columns.Select(column => Plain(type.Entity, column))]),
        DeclaredScope.ThroughIfAny through => new ReadScope.ThroughIfAny(Of(through.Entity), Plain(type.Entity, through.Column)),
        DeclaredScope.ByParts parts => new ReadScope.ByParts(Of(parts.Entity), Plain(Of(parts.Entity).Entity, parts.Column)),
        DeclaredScope.ByKind kinds => new ReadScope.ByKind(
            Plain(type.Entity, kinds.Kind),
            Plain(type.Entity, kinds.Reference),
            [.. kinds.Kinds.Select(kind => ((string)Plain(type.Entity, kinds.Kind).ToStored(kind.Kind), Of(kind.Entity)))]),
        _ => throw new NotSupportedException(scope.GetType().Name),
    };

    private static ReadColumn Id(Readable declared, IProperty property)
    {
        var column = ReadColumns.Of(property, "id", "Unique in the graph; `node` finds the row by it.");
        return ReadColumns.AsId(column, declared.Name);
    }

    private static ReadColumn Column(Readable declared, IEntityType entity, DeclaredColumn column)
    {
        var description = column.Description
            ?? (column.Property is { } property ? XmlDocumentation.Summary(property) : null)
            ?? CommonColumns.Describe(column.Name)
            ?? throw new InvalidOperationException($"{declared.Name}.{column.Name} has no description.");
        if (column.Sql is { } sql)
        {
            return ReadColumns.Formula(entity, column, sql, description);
        }

        var mapped = entity.FindProperty(column.Property!.Name)
            ?? throw new InvalidOperationException($"{declared.Name}.{column.Name} is not mapped.");
        return ReadColumns.Of(mapped, column, description);
    }

    /// <summary>A column that a join or a key needs, visible or not.</summary>
    private static ReadColumn Plain(IEntityType entity, PropertyInfo property) => ReadColumns.Of(
        entity.FindProperty(property.Name) ?? throw new InvalidOperationException($"{entity.Name}.{property.Name} is not mapped."),
        JsonNamingPolicy.CamelCase.ConvertName(property.Name),
        description: "");

    private static string ColumnName(IEntityType entity, PropertyInfo property) => entity.FindProperty(property.Name)!.GetColumnName();
}
