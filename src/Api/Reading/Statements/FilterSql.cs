using System.Collections;
using System.Text;
using NpgsqlTypes;
using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Planning;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Conventions.Filtering;
using Platform.GraphQL.Execution;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading.Statements;

/// <summary>
/// The argument <c>where</c> as a condition. An operation and its opposite (<c>gt</c> and <c>ngt</c>) divide all rows
/// between them, so the opposite of a comparison also finds nulls. A relation that is not there, or not the caller's, meets
/// no condition.
/// </summary>
internal sealed class FilterSql(SqlText sql, ReadLimits asked)
{
    private readonly FilterOptions _limits = asked.Filtering;
    private int _comparisons;

    /// <summary>Null when there is nothing to meet.</summary>
    public string? Condition(InputObjectValue? where, string alias) =>
        where is null ? null : All(where, alias, depth: 1);

    private string? All(InputObjectValue where, string alias, int depth)
    {
        if (depth > _limits.MaxDepth)
        {
            throw Refused($"A filter may be nested {_limits.MaxDepth} levels deep.", ErrorCodes.FilterLimit);
        }

        var conditions = new List<string>();
        var fields = where.Type.Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            if (where.Has(i) && Field(fields[i], where.Get(i), alias, depth) is { } condition)
            {
                conditions.Add(condition);
            }
        }

        return Join(" and ", conditions);
    }

    private string? Field(InputValueDefinition field, object? value, string alias, int depth)
    {
        if (FilterInputs.IsOr(field) is { } isOr)
        {
            return Branches(value, isOr, branch => All(branch, alias, depth + 1));
        }

        return field.Metadata.Get<ReadInput>() switch
        {
            ReadInput.Column { Value: var column } => Column(Given(field, value), column, alias, depth),
            ReadInput.One { Edge: var edge } => One(Given(field, value), edge, alias, depth),
            ReadInput.Many { Edge: var edge } => Many(Given(field, value), edge, alias, depth),
            _ => throw new InvalidOperationException($"{field.Name} is no part of a filter."),
        };
    }

    private static string? Branches(object? value, bool isOr, Func<InputObjectValue, string?> read)
    {
        var branches = new List<string>();
        foreach (var branch in (IEnumerable?)value ?? Array.Empty<object>())
        {
            branches.Add(read((InputObjectValue)branch) ?? "true");
        }

        return Join(isOr ? " or " : " and ", branches);
    }

    private string One(InputObjectValue where, ReadOne edge, string alias, int depth) =>
        Exists(edge.Target, other => $"{other}.{edge.Target.Key[0].Column} = {edge.Column.Sql(alias)}", where, depth, isNegated: false);

    private string? Many(InputObjectValue list, ReadMany edge, string alias, int depth)
    {
        var conditions = new List<string>();
        foreach (var (name, value) in list)
        {
            var isAny = name == "any";
            if (value is null)
            {
                throw NoNull(name);
            }

            string Belongs(string other) => $"{edge.Column.Sql(other)} = {alias}.{KeyOf(edge).Column}";
            conditions.Add(name switch
            {
                "some" => Exists(edge.Target, Belongs, (InputObjectValue)value, depth, isNegated: false),
                "none" => "not " + Exists(edge.Target, Belongs, (InputObjectValue)value, depth, isNegated: false),
                "all" => "not " + Exists(edge.Target, Belongs, (InputObjectValue)value, depth, isNegated: true),
                _ => (value is true ? "" : "not ") + Exists(edge.Target, Belongs, where: null, depth, isNegated: false),
            });
            _comparisons += isAny ? 1 : 0;
        }

        return Join(" and ", conditions);
    }

    // Edges to many rows start at the single column of a key.
    private static ReadColumn KeyOf(ReadMany edge) => edge.Owner.Key[0];

    private string Exists(
        ReadType target, Func<string, string> belongs, InputObjectValue? where, int depth, bool isNegated)
    {
        sql.Demand(target.Declared.Permission);
        var other = sql.Alias();
        var text = $"exists (select from {target.Table} {other} where {belongs(other)}";
        if (ScopeSql.Of(sql, target, other) is { } visible)
        {
            text += " and " + visible;
        }

        var condition = where is null ? null : All(where, other, depth + 1);
        return text + (isNegated ? $" and ({condition ?? "true"}) is not true" : condition is null ? "" : " and " + condition) + ")";
    }

    private string? Column(InputObjectValue operations, ReadColumn column, string alias, int depth)
    {
        if (depth > _limits.MaxDepth)
        {
            throw Refused($"A filter may be nested {_limits.MaxDepth} levels deep.", ErrorCodes.FilterLimit);
        }

        var conditions = new List<string>();
        var fields = operations.Type.Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            if (!operations.Has(i))
            {
                continue;
            }

            var value = operations.Get(i);
            var condition = FilterInputs.IsOr(fields[i]) is { } isOr
                ? Branches(value, isOr, branch => Column(branch, column, alias, depth + 1))
                : Compare(fields[i], value, column, alias);
            if (condition is not null)
            {
                conditions.Add(condition);
            }
        }

        return Join(" and ", conditions);
    }

    private string Compare(InputValueDefinition field, object? value, ReadColumn column, string alias)
    {
        if (++_comparisons > _limits.MaxComparisons)
        {
            throw Refused($"A filter may have {_limits.MaxComparisons} comparisons.", ErrorCodes.FilterLimit);
        }

        sql.Demand(column.Permission);
        var left = column.Sql(alias);
        var operation = FilterInputs.OperationOf(field)!.Value;
        switch (operation)
        {
            case FilterOperation.IsNull:
                return value is bool isNull ? $"{left} is {(isNull ? "" : "not ")}null" : throw NoNull(field.Name);
            case FilterOperation.Equal:
                return value is null ? $"{left} is null" : $"{left} = {Value(column, value)}";
            case FilterOperation.NotEqual:
                return value is null ? $"{left} is not null"
                    : column.IsNullable ? $"{left} is distinct from {Value(column, value)}" : $"{left} <> {Value(column, value)}";
        }

        if (value is null)
        {
            throw NoNull(field.Name);
        }

        return operation switch
        {
            FilterOperation.In => In(column, (IEnumerable)value, left),
            FilterOperation.NotIn => Not(In(column, (IEnumerable)value, left), column),
            FilterOperation.GreaterThan => $"{left} > {Value(column, value)}",
            FilterOperation.GreaterThanOrEqual => $"{left} >= {Value(column, value)}",
            FilterOperation.LowerThan => $"{left} < {Value(column, value)}",
            FilterOperation.LowerThanOrEqual => $"{left} <= {Value(column, value)}",
            FilterOperation.NotGreaterThan => Not($"{left} > {Value(column, value)}", column),
            FilterOperation.NotGreaterThanOrEqual => Not($"{left} >= {Value(column, value)}", column),
            FilterOperation.NotLowerThan => Not($"{left} < {Value(column, value)}", column),
            FilterOperation.NotLowerThanOrEqual => Not($"{left} <= {Value(column, value)}", column),
            _ => Text(operation, (string)value, column, left),
        };
    }

    private string Text(FilterOperation operation, string value, ReadColumn column, string left)
    {
        string Like(string before, string after, string word) =>
            $"{left} {word} {sql.Parameter(column, before + Escaped(value) + after)}";
        return operation switch
        {
            FilterOperation.Contains => Like("%", "%", "like"),
            FilterOperation.StartsWith => StartsWith(value, column, left, Like("", "%", "like")),
            FilterOperation.EndsWith => Like("%", "", "like"),
            FilterOperation.NotContains => Not(Like("%", "%", "like"), column),
            FilterOperation.NotStartsWith => Not(Like("", "%", "like"), column),
            FilterOperation.NotEndsWith => Not(Like("%", "", "like"), column),
            FilterOperation.EqualIgnoreCase => Like("", "", "ilike"),
            FilterOperation.ContainsIgnoreCase => Like("%", "%", "ilike"),
            FilterOperation.StartsWithIgnoreCase => Like("", "%", "ilike"),
            FilterOperation.EndsWithIgnoreCase => Like("%", "", "ilike"),
            _ => throw new NotSupportedException($"{operation} compares no texts."),
        };
    }

    /// <summary>
    /// A pattern that is a parameter can be looked up in an index only by planning the statement anew for every value; a range can be
    /// looked up by the plan that is there.
    /// </summary>
    private string StartsWith(string value, ReadColumn column, string left, string like)
    {
        if (!asked.OrdersByBytes || value.Length == 0)
        {
            return like;
        }

        var from = $"{like} and {left} >= {sql.Parameter(column, value)}";
        return Behind(value) is { } behind ? $"({from} and {left} < {sql.Parameter(column, behind)})" : $"({from})";
    }

    /// <summary>The first text, byte by byte, behind all that begin with this one; null when there is none.</summary>
    private static string? Behind(string beginning)
    {
        var runes = beginning.EnumerateRunes().ToArray();
        var last = Array.FindLastIndex(runes, rune => rune.Value < 0x10FFFF);
        if (last < 0)
        {
            return null;
        }

        var next = runes[last].Value + 1;
        return string.Concat(runes.Take(last)) + new Rune(Rune.IsValid(next) ? next : 0xE000);
    }

    private string In(ReadColumn column, IEnumerable values, string left)
    {
        var given = values.Cast<object?>().ToArray();
        if (given.Length > _limits.MaxListValues)
        {
            throw Refused($"A list in a filter may have {_limits.MaxListValues} values.", ErrorCodes.FilterLimit);
        }

        var stored = Array.CreateInstance(column.StoredType, given.Count(one => one is not null));
        var next = 0;
        foreach (var one in given)
        {
            if (one is not null)
            {
                stored.SetValue(column.ToStored(one), next++);
            }
        }

        var list = sql.Parameter(new Npgsql.NpgsqlParameter { Value = stored, NpgsqlDbType = NpgsqlDbType.Array | column.StoreType });
        return next < given.Length ? $"({left} = any({list}) or {left} is null)" : $"{left} = any({list})";
    }

    private string Value(ReadColumn column, object value) => sql.Parameter(column, column.ToStored(value));

    private static string Not(string condition, ReadColumn column) =>
        column.IsNullable ? $"({condition}) is not true" : $"not ({condition})";

    // Backslash is PostgreSQL's own escape character for patterns.
    private static string Escaped(string text) => text
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);

    private static string? Join(string word, List<string> conditions) => conditions.Count switch
    {
        0 => null,
        1 => conditions[0],
        _ => $"({string.Join(word, conditions)})",
    };

    private static InputObjectValue Given(InputValueDefinition field, object? value) =>
        value as InputObjectValue ?? throw NoNull(field.Name);

    // A null that came from a forgotten variable must not widen what is found.
    private static GraphQLException NoNull(string field) =>
        Refused($"The filter `{field}` needs a value: null is not supported.", ErrorCodes.FilterNull);

    private static GraphQLException Refused(string message, string code) => new(new GraphQLError(message) { Code = code });
}
