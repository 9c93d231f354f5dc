namespace Platform.GraphQL.Execution.Resolvers;

/// <summary>
/// Asked once per parent. All calls of one level are started before any is awaited, so loaders see all their keys;
/// root fields of a mutation run one after the other. §6.2.2
/// </summary>
public abstract class SingleResolver : FieldResolver
{
    public abstract ValueTask<object?> ResolveAsync(object? parent, FieldContext field, CancellationToken ct);

    public static SingleResolver From(Func<object?, FieldContext, CancellationToken, ValueTask<object?>> resolve) =>
        new Delegated(resolve);

    /// <summary>A resolver that never waits but needs its arguments or services.</summary>
    public static SingleResolver From(Func<object?, FieldContext, object?> resolve) =>
        new Delegated((parent, field, _) => ValueTask.FromResult(resolve(parent, field)));

    private sealed class Delegated(Func<object?, FieldContext, CancellationToken, ValueTask<object?>> resolve)
        : SingleResolver
    {
        public override ValueTask<object?> ResolveAsync(object? parent, FieldContext field, CancellationToken ct) =>
            resolve(parent, field, ct);
    }
}
