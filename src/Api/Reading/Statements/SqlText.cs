using Npgsql;
using NpgsqlTypes;
using Platform.Api.Access;
using Platform.Api.Reading.Declaring;
using Platform.GraphQL.Execution;

namespace Platform.Api.Reading.Statements;

/// <summary>A statement while it is put together: its parameters, its aliases, and the rows its caller may see.</summary>
internal sealed class SqlText(Principal principal)
{
    private readonly List<NpgsqlParameter> _parameters = [];
    private readonly string?[] _scopes = new string?[3];
    private int _aliases;

    public IReadOnlyList<NpgsqlParameter> Parameters => _parameters;

    public string Parameter(NpgsqlParameter parameter)
    {
        if (HoldsNul(parameter.Value))
        {
            throw new GraphQLException(new GraphQLError("A text holds the character U+0000, which nothing here can hold.")
            {
                Code = ErrorCodes.InvalidVariable,
            });
        }

        _parameters.Add(parameter);
        return $"${_parameters.Count}";
    }

    /// <summary>A value that is compared with a column.</summary>
    public string Parameter(ReadColumn column, object value) => Parameter(column.Parameter(value));

    public string Number(int value) => Parameter(new NpgsqlParameter<int> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Integer });

    public string Alias() => $"f{++_aliases}";

    /// <summary>Whoever may not read something may not search or sort by it either: the order of rows would tell it.</summary>
    public void Demand(string? permission)
    {
        if (permission is not null && !principal.Holds(permission))
        {
            throw new GraphQLException(new GraphQLError("The current user is not authorized to access this resource.")
            {
                Code = ErrorCodes.NotAuthorized,
            });
        }
    }

    /// <summary>PostgreSQL's texts hold every character but this one.</summary>
    private static bool HoldsNul(object? value) => value switch
    {
        string text => text.Contains('\0', StringComparison.Ordinal),
        string?[] texts => Array.Exists(texts, text => HoldsNul(text)),
        _ => false,
    };

    /// <summary>The ids the caller sees of a kind; null when it is every one.</summary>
    public string? Visible(ScopeKind kind)
    {
        var ids = kind switch
        {
            ScopeKind.LegalEntity => principal.Rows.LegalEntities,
            ScopeKind.Warehouse => principal.Rows.Warehouses,
            ScopeKind.Supplier => principal.Rows.Suppliers,
        };
        return ids is null
            ? null
            : _scopes[(int)kind] ??= Parameter(new NpgsqlParameter
            {
                Value = ids.ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
            });
    }
}
