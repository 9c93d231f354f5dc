namespace Platform.GraphQL.Execution.Resolvers;

/// <summary>
/// Asked once per parent. All calls of one level are started before any is awaited, so loaders see all their keys;
/// root fields of a mutation run one after the other. §6.2.2
/// </summary>
public abstract class SingleResolver : FieldResolver
{
    /// <summary>It never waits and never loads, so it is called without any of the machinery for that.</summary>
    internal virtual bool IsSynchronous => false;

    public abstract ValueTask<object?> ResolveAsync(object? parent, FieldContext field, CancellationToken ct);

    public static SingleResolver From(Func<object?, FieldContext, CancellationToken, ValueTask<object?>> resolve) =>
        new Delegated(resolve);

    /// <summary>A resolver that never waits but needs its arguments or services.</summary>
    public static SingleResolver From(Func<object?, FieldContext, object?> resolve) => new Synchronous(resolve);

    internal virtual object? Resolve(object? parent, FieldContext field) =>
        throw new InvalidOperationException("Only a synchronous resolver is called without waiting.");

    private sealed class Delegated(Func<object?, FieldContext, CancellationToken, ValueTask<object?>> resolve)
        : SingleResolver
    {
        public override ValueTask<object?> ResolveAsync(object? parent, FieldContext field, CancellationToken ct) =>
            resolve(parent, field, ct);
    }

    private sealed class Synchronous(Func<object?, FieldContext, object?> resolve) : SingleResolver
    {
        internal override bool IsSynchronous => true;

        public override ValueTask<object?> ResolveAsync(object? parent, FieldContext field, CancellationToken ct) =>
            ValueTask.FromResult(resolve(parent, field));

        internal override object? Resolve(object? parent, FieldContext field) => resolve(parent, field);
    }
}
