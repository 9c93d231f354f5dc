namespace Platform.GraphQL.Conventions;

/// <summary>An argument or input field that knows whether it was given: null and nothing are two things.</summary>
public readonly record struct Optional<T>
{
    public Optional(T? value)
    {
        Value = value;
        HasValue = true;
    }

    public T? Value { get; }

    public bool HasValue { get; }

    public static implicit operator Optional<T>(T? value) => new(value);

    public T? Or(T? fallback) => HasValue ? Value : fallback;
}
