using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.GraphQL.DataLoading;

/// <summary>
/// The loaders of one operation, or of one event of a subscription, on behalf of one caller: what they cache cannot
/// reach another caller (G-54) and is never older than the operation. The scope also decides when a batch is full: not
/// after some time, but when every resolver that runs is waiting for a loader and no more keys can come. The same
/// request therefore always makes the same batches.
/// </summary>
public sealed class DataLoaderScope
{
    /// <summary>
    /// A resolver may wait for something the scope cannot see, such as a task another resolver started. Should that
    /// hold all others for this long, the batches go as they are, because a stall is worse than a small batch.
    /// </summary>
    private static readonly TimeSpan StallAfter = TimeSpan.FromMilliseconds(250);

    private static readonly AsyncLocal<LoadingTask?> CurrentTask = new();

    private static readonly ConcurrentDictionary<Type, ObjectFactory> Factories = new();

    private readonly Dictionary<object, DataLoader> _loaders = [];
    private readonly IServiceProvider _services;
    private readonly Lock _gate = new();
    private List<ILoadBatch> _waiting = [];
    private int _running;
    private bool _stallWatched;

    public DataLoaderScope(IServiceProvider services, TimeSpan batchTimeout, CancellationToken aborted)
    {
        _services = services;
        BatchTimeout = batchTimeout;
        Aborted = aborted;
    }

    internal TimeSpan BatchTimeout { get; }

    internal CancellationToken Aborted { get; }

    internal static LoadingTask? Current => CurrentTask.Value;

    /// <summary>The scope's instance of a loader; its other constructor arguments come from the request's services.</summary>
    public TLoader Get<TLoader>() where TLoader : DataLoader =>
        (TLoader)Get(typeof(TLoader), static (scope, services) => (TLoader)Factories.GetOrAdd(
            typeof(TLoader), static type => ActivatorUtilities.CreateFactory(type, [typeof(DataLoaderScope)]))(services, [scope]));

    /// <summary>The loader under a key, for loaders that have no class of their own.</summary>
    public DataLoader Get(object key, Func<DataLoaderScope, IServiceProvider, DataLoader> create)
    {
        lock (_gate)
        {
            if (!_loaders.TryGetValue(key, out var loader))
            {
                loader = create(this, _services);
                _loaders.Add(key, loader);
            }

            return loader;
        }
    }

    /// <summary>Starts work that may load; it counts as running until <see cref="LoadingTask.Finish"/>.</summary>
    internal LoadingTask Start()
    {
        Hold();
        return new LoadingTask(this);
    }

    /// <summary>
    /// Keeps all batches back until <see cref="Release"/>: around a synchronous stretch in which more keys may come,
    /// because a task that asked for one key goes on to ask for the next before it awaits either.
    /// </summary>
    internal void Hold()
    {
        lock (_gate)
        {
            _running++;
        }
    }

    internal void Release()
    {
        List<ILoadBatch>? ready;
        lock (_gate)
        {
            ready = Apply(-1);
        }

        Dispatch(ready);
    }

    /// <summary>Until the calling async method ends, loads are the task's.</summary>
    internal static void Enter(LoadingTask task) => CurrentTask.Value = task;

    /// <summary>Runs work as the given task, so that its loads are known to be the task's.</summary>
    internal static async Task<TResult> RunAsync<TState, TResult>(
        LoadingTask task, TState state, Func<TState, Task<TResult>> work)
    {
        CurrentTask.Value = task;
        Task<TResult> working;
        task.Scope.Hold();
        try
        {
            working = work(state);
        }
        finally
        {
            task.Scope.Release();
        }

        return await working;
    }

    internal void Add(ILoadBatch batch)
    {
        var isOwned = Current?.Scope == this;
        lock (_gate)
        {
            _waiting.Add(batch);
        }

        // Nobody knows what an unowned load waits for, so it is not made to wait for others.
        if (!isOwned)
        {
            Dispatch();
        }
    }

    internal void Change(LoadingTask task, int loads, bool isFinished)
    {
        List<ILoadBatch>? ready;
        lock (_gate)
        {
            ready = Apply(task.Change(loads, isFinished));
        }

        Dispatch(ready);
    }

    /// <summary>When a change leaves nobody running, the batches go.</summary>
    private List<ILoadBatch>? Apply(int difference)
    {
        _running += difference;
        if (_running == 0)
        {
            return TakeWaiting();
        }

        WatchForStall();
        return null;
    }

    private void Dispatch()
    {
        List<ILoadBatch>? ready;
        lock (_gate)
        {
            ready = TakeWaiting();
        }

        Dispatch(ready);
    }

    private static void Dispatch(List<ILoadBatch>? batches)
    {
        foreach (var batch in batches ?? [])
        {
            batch.Dispatch();
        }
    }

    private List<ILoadBatch>? TakeWaiting()
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        var waiting = _waiting;
        _waiting = [];
        return waiting;
    }

    private void WatchForStall()
    {
        if (!_stallWatched && _waiting.Count > 0)
        {
            _stallWatched = true;
            _ = DispatchStalledAsync();
        }
    }

    private async Task DispatchStalledAsync()
    {
        while (true)
        {
            ILoadBatch first;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _stallWatched = false;
                    return;
                }

                first = _waiting[0];
            }

            await Task.Delay(StallAfter, CancellationToken.None);
            bool hasStalled;
            lock (_gate)
            {
                hasStalled = _waiting.Count > 0 && ReferenceEquals(_waiting[0], first);
            }

            if (hasStalled)
            {
                Dispatch();
            }
        }
    }
}

/// <summary>Keys that were asked for together and not yet loaded.</summary>
internal interface ILoadBatch
{
    void Dispatch();
}

/// <summary>
/// A resolver call or a loader's batch: something that runs, may wait for loads, and ends. Its scope guards its state.
/// </summary>
internal sealed class LoadingTask(DataLoaderScope scope)
{
    private int _loads;
    private bool _isFinished;

    public DataLoaderScope Scope { get; } = scope;

    private int Running => _isFinished || _loads > 0 ? 0 : 1;

    public void BeginLoad() => Scope.Change(this, loads: 1, isFinished: false);

    public void EndLoad() => Scope.Change(this, loads: -1, isFinished: false);

    public void Finish() => Scope.Change(this, loads: 0, isFinished: true);

    /// <summary>The difference it makes to the number of running tasks.</summary>
    internal int Change(int loads, bool isFinished)
    {
        var before = Running;
        _loads += loads;
        _isFinished |= isFinished;
        return Running - before;
    }
}
