using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Platform.GraphQL.Execution;

/// <summary>
/// Valid documents by their exact text. A hit allocates nothing. When the cache is full the documents that were not
/// asked for since the last sweep go first (second chance, an approximation of least recently used without a lock on
/// the way in).
/// </summary>
internal sealed class DocumentCache
{
    private readonly int _capacity;
    private readonly ConcurrentDictionary<byte[], Entry> _entries;
    private readonly ConcurrentDictionary<byte[], Entry>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly Queue<Entry> _order = new();
    private readonly Lock _gate = new();

    public DocumentCache(int capacity)
    {
        _capacity = Math.Max(1, capacity);
        _entries = new ConcurrentDictionary<byte[], Entry>(TextComparer.Instance);
        _lookup = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _entries.Count;

    public PreparedDocument? Find(ReadOnlySpan<byte> text)
    {
        if (!_lookup.TryGetValue(text, out var entry))
        {
            return null;
        }

        if (!entry.IsUsed)
        {
            entry.IsUsed = true;
        }

        return entry.Document;
    }

    public void Add(byte[] text, PreparedDocument document)
    {
        var entry = new Entry(text, document);
        if (!_entries.TryAdd(text, entry))
        {
            return;
        }

        lock (_gate)
        {
            _order.Enqueue(entry);
            while (_order.Count > _capacity)
            {
                var oldest = _order.Dequeue();
                if (oldest.IsUsed)
                {
                    oldest.IsUsed = false;
                    _order.Enqueue(oldest);
                }
                else
                {
                    _entries.TryRemove(oldest.Text, out _);
                }
            }
        }
    }

    private sealed class Entry(byte[] text, PreparedDocument document)
    {
        public byte[] Text { get; } = text;

        public PreparedDocument Document { get; } = document;

        public bool IsUsed { get; set; }
    }

    private sealed class TextComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly TextComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        // HashCode is seeded per process: a client cannot prepare texts that collide.
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
