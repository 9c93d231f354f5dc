using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;
using Platform.Api.Reading.Rows;

namespace Platform.Api.Reading.Declaring;

/// <summary>A declaration together with the table, columns and keys that the mapping gives it.</summary>
internal sealed class ReadType
{
    internal ReadType(Readable declared, IEntityType entity)
    {
        Declared = declared;
        Table = entity.GetTableName() ?? throw new InvalidOperationException($"{declared.Name} is mapped to no table.");
        Entity = entity;
    }

    public Readable Declared { get; }

    public IEntityType Entity { get; }

    public string Name => Declared.Name;

    public string Table { get; }

    /// <summary>Unique, never null: what pages are told apart by.</summary>
    public required IReadOnlyList<ReadColumn> Key { get; init; }

    /// <summary>Visible columns in the order of the declaration, the global id first.</summary>
    public required IReadOnlyList<ReadColumn> Columns { get; init; }

    public IReadOnlyList<ReadOne> Ones { get; set; } = [];

    public IReadOnlyList<ReadMany> Manys { get; set; } = [];

    public IReadOnlyList<ReadScope> Scopes { get; set; } = [];

    public IReadOnlyList<ReadComputation> Computations { get; set; } = [];

    public IReadOnlyList<ReadColumn> NaturalKeys { get; set; } = [];

    /// <summary>Whether an id of the graph can name one.</summary>
    [MemberNotNullWhen(true, nameof(Id))]
    public bool IsNode => Id is not null;

    /// <summary>The single column of the key, as the id of the graph.</summary>
    public ReadColumn? Id { get; set; }

    public override string ToString() => Name;
}

/// <summary>A column, or an expression over columns of one row.</summary>
internal sealed class ReadColumn
{
    /// <summary>The name of the field.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>The name of the column; for an expression the name it gets where it is selected.</summary>
    public required string Column { get; init; }

    /// <summary>An expression with an empty pair of braces wherever the table's alias stands; null for a plain column.</summary>
    public string? Expression { get; init; }

    public required bool IsNullable { get; init; }

    /// <summary>The C# type in which the driver gives it.</summary>
    public required Type StoredType { get; init; }

    public required NpgsqlDbType StoreType { get; init; }

    /// <summary>The leaf type in the graph.</summary>
    public required string GraphType { get; init; }

    public required ColumnWriter Writer { get; init; }

    /// <summary>From the value a client gave to what is stored.</summary>
    public required Func<object, object> ToStored { get; init; }

    /// <summary>The C# enum of its values.</summary>
    public Type? EnumType { get; init; }

    public bool IsList { get; init; }

    public bool IsFilterable { get; init; }

    public string? Permission { get; init; }

    /// <summary>The type whose id it is in the graph; null when it is a plain value.</summary>
    public string? IdOf { get; init; }

    public bool IsNumber => IdOf is null && EnumType is null
        && (StoredType == typeof(decimal) || StoredType == typeof(int) || StoredType == typeof(long) || StoredType == typeof(short));

    public bool IsDate => StoredType == typeof(DateOnly) || StoredType == typeof(DateTimeOffset);

    public string Sql(string alias) =>
        Expression is null ? $"{alias}.{Column}" : Expression.Replace("{}", alias, StringComparison.Ordinal);

    public NpgsqlParameter Parameter(object? value) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = StoreType };

    public override string ToString() => Name;
}

/// <summary>An edge to one row: this table's column, the other's key.</summary>
internal sealed record ReadOne(string Name, ReadType Target, ReadColumn Column, string Description)
{
    /// <summary>The row is always there and always visible: its key is enforced, and it is nobody's in particular.</summary>
    public bool IsCertain { get; init; }
}

/// <summary>An edge to many rows: the other table's column, this one's key.</summary>
internal sealed record ReadMany(string Name, ReadType Owner, ReadType Target, ReadColumn Column, string Description)
{
    /// <summary>The field that counts and sums the same rows.</summary>
    public string AggregateName => Name + "Aggregate";
}

internal abstract record ReadScope
{
    public sealed record ByColumn(ScopeKind Kind, ReadColumn Column) : ReadScope;

    public sealed record Through(ReadType Target, IReadOnlyList<ReadColumn> Columns) : ReadScope;

    public sealed record ThroughIfAny(ReadType Target, ReadColumn Column) : ReadScope;

    public sealed record ByParts(ReadType Part, ReadColumn Column) : ReadScope;

    public sealed record ByKind(ReadColumn Kind, ReadColumn Reference, IReadOnlyList<(string Kind, ReadType Target)> Kinds) : ReadScope;
}

internal sealed record ReadComputation(DeclaredComputation Declared, IReadOnlyList<ReadColumn> Needs);
