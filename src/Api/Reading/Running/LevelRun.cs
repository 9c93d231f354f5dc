using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;
using Platform.Api.Access;
using Platform.Api.Reading.Planning;
using Platform.Api.Reading.Statements;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Api.Reading.Running;

/// <summary>One level while a request runs: its statements, then its rows, then the levels below it.</summary>
internal sealed class LevelRun : ILevelRun
{
    private readonly Level _level;
    private readonly Principal _principal;
    private readonly KeyValues[] _captured;
    private readonly WrittenRows[] _written;
    private readonly Array? _keys;
    private RowGroup[] _groups;
    private (long Total, long Beyond)[]? _totals;
    private CursorFormat? _cursors;
    private Type[] _cursorTypes = [];
    private int _rows;

    public LevelRun(Level level, Principal principal, Array? keys)
    {
        _level = level;
        _principal = principal;
        _keys = keys;
        _groups = new RowGroup[level.Kind is LevelKind.ChildPage or LevelKind.Keyed ? keys!.Length : 1];
        _captured = [.. level.Captures.Select(capture => KeyValues.For(capture.Key.StoredType))];
        _written = [.. level.Programs.Select(program => new WrittenRows(program))];
    }

    public Level Level => _level;

    public bool HasBelow => _level.HasBelow;

    public PageRequest? Page { get; private set; }

    public IReadOnlyList<ILevelRun?[]> Below { get; private set; } = [];

    /// <summary>The answers of computed fields, by program and gap.</summary>
    public Dictionary<(int Program, int Gap), ResolvedSelection> Computed { get; } = [];

    public long? Position { get; private set; }

    /// <summary>For computed fields: by program and gap the columns of each row.</summary>
    public Dictionary<(int Program, int Gap), List<object?>> Needed { get; } = [];

    public IReadOnlyList<WrittenRows> Written => _written;

    public RowGroup Group(int group) => _groups[group];

    public long Total(int group) => _totals![group].Total;

    /// <summary>How many rows stand before the page.</summary>
    public long RowsBefore(int group) => Page!.IsReversed
        ? _totals![group].Beyond - Page.Skip - _groups[group].Count
        : _totals![group].Total - _totals[group].Beyond + Page.Skip;

    public int KeyOf(KeyCapture capture, int row) => _captured[capture.Index].OfRow[row];

    public IEnumerable<PendingStatement> Statements(FieldContext field, ReadLimits limits)
    {
        var sql = new LevelSql(_level, _principal);
        if (_level.Kind is LevelKind.Single or LevelKind.Keyed)
        {
            var keys = _level.Kind == LevelKind.Single ? _level.KeyedBy!.Parameter(_keys!.GetValue(0)) : Keys();
            yield return new PendingStatement(sql.ByKeys(keys), ReadKeyedAsync);
            yield break;
        }

        if (_level.IsAggregate)
        {
            var arguments = field.ArgumentsOf(_level.Field!);
            Page = PageRequest.Whole(GroupSql.Size(arguments), limits);
            yield return new PendingStatement(
                new GroupSql(_level, _principal).Of(arguments, limits, _keys is null ? null : Keys()), ReadPagesAsync);
            yield break;
        }

        Page = PageRequest.Of(_level, field.ArgumentsOf(_level.Field!), limits);
        var (statement, cursors, types) = sql.Page(Page, _keys is null ? null : Keys());
        (_cursors, _cursorTypes) = (cursors, types);
        yield return new PendingStatement(statement, ReadPagesAsync);
        if (_level.Shape!.WantsTotal || _level.Shape.WantsNeighbours)
        {
            yield return new PendingStatement(
                new LevelSql(_level, _principal).Count(Page, _keys is null ? null : Keys()), ReadTotalsAsync);
        }
    }

    /// <summary>The levels below, for the keys that were found.</summary>
    public IEnumerable<ILevelRun> Descend()
    {
        var below = new List<ILevelRun?[]>();
        foreach (var program in _level.Programs)
        {
            var runs = new ILevelRun?[program.Gaps.Count];
            for (var i = 0; i < runs.Length; i++)
            {
                runs[i] = program.Gaps[i] switch
                {
                    ChildGap child when Found(child.Capture) is { Count: > 0 } keys => new LevelRun(child.Child, _principal, keys.Values),
                    _ => null,
                };
            }

            below.Add(runs);
        }

        Below = below;
        return below.SelectMany(runs => runs).OfType<ILevelRun>();
    }

    public string Cursor(object?[] values, int pages) => _cursors!.Write(values, pages);

    public void Dispose()
    {
        foreach (var rows in _written)
        {
            rows.Dispose();
        }

        foreach (var runs in Below)
        {
            foreach (var run in runs)
            {
                run?.Dispose();
            }
        }
    }

    private KeyValues Found(KeyCapture capture) => _captured[capture.Index];

    private NpgsqlParameter Keys() => new()
    {
        Value = _keys,
        NpgsqlDbType = NpgsqlDbType.Array | (_level.Via?.Column ?? _level.KeyedBy!).StoreType,
    };

    private async ValueTask<int> ReadKeyedAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        Open(reader);
        while (await reader.ReadAsync(ct))
        {
            Position = reader.GetInt64(0);
            if (!reader.IsDBNull(_level.Marker))
            {
                var group = _level.Kind == LevelKind.Single ? 0 : (int)reader.GetInt64(1) - 1;
                _groups[group] = new RowGroup { Start = _rows, Count = 1 };
                Add(reader, isFirst: true);
            }
        }

        return Close();
    }

    private async ValueTask<int> ReadPagesAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        Open(reader);
        var isChild = _level.Kind == LevelKind.ChildPage;
        while (await reader.ReadAsync(ct))
        {
            // Where there are no rows at all, the position comes alone.
            if (!isChild && Position is null)
            {
                Position = reader.GetInt64(0);
                if (reader.IsDBNull(_level.Marker))
                {
                    break;
                }
            }

            ReadRow(reader, ref _groups[isChild ? (int)reader.GetInt64(0) - 1 : 0]);
        }

        return Close();
    }

    private void ReadRow(NpgsqlDataReader reader, ref RowGroup group)
    {
        if (group.Count == Page!.Size)
        {
            group.HasMore = true;
            return;
        }

        if (group.Count == 0)
        {
            group.Start = _rows;
        }

        if (Page.WantsCursors)
        {
            var values = CursorValues(reader);
            group.First ??= values;
            group.Last = values;
        }

        Add(reader, isFirst: group.Count == 0);
        group.Count++;
    }

    private async ValueTask<int> ReadTotalsAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        _totals = new (long, long)[_groups.Length];
        while (await reader.ReadAsync(ct))
        {
            _totals[reader.GetInt64(0) - 1] = (reader.GetInt64(1), reader.GetInt64(2));
        }

        return _groups.Length;
    }

    private void Open(NpgsqlDataReader reader)
    {
        foreach (var rows in _written)
        {
            rows.Open(reader, () => Cursor(CursorValues(reader), pages: 0));
        }
    }

    private void Add(NpgsqlDataReader reader, bool isFirst)
    {
        _rows++;
        for (var i = 0; i < _captured.Length; i++)
        {
            _captured[i].Add(reader, _level.Captures[i].Ordinal, _level.Captures[i].IsUnique);
        }

        for (var i = 0; i < _written.Length; i++)
        {
            _written[i].Add(isFirst);
            for (var gap = 0; gap < _written[i].Gaps.Count; gap++)
            {
                if (_written[i].Gaps[gap] is ComputedGap computed)
                {
                    ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(Needed, (i, gap), out _);
                    (rows ??= []).Add(computed.Ordinals.Select(ordinal => StoredValue.Read(
                        reader, ordinal, _level.Items[ordinal - _level.Prefix].Column.StoredType)).ToArray());
                }
            }
        }
    }

    private int Close()
    {
        foreach (var rows in _written)
        {
            rows.Close();
        }

        return _rows;
    }

    private object?[] CursorValues(NpgsqlDataReader reader)
    {
        var first = _level.Prefix + _level.Items.Count;
        var values = new object?[_cursorTypes.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = StoredValue.Read(reader, first + i, _cursorTypes[i]);
        }

        return values;
    }
}
