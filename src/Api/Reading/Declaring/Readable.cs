using System.Linq.Expressions;
using System.Reflection;
using Platform.Domain.Kernel;

namespace Platform.Api.Reading.Declaring;

/// <summary>
/// What the graph shows of one mapped entity. A declaration is all that is written by hand for reading: what it does not
/// name is not readable, and what it names is planned into SQL by itself.
/// </summary>
public abstract class Readable
{
    private protected Readable(Type entity, string name, string plural, string permission)
    {
        Entity = entity;
        Name = name;
        Plural = plural;
        Permission = permission;
    }

    /// <summary>The mapped class.</summary>
    public Type Entity { get; }

    /// <summary>The name of the type in the graph.</summary>
    public string Name { get; }

    /// <summary>The field of the root that lists them.</summary>
    public string Plural { get; }

    /// <summary>Who may read anything of it.</summary>
    public string Permission { get; }

    internal List<DeclaredColumn> Columns { get; } = [];

    internal List<DeclaredOne> Ones { get; } = [];

    internal List<DeclaredMany> Manys { get; } = [];

    internal List<PropertyInfo> NaturalKeys { get; } = [];

    internal List<DeclaredScope> Scopes { get; } = [];

    internal List<DeclaredComputation> Computations { get; } = [];

    internal bool IsShared { get; private protected set; }

    internal bool HasSegments { get; private protected set; }

    internal string? Description { get; private protected set; }

    /// <summary>The typed id by which events and payloads name it; null when it has none.</summary>
    internal Type? IdType => Entity.GetProperty("Id")?.PropertyType is { IsValueType: true } id
        && Array.Exists(id.GetInterfaces(), one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(ITypedId<>))
            ? id
            : null;
}

/// <summary>A declaration of one entity: a class with a constructor that names what is visible.</summary>
public abstract class Readable<TEntity> : Readable
    where TEntity : class
{
    /// <param name="name">The type's name in the graph.</param>
    /// <param name="plural">The root field that lists them.</param>
    /// <param name="permission">Who may read it.</param>
    protected Readable(string name, string plural, string permission)
        : base(typeof(TEntity), name, plural, permission)
    {
    }

    /// <summary>Instead of the class's own summary.</summary>
    protected void Describe(string text) => Description = text;

    /// <summary>Everybody who may read the type sees every row: master data of all companies.</summary>
    protected void Shared() => IsShared = true;

    /// <summary>The column holds the legal entity, warehouse or supplier whose readers see the row.</summary>
    protected void Scoped(ScopeKind kind, Expression<Func<TEntity, object?>> column) =>
        Scopes.Add(new DeclaredScope.ByColumn(kind, Property(column)));

    /// <summary>Who sees the row that a column points at sees this one.</summary>
    protected void ScopedLike<TOther>(Expression<Func<TEntity, object?>> column) =>
        Scopes.Add(new DeclaredScope.Through(typeof(TOther), [Property(column)]));

    /// <summary>Who sees the row that a column points at sees this one; one that points at none is seen by all who meet the other rules.</summary>
    protected void ScopedLikeAny<TOther>(Expression<Func<TEntity, object?>> column) =>
        Scopes.Add(new DeclaredScope.ThroughIfAny(typeof(TOther), Property(column)));

    /// <summary>Who is limited to warehouses and sees one of its parts sees it; one without parts is seen by all who meet the other rules.</summary>
    protected void ScopedByParts<TPart>(Expression<Func<TPart, object?>> column) =>
        Scopes.Add(new DeclaredScope.ByParts(typeof(TPart), Property(column)));

    /// <summary>Who sees one of two rows sees this one: both ends of a move.</summary>
    protected void ScopedLikeEither<TOther>(
        Expression<Func<TEntity, object?>> column, Expression<Func<TEntity, object?>> other) =>
        Scopes.Add(new DeclaredScope.Through(typeof(TOther), [Property(column), Property(other)]));

    /// <summary>A reference whose table another column names: whoever sees the record sees this row.</summary>
    protected void ScopedByKind(
        Expression<Func<TEntity, object?>> kind,
        Expression<Func<TEntity, object?>> reference,
        params IReadOnlyList<(object Kind, Type Entity)> kinds) =>
        Scopes.Add(new DeclaredScope.ByKind(Property(kind), Property(reference), kinds));

    /// <summary>A column, described by the property's own summary.</summary>
    protected DeclaredColumn Column(Expression<Func<TEntity, object?>> column) => Add(new DeclaredColumn(Property(column)));

    protected DeclaredColumn Column(Expression<Func<TEntity, object?>> column, string description) =>
        Add(new DeclaredColumn(Property(column)) { Description = description });

    /// <summary>A value the database computes of columns of the row: their names stand in braces.</summary>
    protected DeclaredColumn Formula<TValue>(string name, string sql, string description) =>
        Add(new DeclaredColumn(name, typeof(TValue), sql) { Description = description });

    /// <summary>The row that a column points at.</summary>
    protected void One<TOther>(string name, Expression<Func<TEntity, object?>> column, string description) =>
        Ones.Add(new DeclaredOne(name, typeof(TOther), Property(column), description));

    /// <summary>The rows of another table that point here.</summary>
    protected void Many<TOther>(string name, Expression<Func<TOther, object?>> column, string description) =>
        Manys.Add(new DeclaredMany(name, typeof(TOther), Property(column), description));

    /// <summary>Values that tell one row from all others: a field of the root finds it by them.</summary>
    protected void FindBy(Expression<Func<TEntity, object?>> column) => NaturalKeys.Add(Property(column));

    /// <summary>A second list at the root, by <c>skip</c> and <c>take</c>, for tables with numbered pages.</summary>
    protected void Segments() => HasSegments = true;

    /// <summary>What SQL cannot answer: asked once for all rows of a selection, with the columns it needs.</summary>
    protected void Computed<TValue>(
        string name,
        string description,
        IReadOnlyList<Expression<Func<TEntity, object?>>> needs,
        Func<ComputedRows, CancellationToken, ValueTask<IReadOnlyList<TValue>>> compute) =>
        Computations.Add(DeclaredComputation.Of(name, description, [.. needs.Select(Property)], compute));

    private DeclaredColumn Add(DeclaredColumn column)
    {
        Columns.Add(column);
        return column;
    }

    private static PropertyInfo Property<T>(Expression<Func<T, object?>> column)
    {
        var body = column.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : column.Body;
        return body is MemberExpression { Member: PropertyInfo property }
            ? property
            : throw new ArgumentException($"{column} is not a property.", nameof(column));
    }
}

/// <summary>Which of a caller's sets a row must be in.</summary>
public enum ScopeKind
{
    LegalEntity,
    Warehouse,
    Supplier,
}
