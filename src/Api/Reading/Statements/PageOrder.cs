using System.Collections;
using System.Text;
using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Planning;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Conventions.Sorting;
using Platform.GraphQL.Execution;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading.Statements;

/// <summary>One step of an order.</summary>
/// <param name="Column">What is ordered by.</param>
/// <param name="Alias">The table it stands in.</param>
/// <param name="IsNullable">Whether it may be null, also because the row it stands in may be missing.</param>
/// <param name="IsDescending">From large to small.</param>
/// <param name="NullsFirst">Where nulls stand.</param>
internal sealed record OrderStep(ReadColumn Column, string Alias, bool IsNullable, bool IsDescending, bool NullsFirst)
{
    public string Sql => Column.Sql(Alias);

    /// <summary>The type of its values in a cursor.</summary>
    public Type CursorType => IsNullable && Column.StoredType.IsValueType
        ? typeof(Nullable<>).MakeGenericType(Column.StoredType)
        : Column.StoredType;

    /// <summary>The words behind the expression; <paramref name="isReversed"/> reads the list from its end.</summary>
    public string Direction(bool isReversed)
    {
        var isDescending = IsDescending != isReversed;
        var nullsFirst = NullsFirst != isReversed;
        return (isDescending ? " desc" : "") + (IsNullable && nullsFirst != isDescending ? nullsFirst ? " nulls first" : " nulls last" : "");
    }
}

/// <summary>
/// The order of a page: what the client asked for, then the key, so that no two rows are equal. Edges it goes through are
/// joined inside the page, because they decide what is on it.
/// </summary>
internal sealed class PageOrder
{
    private readonly SqlText _sql;
    private readonly List<OrderStep> _steps = [];
    private readonly List<(string From, ReadOne Edge, string Alias)> _edges = [];
    private readonly StringBuilder _joins = new();

    public PageOrder(SqlText sql, ReadType type, object? order, SortOptions limits)
    {
        _sql = sql;
        foreach (var element in (order as IEnumerable) ?? Array.Empty<object>())
        {
            Read((InputObjectValue)element!, "t", isOptional: false);
        }

        if (_steps.Count > limits.MaxSteps)
        {
            throw new GraphQLException(new GraphQLError($"An order may have {limits.MaxSteps} steps.") { Code = ErrorCodes.FilterLimit });
        }

        // The last direction goes on, so that an index over both serves the page.
        var isDescending = _steps.Count > 0 && _steps[^1].IsDescending;
        foreach (var key in type.Key.Where(key => !_steps.Exists(step => step.Alias == "t" && step.Column.Column == key.Column)))
        {
            _steps.Add(new OrderStep(key, "t", IsNullable: false, isDescending, NullsFirst: isDescending));
        }
    }

    public IReadOnlyList<OrderStep> Steps => _steps;

    /// <summary>Joins of the page itself.</summary>
    public string Joins => _joins.ToString();

    public string Text(bool isReversed) =>
        string.Join(", ", _steps.Select(step => step.Sql + step.Direction(isReversed)));

    /// <summary>The rows behind a cursor's values, in the direction of reading.</summary>
    public string After(IReadOnlyList<object?> values, bool isReversed)
    {
        var isUniform = _steps.TrueForAll(step => !step.IsNullable && step.IsDescending == _steps[0].IsDescending);
        if (isUniform)
        {
            // One comparison of rows, which an index answers by one descent.
            var sign = _steps[0].IsDescending == isReversed ? ">" : "<";
            return _steps.Count == 1
                ? $"{_steps[0].Sql} {sign} {Value(0, values)}"
                : $"({string.Join(", ", _steps.Select(step => step.Sql))}) {sign} "
                    + $"({string.Join(", ", Enumerable.Range(0, _steps.Count).Select(i => Value(i, values)))})";
        }

        return After(values, isReversed, 0);
    }

    private string After(IReadOnlyList<object?> values, bool isReversed, int index)
    {
        var step = _steps[index];
        var isLast = index == _steps.Count - 1;
        var nullsFirst = step.NullsFirst != isReversed;
        if (values[index] is null)
        {
            var rest = isLast ? "false" : $"({step.Sql} is null and {After(values, isReversed, index + 1)})";
            return nullsFirst ? $"({step.Sql} is not null or {rest})" : rest;
        }

        var value = Value(index, values);
        var beyond = $"{step.Sql} {(step.IsDescending == isReversed ? ">" : "<")} {value}";
        if (step.IsNullable && !nullsFirst)
        {
            beyond += $" or {step.Sql} is null";
        }

        return isLast ? $"({beyond})" : $"({beyond} or ({step.Sql} = {value} and {After(values, isReversed, index + 1)}))";
    }

    private string Value(int index, IReadOnlyList<object?> values) =>
        _sql.Parameter(_steps[index].Column, values[index] is DateTimeOffset moment ? moment.ToUniversalTime() : values[index]!);

    private void Read(InputObjectValue element, string alias, bool isOptional)
    {
        var fields = element.Type.Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            switch (fields[i].Metadata.Get<ReadInput>())
            {
                case ReadInput.One { Edge: var edge } when element.Get(i) is InputObjectValue below:
                    Read(below, Join(alias, edge), isOptional: true);
                    break;
                case ReadInput.Column { Value: var column } when SortInputs.Read(element.Get(i)) is var (isDescending, nulls):
                    _sql.Demand(column.Permission);
                    var nullsFirst = nulls == NullOrdering.Unspecified ? isDescending : nulls == NullOrdering.First;
                    _steps.Add(new OrderStep(column, alias, column.IsNullable || isOptional, isDescending, nullsFirst));
                    break;
            }
        }
    }

    private string Join(string from, ReadOne edge)
    {
        _sql.Demand(edge.Target.Declared.Permission);
        var known = _edges.Find(one => one.From == from && one.Edge == edge);
        if (known.Alias is not null)
        {
            return known.Alias;
        }

        var alias = $"s{_edges.Count + 1}";
        _edges.Add((from, edge, alias));
        _joins.Append(JoinSql.Left(_sql, edge, from, alias));
        return alias;
    }
}

/// <summary>To-one edges: a row that is not the caller's is not joined, and reads as absent.</summary>
internal static class JoinSql
{
    public static string Left(SqlText sql, ReadOne edge, string from, string alias)
    {
        var text = $" left join {edge.Target.Table} {alias} on {alias}.{edge.Target.Key[0].Column} = {from}.{edge.Column.Column}";
        return ScopeSql.Of(sql, edge.Target, alias) is { } visible ? $"{text} and {visible}" : text;
    }
}
