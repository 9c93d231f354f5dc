using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Execution;

/// <summary>
/// The first pass: resolves, level by level, the fields that cannot simply be read while writing. Every selection is
/// resolved once over all objects of its level, so the number of calls follows from the query's shape and not from
/// the data. §6.3 Executing Selection Sets: the result is the same in any order, for queries.
/// </summary>
internal sealed class LevelResolver(OperationExecution execution)
{
    private readonly CancellationToken _ct = execution.Cancellation;

    /// <summary>All columns of a frame and everything below them.</summary>
    public ValueTask ResolveAsync(Frame root) =>
        root.Columns.Length == 0 ? ValueTask.CompletedTask : DescendAsync([.. root.Columns]);

    /// <summary>§6.2.2: each root field of a mutation is complete, with all below it, before the next one starts.</summary>
    public async ValueTask ResolveSeriallyAsync(Frame root)
    {
        foreach (var column in root.Columns)
        {
            await DescendAsync([column]);
            execution.RenewLoaders();
        }
    }

    private async ValueTask DescendAsync(List<Column> level)
    {
        while (level.Count > 0)
        {
            await ResolveLevelAsync(level);
            var below = new List<Column>();
            foreach (var column in level)
            {
                ItemFlattening.Expand(column, execution, below);
            }

            level = below;
        }
    }

    private async ValueTask ResolveLevelAsync(List<Column> level)
    {
        _ct.ThrowIfCancellationRequested();
        List<Task>? pending = null;
        var loaders = execution.Loaders;
        loaders.Hold();
        try
        {
            foreach (var column in level)
            {
                Start(column, ref pending);
            }
        }
        finally
        {
            loaders.Release();
        }

        if (pending is not null)
        {
            // A resolver that ignores cancellation cannot hold the request; it writes only into arrays nobody reads.
            await Task.WhenAll(pending).WaitAsync(_ct);
        }
    }

    private void Start(Column column, ref List<Task>? pending)
    {
        if (column.IsGiven || column.Frame.Count == 0)
        {
            return;
        }

        var resolver = column.Selection.Resolver;
        if (resolver is PureResolver pure)
        {
            Read(column, pure);
            return;
        }

        ColumnContext field;
        try
        {
            field = new ColumnContext(execution, column.Selection, column.Frame.Set);
        }
        catch (GraphQLException exception)
        {
            Array.Fill(column.Values, new FieldFailure(exception.Errors));
            return;
        }

        switch (resolver)
        {
            case SingleResolver { IsSynchronous: true } single:
                Call(column, single, field);
                break;
            case SingleResolver single:
                StartSingle(column, single, field, ref pending);
                break;
            case BatchResolver batch:
                StartWhole(column, (batch, column, field), static (work, ct) => ResolveBatchAsync(work, ct), ref pending);
                break;
            case PlannedResolver planned:
                StartWhole(column, (planned, column, field), static (work, ct) => LoadPlanAsync(work, ct), ref pending);
                break;
            default:
                throw new InvalidOperationException($"{resolver?.GetType().Name ?? "Nothing"} resolves no field of an object.");
        }
    }

    private void Read(Column column, PureResolver pure)
    {
        for (var row = 0; row < column.Values.Length; row++)
        {
            try
            {
                column.Values[row] = pure.Resolve(column.Frame.Parents[row]!);
            }
#pragma warning disable CA1031 // A field's failure is the field's, whatever it is.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                column.Values[row] = execution.FailureOf(exception, column.Selection);
            }
        }
    }

    private void Call(Column column, SingleResolver single, ColumnContext field)
    {
        for (var row = 0; row < column.Values.Length; row++)
        {
            try
            {
                column.Values[row] = single.Resolve(column.Frame.Parents[row], field);
            }
#pragma warning disable CA1031 // A field's failure is the field's, whatever it is.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                column.Values[row] = execution.FailureOf(exception, column.Selection);
            }
        }
    }

    private void StartSingle(Column column, SingleResolver single, ColumnContext field, ref List<Task>? pending)
    {
        for (var row = 0; row < column.Values.Length; row++)
        {
            var calling = CallAsync(column, row, single, field);
            if (!calling.IsCompletedSuccessfully)
            {
                (pending ??= []).Add(calling);
            }
        }
    }

    private async Task CallAsync(Column column, int row, SingleResolver single, ColumnContext field)
    {
        var task = execution.Loaders.Start();
        DataLoaderScope.Enter(task);
        try
        {
            column.Values[row] = await single.ResolveAsync(column.Frame.Parents[row], field, _ct);
        }
#pragma warning disable CA1031 // A field's failure is the field's, whatever it is.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            column.Values[row] = execution.FailureOf(exception, column.Selection);
        }
        finally
        {
            task.Finish();
        }
    }

    private void StartWhole<TWork>(
        Column column, TWork work, Func<TWork, CancellationToken, ValueTask> resolve, ref List<Task>? pending)
    {
        var calling = CallWholeAsync(column, work, resolve);
        if (!calling.IsCompletedSuccessfully)
        {
            (pending ??= []).Add(calling);
        }
    }

    private async Task CallWholeAsync<TWork>(Column column, TWork work, Func<TWork, CancellationToken, ValueTask> resolve)
    {
        var task = execution.Loaders.Start();
        DataLoaderScope.Enter(task);
        try
        {
            await resolve(work, _ct);
        }
#pragma warning disable CA1031 // The selection's failure is that of every one of its places.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Array.Fill(column.Values, execution.FailureOf(exception, column.Selection));
        }
        finally
        {
            task.Finish();
        }
    }

    private static ValueTask ResolveBatchAsync(
        (BatchResolver Resolver, Column Column, ColumnContext Field) work, CancellationToken ct)
    {
        var batch = new FieldBatch(work.Column.Frame.Parents, work.Column.Values, work.Column.Frame.Count);
        return work.Resolver.ResolveAsync(batch, work.Field, ct);
    }

    private static async ValueTask LoadPlanAsync(
        (PlannedResolver Resolver, Column Column, ColumnContext Field) work, CancellationToken ct)
    {
        var parents = work.Column.Frame.Parents.AsMemory(0, work.Column.Frame.Count);
        var subtree = await work.Resolver.LoadAsync(parents, work.Field, ct);
        work.Field.Execution.Keep(subtree);
        work.Column.Planned = subtree;
    }
}
