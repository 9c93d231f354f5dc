using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Execution.Compilation;

namespace Platform.GraphQL.Execution.Resolvers;

/// <summary>What a resolver may know besides its parent. One per selection and level, shared by all parents of it.</summary>
public abstract class FieldContext
{
    private protected FieldContext()
    {
    }

    public abstract RequestContext Request { get; }

    /// <summary>The field as selected, with what is selected below it.</summary>
    public abstract Selection Selection { get; }

    /// <summary>Everything selected of the same objects, this field included: a data layer sees here what else it will be asked.</summary>
    public abstract SelectionSet Siblings { get; }

    /// <summary>The field's arguments, coerced, with defaults in place. §6.4.1</summary>
    public abstract ArgumentValues Arguments { get; }

    /// <summary>Whatever a field, type or convention keeps for the length of this request, by its own key type.</summary>
    public IDictionary<object, object?> Items => Request.Items;

    /// <summary>The coerced arguments of a selection below this field, for a planned subtree.</summary>
    public abstract ArgumentValues ArgumentsOf(Selection other);

    /// <summary>Lets the engine resolve a selection below a planned field for all parents at once.</summary>
    public abstract ValueTask<ResolvedSelection> ResolveAsync(Selection child, ReadOnlyMemory<object?> parents);

    public T Service<T>() where T : notnull => Request.Services.GetRequiredService<T>();

    /// <summary>The loaders of this operation, batched over all parents and all fields of a level.</summary>
    public abstract DataLoaderScope Loaders { get; }

    /// <summary>Adds an entry to the response's <c>extensions</c>; the last value of a name stays.</summary>
    public abstract void SetExtension(string name, object? value);
}
