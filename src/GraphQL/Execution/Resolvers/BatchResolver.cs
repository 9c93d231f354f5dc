namespace Platform.GraphQL.Execution.Resolvers;

/// <summary>Asked once per selection and level, for all parents together: the way not to have an N+1 problem.</summary>
public abstract class BatchResolver : FieldResolver
{
    public abstract ValueTask ResolveAsync(FieldBatch batch, FieldContext field, CancellationToken ct);

    public static BatchResolver From(Func<FieldBatch, FieldContext, CancellationToken, ValueTask> resolve) =>
        new Delegated(resolve);

    private sealed class Delegated(Func<FieldBatch, FieldContext, CancellationToken, ValueTask> resolve) : BatchResolver
    {
        public override ValueTask ResolveAsync(FieldBatch batch, FieldContext field, CancellationToken ct) =>
            resolve(batch, field, ct);
    }
}

/// <summary>The parents of one selection and a place for each one's answer. A place nobody fills stays null.</summary>
public sealed class FieldBatch
{
    private readonly object?[] _parents;
    private readonly object?[] _results;

    internal FieldBatch(object?[] parents, object?[] results, int count)
    {
        _parents = parents;
        _results = results;
        Count = count;
    }

    public int Count { get; }

    public ReadOnlySpan<object?> Parents => _parents.AsSpan(0, Count);

    public TParent Parent<TParent>(int index) => (TParent)_parents[index]!;

    internal object? Result(int index) => _results[index];

    public void Set(int index, object? value) => _results[index] = value;

    /// <summary>This parent's field fails; the others are not touched.</summary>
    public void Fail(int index, GraphQLError error) => _results[index] = new FieldFailure([error]);
}

/// <summary>What a single or batch resolver returns for a value that comes with errors: the value stays.</summary>
public sealed record PartialValue(object? Value, IReadOnlyList<GraphQLError> Errors);

/// <summary>Stands in a result's place until the response is written and the error's path is known.</summary>
internal sealed record FieldFailure(IReadOnlyList<GraphQLError> Errors);
