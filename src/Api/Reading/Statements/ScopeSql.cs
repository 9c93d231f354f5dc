using Platform.Api.Reading.Declaring;

namespace Platform.Api.Reading.Statements;

/// <summary>The caller's rows as a condition: part of every statement wherever a table is mentioned (R-44, G-41).</summary>
internal static class ScopeSql
{
    /// <summary>A condition on the row behind an alias; null when the caller sees all rows of the type.</summary>
    public static string? Of(SqlText sql, ReadType type, string alias)
    {
        List<string>? conditions = null;
        foreach (var scope in type.Scopes)
        {
            if (Of(sql, scope, alias, type) is { } condition)
            {
                (conditions ??= []).Add(condition);
            }
        }

        return conditions is null ? null : string.Join(" and ", conditions);
    }

    private static string? Of(SqlText sql, ReadScope scope, string alias, ReadType type) => scope switch
    {
        ReadScope.ByColumn own => sql.Visible(own.Kind) is { } ids ? $"{own.Column.Sql(alias)} = any({ids})" : null,
        ReadScope.Through through => Of(sql, through, alias),
        ReadScope.ByKind kinds => Of(sql, kinds, alias),
        ReadScope.ThroughIfAny through => Of(sql, new ReadScope.Through(through.Target, [through.Column]), alias) is { } visible
            ? $"({through.Column.Sql(alias)} is null or {visible})"
            : null,
        ReadScope.ByParts parts => Of(sql, parts, alias, type),
        _ => throw new NotSupportedException(scope.GetType().Name),
    };

    private static string? Of(SqlText sql, ReadScope.Through through, string alias)
    {
        var other = sql.Alias();
        return Of(sql, through.Target, other) is { } visible
            ? $"exists (select from {through.Target.Table} {other} where {other}.{through.Target.Key[0].Column} "
                + $"in ({string.Join(", ", through.Columns.Select(column => column.Sql(alias)))}) and {visible})"
            : null;
    }

    private static string? Of(SqlText sql, ReadScope.ByParts parts, string alias, ReadType type)
    {
        // Companies and suppliers are columns of the whole; only warehouses are told by the parts.
        if (sql.Visible(ScopeKind.Warehouse) is null)
        {
            return null;
        }

        var (seen, any) = (sql.Alias(), sql.Alias());
        string Belongs(string part) => $"select from {parts.Part.Table} {part} where {parts.Column.Sql(part)} = {alias}.{type.Key[0].Column}";
        return $"(exists ({Belongs(seen)} and {Of(sql, parts.Part, seen)}) or not exists ({Belongs(any)}))";
    }

    private static string? Of(SqlText sql, ReadScope.ByKind kinds, string alias)
    {
        var cases = new List<string>();
        foreach (var (kind, target) in kinds.Kinds)
        {
            var other = sql.Alias();
            if (Of(sql, target, other) is { } visible)
            {
                cases.Add($"when '{kind}' then exists (select from {target.Table} {other} "
                    + $"where {other}.{target.Key[0].Column} = {kinds.Reference.Sql(alias)} and {visible})");
            }
        }

        return cases.Count == 0 ? null : $"case {kinds.Kind.Sql(alias)} {string.Join(' ', cases)} else true end";
    }
}
