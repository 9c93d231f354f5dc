using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.DataLoading;

namespace Platform.GraphQL.Execution.Resolvers;

/// <summary>What a resolver may know besides its parent. One per selection and level, shared by all parents of it.</summary>
public abstract class FieldContext
{
    private protected FieldContext()
    {
    }

    public abstract RequestContext Request { get; }

    /// <summary>The field's arguments, coerced, with defaults in place. §6.4.1</summary>
    public abstract ArgumentValues Arguments { get; }

    /// <summary>Whatever a field, type or convention keeps for the length of this request, by its own key type.</summary>
    public IDictionary<object, object?> Items => Request.Items;

    public T Service<T>() where T : notnull => Request.Services.GetRequiredService<T>();

    /// <summary>The loaders of this operation, batched over all parents and all fields of a level.</summary>
    public abstract DataLoaderScope Loaders { get; }

    /// <summary>Adds an entry to the response's <c>extensions</c>; the last value of a name stays.</summary>
    public abstract void SetExtension(string name, object? value);
}
