using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Execution;

internal sealed class ColumnContext(OperationExecution execution, Selection selection, SelectionSet siblings) : FieldContext
{
    public OperationExecution Execution { get; } = execution;

    public override RequestContext Request => Execution.Request;

    public override Selection Selection { get; } = selection;

    public override SelectionSet Siblings { get; } = siblings;

    public override ArgumentValues Arguments { get; } = selection.Arguments.Coerce(execution.Variables);

    public override DataLoaderScope Loaders => Execution.Loaders;

    public override ArgumentValues ArgumentsOf(Selection other) => other.Arguments.Coerce(Execution.Variables);

    public override async ValueTask<ResolvedSelection> ResolveAsync(Selection child, ReadOnlyMemory<object?> parents)
    {
        // Whoever waits for resolvers waits for their loaders: it must not keep the batches back by counting as running.
        var waiting = DataLoaderScope.Current;
        ValueTask<ResolvedSelection> resolving;
        Loaders.Hold();
        try
        {
            resolving = ResolvedSelection.ResolveAsync(Execution, child, parents);
            waiting?.BeginLoad();
        }
        finally
        {
            Loaders.Release();
        }

        try
        {
            return await resolving;
        }
        finally
        {
            waiting?.EndLoad();
        }
    }

    public override void SetExtension(string name, object? value) => Execution.SetExtension(name, value);
}
