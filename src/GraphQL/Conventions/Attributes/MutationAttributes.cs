namespace Platform.GraphQL.Conventions;

/// <summary>Names what the mutation convention names, or keeps it away from one mutation.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class UseMutationConventionAttribute : Attribute
{
    public string? InputTypeName { get; init; }

    public string? InputArgumentName { get; init; }

    public string? PayloadTypeName { get; init; }

    public string? PayloadFieldName { get; init; }

    public string? PayloadErrorTypeName { get; init; }

    /// <summary>The field stays as it is written.</summary>
    public bool Disable { get; init; }
}

/// <summary>
/// A member of the mutation's error union: an exception, an error object, or a class made of an exception by a
/// constructor or by static methods <c>CreateErrorFrom</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public class ErrorAttribute(Type errorType) : Attribute
{
    public Type ErrorType { get; } = errorType;
}

/// <inheritdoc/>
public sealed class ErrorAttribute<T>() : ErrorAttribute(typeof(T));
