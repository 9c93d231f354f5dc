using System.Collections;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Platform.Api.Access;
using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Planning;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Conventions.Sorting;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading.Statements;

/// <summary>Groups of rows, counted and summed by the database; what their keys point at is joined to the groups.</summary>
internal sealed class GroupSql(Level level, Principal principal)
{
    private readonly SqlText _sql = new(principal);
    private readonly List<GroupOrder> _order = [];

    public static int Size(ArgumentValues arguments)
    {
        var size = arguments["first"] as int? ?? AggregateSchema.UsualGroups;
        return size is > 0 and <= AggregateSchema.MostGroups
            ? size
            : throw new GraphQLException(new GraphQLError($"Between 1 and {AggregateSchema.MostGroups} groups can be asked for.")
            {
                Code = size <= 0 ? ErrorCodes.PageTooSmall : ErrorCodes.PageTooLarge,
            });
    }

    private static int Skipped(ArgumentValues arguments)
    {
        var skip = arguments["skip"] as int? ?? 0;
        return skip is >= 0 and <= AggregateSchema.MostSkipped
            ? skip
            : throw new GraphQLException(new GraphQLError($"Between 0 and {AggregateSchema.MostSkipped} groups can be left out.")
            {
                Code = skip < 0 ? ErrorCodes.PageTooSmall : ErrorCodes.PageTooLarge,
            });
    }

    public Statement Of(ArgumentValues arguments, ReadLimits limits, NpgsqlParameter? keys)
    {
        var groups = ((arguments["groupBy"] as IEnumerable) ?? Array.Empty<object>()).Cast<GroupKey>().ToList();
        groups.ForEach(group => _sql.Demand(group.Permission));
        _order.AddRange(GroupOrder.Read(arguments["order"]));
        _order.ForEach(step => _sql.Demand(step.Key.Permission));
        var columns = groups.Select(group => group.Column.Column).Distinct(StringComparer.Ordinal).ToList();
        var given = keys is null ? null : _sql.Parameter(keys);
        var text = new StringBuilder(given is null ? "select p.last_position, " : "select k.ord, ")
            .AppendJoin(", ", level.Items.Select(item => item.Alias == "t" ? $"t.{item.Column.Column}" : item.Column.Sql(item.Alias)))
            .Append(given is null
                ? " from event_publisher p left join ("
                : $" from unnest({given}) with ordinality k(key, ord) cross join lateral (");
        Inner(text, columns, arguments, limits, isChild: given is not null);
        text.Append(given is null ? ") t on true" : ") t");
        foreach (var join in level.Joins)
        {
            text.Append(JoinSql.Left(_sql, join.Edge, join.From?.Alias ?? "t", join.Alias));
        }

        List<string> order = given is null ? [] : ["k.ord"];
        order.AddRange(columns.Count == 0 ? [] : _order.Select((step, at) => $"t.o_{at}{step.Words}"));
        order.AddRange(columns.Select(column => $"t.g_{column}"));
        if (order.Count > 0)
        {
            text.Append(" order by ").AppendJoin(", ", order);
        }

        return new Statement(text.ToString(), _sql.Parameters);
    }

    private void Inner(
        StringBuilder text, List<string> groups, ArgumentValues arguments, ReadLimits limits, bool isChild)
    {
        text.Append("select ").AppendJoin(", ", [
            .. level.Items.Where(item => item.Alias == "t").Select(item => Item(item.Column, groups)),
            .. groups.Select(column => $"t.{column} as g_{column}"),
            .. _order.Select((step, at) => $"{step.Key.Column.Sql("t")} as o_{at}"),
        ]);
        text.Append(" from ").Append(level.Type.Table).Append(" t");
        string?[] conditions =
        [
            isChild ? $"{level.Via!.Column.Sql("t")} = k.key" : null,
            ScopeSql.Of(_sql, level.Type, "t"),
            new FilterSql(_sql, limits).Condition(arguments["where"] as InputObjectValue, "t"),
        ];
        var given = conditions.OfType<string>().ToList();
        if (given.Count > 0)
        {
            text.Append(" where ").AppendJoin(" and ", given);
        }

        if (groups.Count > 0)
        {
            var keys = string.Join(", ", groups.Select(column => $"t.{column}"));
            text.Append(" group by ").Append(keys).Append(" order by ")
                .AppendJoin(", ", [.. _order.Select((step, at) => $"o_{at}{step.Words}"), keys])
                .Append(" limit ").Append(_sql.Number(Size(arguments)));
            if (Skipped(arguments) is var skipped and > 0)
            {
                text.Append(" offset ").Append(_sql.Number(skipped));
            }
        }
    }

    private static string Item(ReadColumn column, List<string> groups) =>
        column.Expression is not null ? $"{column.Sql("t")} as {column.Column}"
        : groups.Contains(column.Column, StringComparer.Ordinal) ? column.Sql("t")
        : $"null::{TypeName(column.StoreType)} as {column.Column}";

    private static string TypeName(NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.TimestampTz => "timestamptz",
        _ => type.ToString().ToLowerInvariant(),
    };
}

/// <summary>A step of the order of groups.</summary>
internal sealed record GroupOrder(GroupKey Key, bool IsDescending, bool NullsFirst)
{
    public const string By = "by";
    public const string Direction = "direction";

    /// <summary>Behind the expression. Groups without a value come last, whichever way the others stand.</summary>
    public string Words => (IsDescending ? " desc" : "") + (NullsFirst ? " nulls first" : " nulls last");

    public static IEnumerable<GroupOrder> Read(object? order)
    {
        foreach (var step in ((order as IEnumerable) ?? Array.Empty<object>()).Cast<InputObjectValue>())
        {
            var direction = SortInputs.Read(step[Direction]) ?? (IsDescending: true, NullOrdering.Unspecified);
            yield return new GroupOrder((GroupKey)step[By]!, direction.IsDescending, direction.Nulls == NullOrdering.First);
        }
    }
}
