using System.Reflection;
using System.Text.Json;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Api.Reading.Declaring;

/// <summary>A visible column, or a value computed by the database.</summary>
public sealed class DeclaredColumn
{
    internal DeclaredColumn(PropertyInfo property)
    {
        Property = property;
        Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        ValueType = property.PropertyType;
    }

    internal DeclaredColumn(string name, Type type, string sql)
    {
        Name = name;
        ValueType = type;
        Sql = sql;
    }

    internal PropertyInfo? Property { get; }

    internal string Name { get; private set; }

    internal Type ValueType { get; }

    internal string? Sql { get; }

    internal string? Description { get; init; }

    internal string? Permission { get; private set; }

    internal bool IsFilterable { get; private set; } = true;

    /// <summary>Another name than the property's.</summary>
    public DeclaredColumn As(string name)
    {
        Name = name;
        return this;
    }

    /// <summary>Who may read it must hold this permission too; without it the field is null with an error.</summary>
    public DeclaredColumn Needs(string permission)
    {
        Permission = permission;
        return this;
    }

    /// <summary>Shown, but neither searched nor sorted by.</summary>
    public DeclaredColumn ShownOnly()
    {
        IsFilterable = false;
        return this;
    }
}

internal sealed record DeclaredOne(string Name, Type Entity, PropertyInfo Column, string Description);

internal sealed record DeclaredMany(string Name, Type Entity, PropertyInfo Column, string Description);

/// <summary>How a row is found to be somebody's.</summary>
internal abstract record DeclaredScope
{
    public sealed record ByColumn(ScopeKind Kind, PropertyInfo Column) : DeclaredScope;

    public sealed record Through(Type Entity, IReadOnlyList<PropertyInfo> Columns) : DeclaredScope;

    public sealed record ThroughIfAny(Type Entity, PropertyInfo Column) : DeclaredScope;

    public sealed record ByParts(Type Entity, PropertyInfo Column) : DeclaredScope;

    public sealed record ByKind(
        PropertyInfo Kind, PropertyInfo Reference, IReadOnlyList<(object Kind, Type Entity)> Kinds) : DeclaredScope;
}

/// <summary>A field that code computes of columns, for all rows at once.</summary>
internal sealed record DeclaredComputation(
    string Name, Type ValueType, string Description, IReadOnlyList<PropertyInfo> Needs, BatchResolver Resolver)
{
    public static DeclaredComputation Of<TValue>(
        string name,
        string description,
        IReadOnlyList<PropertyInfo> needs,
        Func<ComputedRows, CancellationToken, ValueTask<IReadOnlyList<TValue>>> compute) =>
        new(name, typeof(TValue), description, needs, BatchResolver.From(async (batch, field, ct) =>
        {
            var rows = new ComputedRows(field, [.. batch.Parents.ToArray().Cast<object?[]>()]);
            var values = await compute(rows, ct);
            for (var i = 0; i < batch.Count; i++)
            {
                batch.Set(i, values[i]);
            }
        }));
}

/// <summary>The rows a computed field is asked for: of each one the declared columns, in their order.</summary>
public sealed class ComputedRows
{
    private readonly FieldContext _field;
    private readonly IReadOnlyList<object?[]> _rows;

    internal ComputedRows(FieldContext field, IReadOnlyList<object?[]> rows)
    {
        _field = field;
        _rows = rows;
    }

    public int Count => _rows.Count;

    public T Service<T>()
        where T : notnull => _field.Service<T>();

    /// <summary>A column as the database gives it.</summary>
    public T Value<T>(int row, int column) => (T)_rows[row][column]!;
}
