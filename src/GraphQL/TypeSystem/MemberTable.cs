using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Platform.GraphQL.TypeSystem;

/// <summary>The members of a definition in their order, found by name. Small tables are searched, large ones hashed.</summary>
public sealed class MemberTable<T> : IReadOnlyList<T>
    where T : SchemaElement
{
    private const int Small = 6;

    private readonly T[] _members;
    private readonly Dictionary<string, T>? _byName;

    internal MemberTable(IEnumerable<T> members)
    {
        _members = [.. members];
        if (_members.Length <= Small)
        {
            return;
        }

        _byName = new Dictionary<string, T>(_members.Length, StringComparer.Ordinal);
        foreach (var member in _members)
        {
            _byName[member.Name] = member;
        }
    }

    internal static MemberTable<T> Empty { get; } = new([]);

    public int Count => _members.Length;

    [SuppressMessage("Design", "CA1043", Justification = "The place in the definition is the natural index.")]
    public T this[int index] => _members[index];

    public ReadOnlySpan<T> AsSpan() => _members;

    public T? Find(string name)
    {
        if (_byName is not null)
        {
            return _byName.GetValueOrDefault(name);
        }

        foreach (var member in _members)
        {
            if (string.Equals(member.Name, name, StringComparison.Ordinal))
            {
                return member;
            }
        }

        return null;
    }

    public bool Contains(string name) => Find(name) is not null;

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_members).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
