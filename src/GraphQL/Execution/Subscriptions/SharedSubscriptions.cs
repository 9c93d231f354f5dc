using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
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
        var events = new EventExecution(options, admitted, resolver, onError, context);
        var source = await OpenAsync(events, resolver, field, request, context);
        var subscriber = new Subscriber(options, context, request.ResumeFrom);
        var key = KeyOf(admitted, request, context, source, onError);
        await JoinAsync(key, source, events, subscriber);
        return subscriber;
    }

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

    internal void Remove(CohortKey key, Cohort cohort)
    {
        lock (_gate)
        {
            if (_cohorts.TryGetValue(key, out var known) && ReferenceEquals(known, cohort))
            {
                _cohorts.Remove(key);
            }
        }
    }

    private static async ValueTask<IEventSource> OpenAsync(
        EventExecution events,
        StreamResolver resolver,
        Selection field,
        OperationRequest request,
        RequestContext context)
    {
        using var execution = events.NewExecution(context, context.Aborted);
        try
        {
            return await resolver.SubscribeAsync(
                new ColumnContext(execution, field, SelectionSet.Of(field)), request.ResumeFrom, context.Aborted);
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
        if (key is null)
        {
            new Cohort(source, events, whenEmpty: null).TryJoin(subscriber);
            return;
        }

        var isJoined = false;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            isJoined = _cohorts.TryGetValue(key, out var known) && known.TryJoin(subscriber);
            if (!isJoined)
            {
                var cohort = new Cohort(source, events, whenEmpty: ended => Remove(key, ended));
                _cohorts[key] = cohort;
                cohort.TryJoin(subscriber);
            }
        }

        if (isJoined)
        {
            await source.DisposeAsync();
        }
    }

    /// <summary>Who resumes from a place of their own, or has no scope to compare, reads alone.</summary>
    private static CohortKey? KeyOf(
        AdmittedOperation admitted,
        OperationRequest request,
        RequestContext context,
        IEventSource source,
        ErrorHandling onError)
    {
        if (source.SharingKey is null || context.PermissionScope is null || request.ResumeFrom is not null)
        {
            return null;
        }

        var variables = request.Variables.ValueKind == JsonValueKind.Undefined
            ? string.Empty
            : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(request.Variables));
        return new CohortKey(
            admitted.Operation.Document.Hash, admitted.Operation.Name, variables, context.PermissionScope,
            source.SharingKey, onError);
    }
}

/// <summary>What must be equal for two subscriptions to be the same.</summary>
internal sealed record CohortKey(
    string Document, string? Operation, string Variables, string Scope, string Source, ErrorHandling OnError);
