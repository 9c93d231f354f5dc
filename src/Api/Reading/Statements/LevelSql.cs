using System.Text;
using Npgsql;
using Platform.Api.Access;
using Platform.Api.Reading.Planning;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading.Statements;

/// <summary>A statement that is ready to run.</summary>
internal sealed record Statement(string Sql, IReadOnlyList<NpgsqlParameter> Parameters);

/// <summary>
/// Writes the statements of a level. A page is a subquery of its own that knows only what decides which rows are on it;
/// edges that are merely shown are joined to the few rows that remain. The position of the event log comes with the
/// first statement, from the same snapshot (DESIGN §3).
/// </summary>
internal sealed class LevelSql
{
    private const string Position = "event_publisher p";

    private readonly Level _level;
    private readonly Principal _principal;
    private readonly SqlText _sql;

    public LevelSql(Level level, Principal principal)
    {
        _level = level;
        _principal = principal;
        _sql = new SqlText(principal);
    }

    /// <summary>The row, or rows, that keys name.</summary>
    public Statement ByKeys(NpgsqlParameter keys)
    {
        var given = _sql.Parameter(keys);

        // Whoever sees every row is told the same text every time; it is the commonest question of all.
        var text = _principal.Rows.IsEverything ? _level.TextByKeys ??= TextByKeys(given) : TextByKeys(given);
        return new Statement(text, _sql.Parameters);
    }

    private string TextByKeys(string given)
    {
        var type = _level.Type;
        var isOne = _level.Kind == LevelKind.Single;
        var text = new StringBuilder(isOne ? "select p.last_position, " : "select p.last_position, k.ord, ")
            .Append(_level.Selected.OfRows)
            .Append(" from ").Append(Position);
        if (!isOne)
        {
            text.Append(" cross join unnest(").Append(given).Append(") with ordinality k(key, ord)");
        }

        text.Append(" left join ").Append(type.Table).Append(" t on ").Append(_level.KeyedBy!.Sql("t")).Append(" = ").Append(isOne ? given : "k.key");
        if (ScopeSql.Of(_sql, type, "t") is { } visible)
        {
            text.Append(" and ").Append(visible);
        }

        Joins(text);
        return text.ToString();
    }

    /// <summary>One page, or one for each key.</summary>
    public (Statement Statement, CursorFormat? Cursors, Type[] Types) Page(PageRequest page, NpgsqlParameter? keys)
    {
        var isChild = keys is not null;
        var given = isChild ? _sql.Parameter(keys!) : "";
        var order = new PageOrder(_sql, _level.Type, page.Order, page.Limits.Sorting);
        var cursors = page.HasCursors ? page.Cursors(_level.List!, order) : null;
        if (cursors is not null)
        {
            page.Follow(cursors);
        }

        var isOrderedOutside = _level.Joins.Count > 0;
        var wantsOrder = isOrderedOutside || page.WantsCursors;
        var text = new StringBuilder(isChild ? "select k.ord, " : "select p.last_position, ").Append(_level.Selected.OfPage);
        for (var i = 0; page.WantsCursors && i < order.Steps.Count; i++)
        {
            text.Append(", t.o").Append(i);
        }

        text.Append(isChild
            ? $" from unnest({given}) with ordinality k(key, ord) cross join lateral ("
            : $" from {Position} left join (");
        Inner(text, page, order, wantsOrder, isChild);
        text.Append(isChild ? ") t" : ") t on true");
        Joins(text);
        if (isOrderedOutside)
        {
            text.Append(" order by ").Append(isChild ? "k.ord, " : "");
            text.AppendJoin(", ", order.Steps.Select((step, i) => $"t.o{i}{step.Direction(page.IsReversed)}"));
        }

        return (new Statement(text.ToString(), _sql.Parameters), cursors, [.. order.Steps.Select(step => step.Column.StoredType)]);
    }

    /// <summary>How many rows there are in all, and how many beyond the cursor.</summary>
    public Statement Count(PageRequest page, NpgsqlParameter? keys)
    {
        var given = keys is null ? null : _sql.Parameter(keys);
        var order = new PageOrder(_sql, _level.Type, page.Order, page.Limits.Sorting);
        var leading = (page.IsReversed ? page.BeforeValues : page.AfterValues) is { } values && page.WantsNeighbours
            ? $" filter (where {order.After(values, page.IsReversed)})"
            : "";
        var text = new StringBuilder(given is null
            ? $"select 1::bigint, count(*), count(*){leading}"
            : $"select k.ord, c.n, c.beyond from unnest({given}) with ordinality k(key, ord) "
                + $"cross join lateral (select count(*) as n, count(*){leading} as beyond");
        text.Append(" from ").Append(_level.Type.Table).Append(" t").Append(leading.Length > 0 ? order.Joins : "");
        Where(text, page.Where, page.Limits, isChild: given is not null, [null, null]);
        text.Append(given is null ? "" : ") c");
        return new Statement(text.ToString(), _sql.Parameters);
    }

    private void Inner(StringBuilder text, PageRequest page, PageOrder order, bool wantsOrder, bool isChild)
    {
        text.Append("select ").Append(_level.Selected.Inside);
        for (var i = 0; wantsOrder && i < order.Steps.Count; i++)
        {
            text.Append(", ").Append(order.Steps[i].Sql).Append(" as o").Append(i);
        }

        text.Append(" from ").Append(_level.Type.Table).Append(" t").Append(order.Joins);
        Where(text, page.Where, page.Limits, isChild,
        [
            page.AfterValues is { } after ? order.After(after, isReversed: false) : null,
            page.BeforeValues is { } before ? order.After(before, isReversed: true) : null,
        ]);
        text.Append(" order by ").Append(order.Text(page.IsReversed));
        text.Append(" limit ").Append(_sql.Number(page.Size + 1));
        if (page.Skip > 0)
        {
            text.Append(" offset ").Append(_sql.Number(page.Skip));
        }
    }

    private void Where(StringBuilder text, InputObjectValue? where, ReadLimits limits, bool isChild, string?[] bounds)
    {
        string?[] conditions =
        [
            isChild ? $"{_level.Via!.Column.Sql("t")} = k.key" : null,
            ScopeSql.Of(_sql, _level.Type, "t"),
            new FilterSql(_sql, limits).Condition(where, "t"),
            .. bounds,
        ];
        var word = " where ";
        foreach (var condition in conditions)
        {
            if (condition is not null)
            {
                text.Append(word).Append(condition);
                word = " and ";
            }
        }
    }

    private void Joins(StringBuilder text)
    {
        foreach (var join in _level.Joins)
        {
            text.Append(JoinSql.Left(_sql, join.Edge, join.From?.Alias ?? "t", join.Alias));
        }
    }
}
