using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.TypeSystem;

/// <summary>A coerced input object. A field that was not given and has no default is absent, which is not null.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is a value first; the specification's word names it.")]
public sealed class InputObjectValue : IReadOnlyDictionary<string, object?>
{
    private readonly object?[] _values;

    internal InputObjectValue(InputObjectType type)
    {
        Type = type;
        _values = new object?[type.Fields.Count];
        Array.Fill(_values, ArgumentValues.Absent);
    }

    public InputObjectType Type { get; }

    public int Count => _values.Count(value => !ReferenceEquals(value, ArgumentValues.Absent));

    public IEnumerable<string> Keys => this.Select(pair => pair.Key);

    public IEnumerable<object?> Values => this.Select(pair => pair.Value);

    public object? this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"{Type.Name}.{key} was not given.");

    /// <summary>Whether the field at this place of the definition was given or has a default.</summary>
    public bool Has(int index) => !ReferenceEquals(_values[index], ArgumentValues.Absent);

    /// <summary>The value at a place of the definition; null also where the field is absent.</summary>
    public object? Get(int index) => Has(index) ? _values[index] : null;

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        for (var index = 0; index < _values.Length; index++)
        {
            if (Type.Fields[index].Name == key)
            {
                value = Get(index);
                return Has(index);
            }
        }

        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var index = 0; index < _values.Length; index++)
        {
            if (Has(index))
            {
                yield return new(Type.Fields[index].Name, _values[index]);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Set(int index, object? value) => _values[index] = value;
}
