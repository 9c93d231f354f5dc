namespace Platform.GraphQL.TypeSystem;

/// <summary>
/// Whatever a convention, a data layer or an authorisation rule keeps with a schema element, each under its own type.
/// </summary>
public sealed class Metadata
{
    private Dictionary<Type, object>? _values;

    public T? Get<T>()
        where T : class => _values is not null && _values.TryGetValue(typeof(T), out var value) ? (T)value : null;

    public bool Has<T>()
        where T : class => Get<T>() is not null;

    public void Set<T>(T value)
        where T : class => (_values ??= [])[typeof(T)] = value;
}
