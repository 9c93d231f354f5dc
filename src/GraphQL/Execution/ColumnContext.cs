using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Execution;

internal sealed class ColumnContext(OperationExecution execution, Selection selection) : FieldContext
{
    public OperationExecution Execution { get; } = execution;

    public override RequestContext Request => Execution.Request;

    public override Selection Selection { get; } = selection;

    public override ArgumentValues Arguments { get; } = selection.Arguments.Coerce(execution.Variables);

    public override DataLoaderScope Loaders => Execution.Loaders;

    public override ArgumentValues ArgumentsOf(Selection other) => other.Arguments.Coerce(Execution.Variables);

    public override ValueTask<ResolvedSelection> ResolveAsync(Selection child, ReadOnlyMemory<object?> parents) =>
        ResolvedSelection.ResolveAsync(Execution, child, parents);

    public override void SetExtension(string name, object? value) => Execution.SetExtension(name, value);
}
