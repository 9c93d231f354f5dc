using System.Diagnostics;
using Platform.GraphQL.Execution;

namespace Platform.GraphQL.DataLoading;

/// <summary>Collects keys and fetches them together.</summary>
public abstract class DataLoader
{
    private protected DataLoader(DataLoaderScope scope)
    {
        Scope = scope;
    }

    /// <summary>More keys than this become several batches.</summary>
    public virtual int MaxBatchSize => 1024;

    private protected DataLoaderScope Scope { get; }
}

public abstract class DataLoader<TKey, TValue> : DataLoader
    where TKey : notnull
{
    private static readonly GraphQLError Late = new("The data did not arrive in time.") { Code = ErrorCodes.Timeout };

    private readonly Dictionary<TKey, Promise> _promises = [];
    private readonly Lock _gate = new();
    private Batch? _open;

    private protected DataLoader(DataLoaderScope scope)
        : base(scope)
    {
    }

    /// <summary>The value of a key. The same key is fetched once in the life of the scope.</summary>
    public Task<TValue> LoadAsync(TKey key)
    {
        Promise promise;
        Batch? added = null;
        var task = DataLoaderScope.Current;
        lock (_gate)
        {
            if (_promises.TryGetValue(key, out var known))
            {
                promise = known;
            }
            else
            {
                promise = new Promise(key);
                _promises.Add(key, promise);
                if (_open is null || _open.Promises.Count >= MaxBatchSize)
                {
                    added = _open = new Batch(this);
                }

                _open.Promises.Add(promise);
            }
        }

        if (added is not null)
        {
            Scope.Add(added);
        }

        if (task is not null)
        {
            promise.Block(task);
        }

        return promise.Task;
    }

    public Task<TValue[]> LoadAsync(IEnumerable<TKey> keys)
    {
        Scope.Hold();
        try
        {
            return Task.WhenAll(keys.Select(LoadAsync).ToArray());
        }
        finally
        {
            Scope.Release();
        }
    }

    /// <summary>One value per key, in the order of the keys.</summary>
    private protected abstract Task<TValue[]> FetchAsync(IReadOnlyList<TKey> keys, CancellationToken ct);

    private async Task RunAsync(Batch batch)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_open, batch))
            {
                _open = null;
            }
        }

        var keys = batch.Promises.ConvertAll(promise => promise.Key);
        using var activity = StartActivity(keys.Count);
        var task = Scope.Start();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Scope.Aborted);
        timeout.CancelAfter(Scope.BatchTimeout);
        try
        {
            var values = await DataLoaderScope.RunAsync(
                task,
                (Loader: this, Keys: keys, timeout.Token),
                static state => state.Loader.FetchAsync(state.Keys, state.Token).WaitAsync(state.Token));
            batch.Complete(values, task);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !Scope.Aborted.IsCancellationRequested)
        {
            batch.Fail(new GraphQLException(Late), task);
        }
#pragma warning disable CA1031 // Whatever goes wrong belongs to those who asked for the keys.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            batch.Fail(exception, task);
        }
    }

    private Activity? StartActivity(int count)
    {
        var activity = Diagnostics.GraphQLDiagnostics.Source.StartActivity("graphql.dataloader.batch");
        activity?.SetTag("graphql.dataloader.name", GetType().Name);
        activity?.SetTag("graphql.dataloader.batch.size", count);
        return activity;
    }

    private sealed class Batch(DataLoader<TKey, TValue> loader) : ILoadBatch
    {
        public List<Promise> Promises { get; } = [];

        public void Dispatch() => _ = loader.RunAsync(this);

        public void Complete(TValue[] values, LoadingTask task)
        {
            loader.Scope.Hold();
            Unblock(task);
            for (var i = 0; i < Promises.Count; i++)
            {
                Promises[i].TrySetResult(values[i]);
            }

            loader.Scope.Release();
        }

        public void Fail(Exception exception, LoadingTask task)
        {
            loader.Scope.Hold();
            Unblock(task);
            Promises.ForEach(promise => promise.TrySetException(exception));
            loader.Scope.Release();
        }

        // Everyone runs again before anyone does, or the first to ask for more would find the rest asleep.
        private void Unblock(LoadingTask task)
        {
            Promises.ForEach(promise => promise.Unblock());
            task.Finish();
        }
    }

    /// <summary>A key, its coming value, and the tasks that wait for it.</summary>
    private sealed class Promise(TKey key) : TaskCompletionSource<TValue>
    {
        // Nearly always one task waits for a key; the list is for the others.
        private LoadingTask? _first;
        private List<LoadingTask>? _others;
        private bool _isOver;

        public TKey Key { get; } = key;

        public void Block(LoadingTask task)
        {
            lock (Task)
            {
                if (_isOver)
                {
                    return;
                }

                if (_first is null)
                {
                    _first = task;
                }
                else
                {
                    (_others ??= []).Add(task);
                }
            }

            task.BeginLoad();
        }

        public void Unblock()
        {
            lock (Task)
            {
                _isOver = true;
            }

            _first?.EndLoad();
            _others?.ForEach(task => task.EndLoad());
        }
    }
}

/// <summary>A loader whose source answers with a map; a key that is missing has no value.</summary>
public abstract class BatchDataLoader<TKey, TValue>(DataLoaderScope scope) : DataLoader<TKey, TValue?>(scope)
    where TKey : notnull
{
    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(
        IReadOnlyList<TKey> keys, CancellationToken ct);

    private protected sealed override async Task<TValue?[]> FetchAsync(IReadOnlyList<TKey> keys, CancellationToken ct)
    {
        var map = await LoadBatchAsync(keys, ct);
        var values = new TValue?[keys.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = map.TryGetValue(keys[i], out var value) ? value : default;
        }

        return values;
    }
}

/// <summary>A loader whose source answers with several values per key; a key that is missing has an empty list.</summary>
public abstract class GroupedDataLoader<TKey, TValue>(DataLoaderScope scope) : DataLoader<TKey, TValue[]>(scope)
    where TKey : notnull
{
    protected abstract Task<ILookup<TKey, TValue>> LoadGroupedBatchAsync(IReadOnlyList<TKey> keys, CancellationToken ct);

    private protected sealed override async Task<TValue[][]> FetchAsync(IReadOnlyList<TKey> keys, CancellationToken ct)
    {
        var lookup = await LoadGroupedBatchAsync(keys, ct);
        return [.. keys.Select(key => lookup[key].ToArray())];
    }
}
