using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.Execution.Subscriptions;

/// <summary>
/// §6.2.3.2 Response Stream: executes the subscription for one event. Every event has services and loaders of its own,
/// so that nothing stale is seen, and the subscriber's request may be long over.
/// </summary>
internal sealed class EventExecution(
    RequestExecutorOptions options,
    AdmittedOperation admitted,
    StreamResolver resolver,
    ErrorHandling onError,
    RequestContext subscriber)
{
    private readonly IServiceScopeFactory? _scopes = subscriber.Services.GetService<IServiceScopeFactory>();

    public RequestExecutorOptions Options { get; } = options;

    /// <summary>The request that subscribed is gone.</summary>
    public bool IsAbandoned => subscriber.Aborted.IsCancellationRequested;

    public OperationExecution NewExecution(RequestContext context, CancellationToken ct) =>
        new(Options, context, admitted.Variables, onError, ct);

    public async ValueTask<SubscriptionMessage> ExecuteAsync(SourceEvent source, CancellationToken ct)
    {
        await using var scope = _scopes?.CreateAsyncScope();
        var context = subscriber.ForEvent(scope?.ServiceProvider ?? subscriber.Services, ct);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(Options.Limits.QueryTimeout);
        using var execution = NewExecution(context, timeout.Token);
        try
        {
            await using var result = await RunAsync(execution, source.Payload);
            return SubscriptionMessage.Of(result, source.Position);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return SubscriptionMessage.Of(
                new GraphQLError("The event took too long.") { Code = ErrorCodes.Timeout }, source.Position);
        }
        catch (ResponseTooLargeException)
        {
            return SubscriptionMessage.Of(
                new GraphQLError("The event is too large.") { Code = ErrorCodes.ResponseTooLarge }, source.Position);
        }
    }

    public GraphQLError Mask(Exception exception) =>
        OperationExecution.Mask(Options, exception, subscriber, admitted.Compiled.Root.Fields[0].Coordinate);

    private async ValueTask<OperationResult> RunAsync(OperationExecution execution, object? payload)
    {
        var root = admitted.Compiled.Root;
        var frame = new Frame(root, [null], 1);
        var column = frame.Columns[0];
        column.IsGiven = true;
        try
        {
            var field = new ColumnContext(execution, column.Selection, root);
            column.Values[0] = await resolver.ResolveAsync(payload, field, execution.Cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            column.Values[0] = execution.FailureOf(exception, column.Selection);
        }

        await new LevelResolver(execution).ResolveAsync(frame);
        return OperationRun.Write(execution, root, frame);
    }
}

/// <summary>A finished response that any number of subscribers may be sent.</summary>
internal sealed record SubscriptionMessage(ReadOnlyMemory<byte> Body, string? Position, bool HasValue, bool HasErrors)
{
    public static SubscriptionMessage Of(OperationResult result, string? position) =>
        new(System.Buffers.BuffersExtensions.ToArray(result.Body), position, result.HasValue, result.HasErrors);

    public static SubscriptionMessage Of(GraphQLError error, string? position)
    {
        using var json = new JsonWriter(long.MaxValue);
        json.WriteRaw((byte)'{');
        ErrorWriter.WriteErrors(json, [error]);
        json.WriteRaw((byte)'}');
        return new SubscriptionMessage(json.ToArray(), position, HasValue: false, HasErrors: true);
    }

    public OperationResult ToResult() => new(Body)
    {
        HasData = HasValue,
        HasValue = HasValue,
        HasErrors = HasErrors,
        Position = Position,
    };
}
