namespace Platform.GraphQL.Conventions;

/// <summary>The parameter is the object the field belongs to.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class ParentAttribute(string? requires) : Attribute
{
    public ParentAttribute()
        : this(null)
    {
    }

    /// <summary>The properties the resolver reads, separated by blanks, for data layers that load only what is used.</summary>
    public string? Requires { get; } = requires;
}

/// <summary>
/// The method is asked once for all parents of a selection: its parent parameter is a list, and so is its answer, in
/// the same order. Or its answer is a dictionary by parent.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class BatchResolverAttribute : Attribute;

/// <summary>
/// The static method loads values by their keys: <c>(IReadOnlyList&lt;TKey&gt; keys, …) → IReadOnlyDictionary&lt;TKey, TValue&gt;</c>,
/// or <c>ILookup</c> for several values per key. Resolvers ask for it as <c>DataLoader&lt;TKey, TValue&gt;</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter, Inherited = false)]
public sealed class DataLoaderAttribute(string? name) : Attribute
{
    public DataLoaderAttribute()
        : this(null)
    {
    }

    /// <summary>Chooses between loaders of the same types; by convention <c>GetItemByIdAsync</c> is <c>ItemById</c>.</summary>
    public string? Name { get; } = name;
}

/// <summary>The method finds an object of the type by its raw id; it makes the type a <c>Node</c>.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class NodeResolverAttribute : Attribute;

/// <summary>The property is the raw id of the node, where it is not named <c>Id</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class NodeAttribute : Attribute
{
    public string IdField { get; init; } = "Id";
}

/// <summary>The parameter is never an argument: it comes from the registered services, if need be by its key.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class ServiceAttribute(object? key) : Attribute
{
    public ServiceAttribute()
        : this(null)
    {
    }

    public object? Key { get; } = key;
}
