using System.Diagnostics;
using Platform.GraphQL.Diagnostics;
using Platform.GraphQL.Execution.Incremental;
using Platform.GraphQL.Execution.Subscriptions;
using Platform.GraphQL.Language;
using Platform.GraphQL.Limits;
using Platform.GraphQL.Response;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Execution;

/// <summary>
/// §6.1 Executing Requests. The gates stand in this order for every transport: syntax, validation, size of the
/// document, choice of the operation, kind, introspection, variables, cost, the application's own gates, load. Nothing
/// of a request runs before it has passed all of them.
/// </summary>
public sealed partial class RequestExecutor : IRequestExecutor, IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly RequestExecutorOptions _options;
    private readonly DocumentCache _documents;
    private readonly ConcurrencyGate _gate;
    private readonly SharedSubscriptions _subscriptions;

    public RequestExecutor(Schema schema, RequestExecutorOptions options)
    {
        Schema = schema;
        _options = options;
        _documents = new DocumentCache(options.Limits.MaxCachedDocuments);
        _gate = new ConcurrencyGate(options.Limits.MaxRunning, options.Limits.MaxWaiting);
        _subscriptions = new SharedSubscriptions(options);
    }

    /// <summary>How many subscriptions are read for more than one subscriber, or could be.</summary>
    internal int SharedReadings => _subscriptions.CohortCount;

    public Schema Schema { get; }

    public ValueTask<ExecutionResult> ExecuteAsync(OperationRequest request, RequestContext context)
    {
        var started = _options.Time.GetTimestamp();
        return GraphQLDiagnostics.Source.HasListeners()
            ? ExecuteTracedAsync(request, context, started)
            : ExecuteAsync(request, context, new RequestTrace(Activity: null, started, Operation: null));
    }

    /// <summary>A method of its own, because a started activity is the current one until the async method ends.</summary>
    private async ValueTask<ExecutionResult> ExecuteTracedAsync(
        OperationRequest request, RequestContext context, long started)
    {
        using var activity = GraphQLDiagnostics.Source.StartActivity("graphql", ActivityKind.Server);
        return await ExecuteAsync(request, context, new RequestTrace(activity, started, Operation: null));
    }

    private ValueTask<ExecutionResult> ExecuteAsync(
        OperationRequest request, RequestContext context, RequestTrace trace)
    {
        OperationResult result;
        try
        {
            var admitted = Admit(request, context, out var refusal);
            trace = trace with { Operation = admitted?.Operation };
            if (admitted is null)
            {
                result = refusal!;
            }
            else
            {
                Describe(trace.Activity, admitted);
                if (AnswerAtOnce(admitted, request) is not { } answer)
                {
                    return RunAsync(admitted, request, context, trace);
                }

                result = answer;
            }
        }
#pragma warning disable CA1031 // The outermost frame: whatever a bug throws, the client gets a masked error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            result = Broken(exception, context);
        }

        Finish(result, trace);
        return ValueTask.FromResult<ExecutionResult>(result);
    }

    public async ValueTask DisposeAsync()
    {
        await _subscriptions.DisposeAsync();
        _gate.Dispose();
    }

    /// <summary>Parses and checks a document ahead of its first request, so that stored documents start warm.</summary>
    public IReadOnlyList<GraphQLError> Warm(ReadOnlyMemory<byte> document)
    {
        Prepare(document.Span, mayReadSchema: true, out var refusal);
        return refusal?.Errors ?? [];
    }

    /// <summary>The answer that needs no execution.</summary>
    private static OperationResult? AnswerAtOnce(AdmittedOperation admitted, OperationRequest request) =>
        request.CostReporting switch
        {
            CostReporting.Validate => CostOnly(admitted.Cost),
            CostReporting.None when admitted.Compiled.Response is { } known =>
                new OperationResult(known) { HasData = true, HasValue = true },
            _ => null,
        };

    private static OperationResult CostOnly(OperationCost cost)
    {
        var json = new JsonWriter(long.MaxValue);
        json.WriteRaw("{\"extensions\":"u8);
        ErrorWriter.WriteMap(json, [KeyValuePair.Create("operationCost", (object?)CostMap(cost))]);
        json.WriteRaw((byte)'}');
        return new OperationResult(json);
    }

    private static Dictionary<string, object?> CostMap(OperationCost cost) => new(StringComparer.Ordinal)
    {
        ["fieldCost"] = cost.Field,
        ["typeCost"] = cost.Type,
    };

    private OperationResult Broken(Exception exception, RequestContext context) =>
        ErrorResults.Refuse(
            RequestErrorKind.Internal, OperationExecution.Mask(_options, exception, context, coordinate: null));

    private async ValueTask<ExecutionResult> RunAsync(
        AdmittedOperation admitted, OperationRequest request, RequestContext context, RequestTrace trace)
    {
        ExecutionResult result;
        try
        {
            result = admitted.Operation.Type == OperationType.Subscription
                ? await _subscriptions.SubscribeAsync(admitted, request, context)
                : await RunInTurnAsync(admitted, request, context);
        }
        catch (GraphQLException exception)
        {
            result = ErrorResults.Refuse(RequestErrorKind.Subscription, exception.Errors);
        }
#pragma warning disable CA1031 // The outermost frame: whatever a bug throws, the client gets a masked error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            result = Broken(exception, context);
        }

        Finish(result, trace);
        return result;
    }

    private async ValueTask<ExecutionResult> RunInTurnAsync(
        AdmittedOperation admitted, OperationRequest request, RequestContext context)
    {
        try
        {
            if (!await _gate.TryEnterAsync(context.Aborted))
            {
                return ErrorResults.Overloaded(RetryAfter);
            }
        }
        catch (OperationCanceledException)
        {
            return Ended(context);
        }

        GraphQLDiagnostics.Running.Add(1);
        try
        {
            return await RunWithinTimeAsync(admitted, request, context);
        }
        finally
        {
            GraphQLDiagnostics.Running.Add(-1);
            _gate.Leave();
        }
    }

    private async ValueTask<ExecutionResult> RunWithinTimeAsync(
        AdmittedOperation admitted, OperationRequest request, RequestContext context)
    {
        var root = admitted.Compiled.Root;
        var isIncremental = admitted.IsIncremental;
        var needsTime = root.Stored.Length > 0 || isIncremental;
        var timeout = needsTime ? CancellationTokenSource.CreateLinkedTokenSource(context.Aborted) : null;
        timeout?.CancelAfter(admitted.Operation.Type == OperationType.Mutation
            ? _options.Limits.MutationTimeout
            : _options.Limits.QueryTimeout);
        var execution = new OperationExecution(
            _options, context, admitted.Variables, OnErrorOf(request), timeout?.Token ?? context.Aborted);
        var isHandedOver = false;
        try
        {
            ReportCost(execution, admitted, request);
            var frame = root.Stored.Length > 0 ? new Frame(root, [null], 1) : null;
            await ResolveAsync(execution, frame, admitted.Operation.Type);
            if (!admitted.Compiled.IsConstant)
            {
                execution.CompleteExtensions();
            }

            if (isIncremental)
            {
                var initial = IncrementalResponse.Start(
                    execution, root, frame, request.IncrementalFormat, _gate, timeout!);
                isHandedOver = initial is ResponseStream;
                return initial;
            }

            var result = OperationRun.Write(execution, root, frame);
            Remember(admitted.Compiled, result, request);
            return result;
        }
        catch (OperationCanceledException) when (execution.Cancellation.IsCancellationRequested)
        {
            return Ended(context);
        }
        catch (ResponseTooLargeException)
        {
            return ErrorResults.Refuse(RequestErrorKind.ResponseTooLarge, new GraphQLError(
                $"The response is larger than {_options.Limits.MaxResponseBytes} bytes.")
            {
                Code = ErrorCodes.ResponseTooLarge,
            });
        }
        finally
        {
            if (!isHandedOver)
            {
                execution.Dispose();
                timeout?.Dispose();
            }
        }
    }

    private static ValueTask ResolveAsync(OperationExecution execution, Frame? frame, OperationType type)
    {
        if (frame is null)
        {
            return ValueTask.CompletedTask;
        }

        var resolver = new LevelResolver(execution);
        return type == OperationType.Mutation ? resolver.ResolveSeriallyAsync(frame) : resolver.ResolveAsync(frame);
    }

    private static void Remember(CompiledOperation compiled, OperationResult result, OperationRequest request)
    {
        if (compiled.IsConstant && !result.HasErrors && request.CostReporting == CostReporting.None)
        {
            compiled.Response = System.Buffers.BuffersExtensions.ToArray(result.Body);
        }
    }

    private static void ReportCost(OperationExecution execution, AdmittedOperation admitted, OperationRequest request)
    {
        if (request.CostReporting == CostReporting.Report)
        {
            execution.SetExtension("operationCost", CostMap(admitted.Cost));
        }
    }

    private static OperationResult Ended(RequestContext context) => context.Aborted.IsCancellationRequested
        ? ErrorResults.Refuse(RequestErrorKind.Cancelled, new GraphQLError("The operation was cancelled.")
        {
            Code = ErrorCodes.Cancelled,
        })
        : ErrorResults.Refuse(RequestErrorKind.Timeout, new GraphQLError("The operation took too long.")
        {
            Code = ErrorCodes.Timeout,
        });

    private ErrorHandling OnErrorOf(OperationRequest request) =>
        _options.AllowsErrorHandlingChoice && request.OnError is { } chosen ? chosen : _options.DefaultErrorHandling;
}
