using System.Buffers;
using System.Text;

namespace Platform.GraphQL.Language;

/// <summary>The names of one document: equal bytes give the same string, so a name is allocated once.</summary>
internal struct NameTable : IDisposable
{
    private const int InitialSize = 128;

    private Entry[] _entries;
    private int _mask;
    private int _count;

    public NameTable()
    {
        _entries = ArrayPool<Entry>.Shared.Rent(InitialSize);
        Array.Clear(_entries);
        _mask = InitialSize - 1;
    }

    public string Intern(ReadOnlySpan<byte> name)
    {
        // Seeded per process: a document cannot be written so that its names collide.
        var hasher = new HashCode();
        hasher.AddBytes(name);
        var hash = hasher.ToHashCode();

        var slot = hash & _mask;
        while (_entries[slot].Text is { } known)
        {
            if (_entries[slot].Hash == hash && Ascii.Equals(name, known))
            {
                return known;
            }

            slot = (slot + 1) & _mask;
        }

        var text = Encoding.ASCII.GetString(name);
        _entries[slot] = new Entry(hash, text);
        if (++_count > _mask / 2)
        {
            Grow();
        }

        return text;
    }

    public void Dispose()
    {
        ArrayPool<Entry>.Shared.Return(_entries, clearArray: true);
        _entries = [];
    }

    private void Grow()
    {
        var size = (_mask + 1) * 2;
        var larger = ArrayPool<Entry>.Shared.Rent(size);
        Array.Clear(larger);
        var mask = size - 1;
        foreach (var entry in _entries.AsSpan(0, _mask + 1))
        {
            if (entry.Text is null)
            {
                continue;
            }

            var slot = entry.Hash & mask;
            while (larger[slot].Text is not null)
            {
                slot = (slot + 1) & mask;
            }

            larger[slot] = entry;
        }

        ArrayPool<Entry>.Shared.Return(_entries, clearArray: true);
        _entries = larger;
        _mask = mask;
    }

    private readonly record struct Entry(int Hash, string? Text);
}
