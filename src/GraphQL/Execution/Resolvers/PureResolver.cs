using Platform.GraphQL.Response;

namespace Platform.GraphQL.Execution.Resolvers;

/// <summary>
/// A property of the parent: no arguments, no services, no waiting. It runs while the response is written, and its
/// value is kept nowhere.
/// </summary>
public abstract class PureResolver : FieldResolver
{
    private protected PureResolver()
    {
    }

    public abstract object? Resolve(object parent);

    /// <summary>Binds the resolver to the leaf type it feeds, so that a value reaches the response without a box.</summary>
    internal abstract LeafField Bind(LeafWriter leaf);
}

public sealed class PureResolver<TParent, TValue>(Func<TParent, TValue> read) : PureResolver
{
    public override object? Resolve(object parent) => read((TParent)parent);

    internal override LeafField Bind(LeafWriter leaf) => LeafField<TParent, TValue>.Create(read, leaf);
}
