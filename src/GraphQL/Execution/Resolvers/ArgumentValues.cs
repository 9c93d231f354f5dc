using System.Diagnostics.CodeAnalysis;

namespace Platform.GraphQL.Execution.Resolvers;

/// <summary>
/// The coerced arguments of a selection in the order of their definitions. An argument that was neither given nor has
/// a default is absent, which is not the same as null.
/// </summary>
public sealed class ArgumentValues
{
    /// <summary>Stands in the place of an argument that has no entry.</summary>
    public static readonly object Absent = new();

    public static readonly ArgumentValues None = new([], []);

    private readonly string[] _names;
    private readonly object?[] _values;

    public ArgumentValues(string[] names, object?[] values)
    {
        _names = names;
        _values = values;
    }

    public int Count => _values.Length;

    public string Name(int index) => _names[index];

    public bool Has(int index) => !ReferenceEquals(_values[index], Absent);

    public bool Has(string name) => Has(IndexOf(name));

    /// <summary>The value at a definition's place; null also where the argument is absent.</summary>
    [SuppressMessage("Design", "CA1043", Justification = "The place of a definition is the natural index.")]
    public object? this[int index] => Has(index) ? _values[index] : null;

    public object? this[string name] => this[IndexOf(name)];

    [return: MaybeNull]
    public T Get<T>(string name) => this[name] is T value ? value : default;

    private int IndexOf(string name)
    {
        var index = Array.IndexOf(_names, name);
        return index >= 0 ? index : throw new ArgumentException($"The field has no argument '{name}'.", nameof(name));
    }
}
