using Npgsql;
using Platform.Api.Reading.Planning;
using Platform.Api.Reading.Rows;
using Platform.GraphQL.Response;

namespace Platform.Api.Reading.Running;

/// <summary>The rows of a level as JSON, one behind the other, and where each begins, ends and is interrupted by gaps.</summary>
internal sealed class WrittenRows : IDisposable
{
    private readonly RowProgram _program;
    private readonly JsonWriter _json = new(long.MaxValue);
    private readonly List<int> _places = [];
    private readonly int _stride;
    private RowSink? _sink;
    private byte[]? _bytes;
    private ReadOnlyMemory<byte> _written;

    public WrittenRows(RowProgram program)
    {
        _program = program;
        _stride = program.Gaps.Count + 2;
    }

    public IReadOnlyList<RowGap> Gaps => _program.Gaps;

    public void Open(NpgsqlDataReader row, Func<string> cursor) =>
        _sink = new RowSink(row, _json, _program.Gaps.Count) { Cursor = cursor };

    /// <summary>Writes the reader's current row; a comma stands between rows of one list.</summary>
    public void Add(bool isFirst)
    {
        if (!isFirst)
        {
            _json.WriteRaw((byte)',');
        }

        _places.Add((int)_json.Length);
        _program.Write(_sink!);
        foreach (var place in _sink!.GapsAt)
        {
            _places.Add(place);
        }

        _places.Add((int)_json.Length);
    }

    public void Close()
    {
        var sequence = _json.AsSequence();
        _written = sequence.IsSingleSegment ? sequence.First : _bytes = _json.ToArray();
    }

    /// <summary>The bytes from the beginning of a row to a place in it.</summary>
    public ReadOnlySpan<byte> Between(int from, int to) => _written.Span[from..to];

    public int Start(int row) => _places[row * _stride];

    public int End(int row) => _places[(row * _stride) + _stride - 1];

    /// <summary>Where a gap is; -1 when the object around it is null.</summary>
    public int Gap(int row, int gap) => _places[(row * _stride) + 1 + gap];

    public void Dispose() => _json.Dispose();
}

/// <summary>The rows that belong to one key of the level above, or all rows of a page at the root.</summary>
internal struct RowGroup
{
    public int Start { get; set; }

    public int Count { get; set; }

    /// <summary>There is at least one row more.</summary>
    public bool HasMore { get; set; }

    public object?[]? First { get; set; }

    public object?[]? Last { get; set; }
}

/// <summary>Values of one column of the rows above, each once, in the order in which they came.</summary>
internal abstract class KeyValues
{
    /// <summary>For each row the place of its value; -1 for null.</summary>
    public List<int> OfRow { get; } = [];

    public abstract int Count { get; }

    public abstract void Add(NpgsqlDataReader row, int ordinal, bool isUnique);

    public abstract Array Values { get; }

    public static KeyValues For(Type type) => type == typeof(Guid) ? new Of<Guid>()
        : type == typeof(string) ? new Of<string>()
        : type == typeof(int) ? new Of<int>()
        : type == typeof(long) ? new Of<long>()
        : throw new NotSupportedException($"No level is asked with keys of {type.Name}.");

    private sealed class Of<T> : KeyValues
        where T : notnull
    {
        private readonly List<T> _values = [];
        private Dictionary<T, int>? _known;

        public override int Count => _values.Count;

        public override Array Values => _values.ToArray();

        public override void Add(NpgsqlDataReader row, int ordinal, bool isUnique)
        {
            if (row.IsDBNull(ordinal))
            {
                OfRow.Add(-1);
                return;
            }

            var value = row.GetFieldValue<T>(ordinal);
            if (isUnique)
            {
                OfRow.Add(_values.Count);
                _values.Add(value);
                return;
            }

            _known ??= [];
            if (!_known.TryGetValue(value, out var place))
            {
                place = _values.Count;
                _known.Add(value, place);
                _values.Add(value);
            }

            OfRow.Add(place);
        }
    }
}

/// <summary>Values of the driver as objects, for cursors and computed fields.</summary>
internal static class StoredValue
{
    public static object? Read(NpgsqlDataReader row, int ordinal, Type type) => row.IsDBNull(ordinal) ? null
        : type == typeof(DateTimeOffset) ? row.GetFieldValue<DateTimeOffset>(ordinal)
        : type == typeof(DateOnly) ? row.GetFieldValue<DateOnly>(ordinal)
        : type == typeof(TimeOnly) ? row.GetFieldValue<TimeOnly>(ordinal)
        : type == typeof(int) ? row.GetInt32(ordinal)
        : row.GetValue(ordinal);
}
