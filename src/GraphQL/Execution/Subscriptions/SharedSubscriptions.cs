using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Execution.Subscriptions;

/// <summary>
/// §6.2.3 Subscription. Subscribers who ask the same thing of the same source, and may see the same, form a cohort: an
/// event is executed once for it and the bytes go to everybody.
/// </summary>
internal sealed class SharedSubscriptions(RequestExecutorOptions options) : IAsyncDisposable
{
    private readonly Dictionary<CohortKey, Cohort> _cohorts = [];
    private readonly Lock _gate = new();
    private bool _isClosed;

    /// <exception cref="GraphQLException">The source refuses; it is a request error. §6.2.3.1</exception>
    public async ValueTask<ExecutionResult> SubscribeAsync(
        AdmittedOperation admitted, OperationRequest request, RequestContext context)
    {
        var field = admitted.Compiled.Root.Fields[0];
        if (field.Resolver is not StreamResolver resolver)
        {
            throw new InvalidOperationException($"{field.Coordinate} has no source of events.");
        }

        var onError = options.AllowsErrorHandlingChoice ? request.OnError ?? options.DefaultErrorHandling
            : options.DefaultErrorHandling;
        var asked = new SubscribedOperation(admitted, request, resolver, field, onError);
        if (options.CallerNow is not { } now)
        {
            return await OpenAsync(asked, context);
        }

        var subscription = new FollowedSubscription(this, now, asked, context);
        await subscription.OpenAsync();
        return subscription;
    }

    /// <exception cref="GraphQLException">The source refuses.</exception>
    internal async ValueTask<Subscriber> OpenAsync(SubscribedOperation asked, RequestContext context)
    {
        var events = new EventExecution(options, asked.Admitted, asked.Resolver, asked.OnError, context);
        var source = await OpenAsync(events, asked, context);
        var subscriber = new Subscriber(options, context, asked.Request.ResumeFrom);
        await JoinAsync(KeyOf(asked, context, source), source, events, subscriber);
        return subscriber;
    }

    internal GraphQLError Mask(Exception exception, SubscribedOperation asked, RequestContext context) =>
        OperationExecution.Mask(options, exception, context, asked.Field.Coordinate);

    public async ValueTask DisposeAsync()
    {
        List<Cohort> open;
        lock (_gate)
        {
            _isClosed = true;
            open = [.. _cohorts.Values];
            _cohorts.Clear();
        }

        foreach (var cohort in open)
        {
            await cohort.DisposeAsync();
        }
    }

    internal int CohortCount
    {
        get
        {
            lock (_gate)
            {
                return _cohorts.Count;
            }
        }
    }

    private static async ValueTask<IEventSource> OpenAsync(
        EventExecution events, SubscribedOperation asked, RequestContext context)
    {
        var field = asked.Field;
        using var execution = events.NewExecution(context, context.Aborted);
        try
        {
            return await asked.Resolver.SubscribeAsync(
                new ColumnContext(execution, field, SelectionSet.Of(field)), asked.Request.ResumeFrom, context.Aborted);
        }
        catch (GraphQLException exception)
        {
            throw new GraphQLException([.. exception.Errors.Select(error => error with
            {
                Path = error.Path ?? [field.ResponseName],
                Locations = error.Locations.Count > 0 ? error.Locations : field.Locations,
            })]);
        }
    }

    private async ValueTask JoinAsync(
        CohortKey? key, IEventSource source, EventExecution events, Subscriber subscriber)
    {
        var meeting = new Meeting(this, key);
        if (key is null || source.IsCatchingUp)
        {
            new Cohort(source, events, meeting, isShared: false).TryJoin(subscriber);
            return;
        }

        var isJoined = false;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            isJoined = _cohorts.TryGetValue(key, out var known) && known.TryJoin(subscriber);
            if (!isJoined)
            {
                var cohort = new Cohort(source, events, meeting, isShared: true);
                _cohorts[key] = cohort;
                cohort.TryJoin(subscriber);
            }
        }

        if (isJoined)
        {
            await source.DisposeAsync();
        }
    }

    /// <summary>Null for what is never shared: a source without a name, or a caller without a scope to compare.</summary>
    private static CohortKey? KeyOf(SubscribedOperation asked, RequestContext context, IEventSource source) =>
        source.SharingKey is null || context.PermissionScope is null
            ? null
            : new CohortKey(
                asked.Admitted.Operation.Document.Hash, asked.Admitted.Operation.Name, asked.VariablesWithout(source.StartArgument),
                context.PermissionScope, source.SharingKey, asked.OnError);

    /// <summary>Where a cohort is known, or not yet, by its key.</summary>
    private sealed class Meeting(SharedSubscriptions all, CohortKey? key) : ICohortMeeting
    {
        public void Meet(Cohort cohort, string position)
        {
            if (key is null)
            {
                return;
            }

            lock (all._gate)
            {
                if (all._cohorts.TryGetValue(key, out var known))
                {
                    known.TakeOver(cohort, position);
                }
                else if (!all._isClosed)
                {
                    all._cohorts[key] = cohort;
                    cohort.Share();
                }
            }
        }

        public void Remove(Cohort cohort)
        {
            if (key is null)
            {
                return;
            }

            lock (all._gate)
            {
                if (all._cohorts.TryGetValue(key, out var known) && ReferenceEquals(known, cohort))
                {
                    all._cohorts.Remove(key);
                }
            }
        }
    }
}

/// <summary>What must be equal for two subscriptions to be the same.</summary>
internal sealed record CohortKey(
    string Document, string? Operation, string Variables, string Scope, string Source, ErrorHandling OnError);
