using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Execution;

/// <summary>
/// A field the engine resolved on behalf of a planned subtree: what a data layer cannot answer itself, computed for all
/// of its rows in one go and written where the subtree wants it.
/// </summary>
public sealed class ResolvedSelection
{
    private readonly Column _column;

    private ResolvedSelection(Column column)
    {
        _column = column;
    }

    /// <summary>
    /// Writes the value for one of the parents, without its name. False: the value is null where the type forbids it,
    /// the error is reported, and the null must go on to the parent.
    /// </summary>
    public bool Write(int parent, SubtreeWriter output) => ((ResponseComposer)output).WriteColumn(_column, parent);

    internal static async ValueTask<ResolvedSelection> ResolveAsync(
        OperationExecution execution, Selection selection, ReadOnlyMemory<object?> parents)
    {
        var frame = new Frame(selection, parents.ToArray());
        await new LevelResolver(execution).ResolveAsync(frame);
        return new ResolvedSelection(frame.Columns[0]);
    }
}
