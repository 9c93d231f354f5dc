using System.Diagnostics;
using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Incremental;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Execution;

/// <summary>
/// One run of a compiled operation, or of a deferred part of one: what resolvers and the writer share, and what they
/// leave behind.
/// </summary>
internal sealed class OperationExecution : IDisposable
{
    private const string Masked = "Unexpected Execution Error";

    private readonly RequestExecutorOptions _options;
    private readonly Lock _gate = new();
    private List<PlannedSubtree>? _kept;
    private List<GraphQLError>? _errors;
    private Dictionary<string, object?>? _extensions;
    private DataLoaderScope? _loaders;
    private bool _isDisposed;

    public OperationExecution(
        RequestExecutorOptions options,
        RequestContext request,
        VariableValues variables,
        ErrorHandling onError,
        CancellationToken cancellation)
    {
        _options = options;
        Request = request;
        Variables = variables;
        OnError = onError;
        Cancellation = cancellation;
    }

    public RequestContext Request { get; }

    public VariableValues Variables { get; }

    public ErrorHandling OnError { get; }

    public CancellationToken Cancellation { get; }

    public RequestExecutorOptions Options => _options;

    public DataLoaderScope Loaders
    {
        get
        {
            lock (_gate)
            {
                return _loaders ??=
                    new DataLoaderScope(Request.Services, _options.Limits.LoaderBatchTimeout, Cancellation);
            }
        }
    }

    public IReadOnlyList<GraphQLError> Errors => _errors ?? [];

    /// <summary>All errors that occurred; the list of them is bounded.</summary>
    public int ErrorCount { get; private set; }

    public IReadOnlyDictionary<string, object?>? Extensions => _extensions;

    /// <summary>Fragments and list tails the writer left for later, in the order of the response.</summary>
    public List<PendingPart> Pending { get; } = [];

    /// <summary>The same request's surroundings for a part of it, with its own errors and loaders.</summary>
    public OperationExecution ForPart() => new(_options, Request, Variables, OnError, Cancellation);

    /// <summary>What was loaded before a mutation is not what is there after it.</summary>
    public void RenewLoaders()
    {
        lock (_gate)
        {
            _loaders = null;
        }
    }

    public void Report(GraphQLError error)
    {
        ErrorCount++;
        if (ErrorCount <= _options.Limits.MaxExecutionErrors)
        {
            (_errors ??= []).Add(error);
        }
    }

    /// <summary>An exception as a client may see it. What is not meant for clients goes to the hook and is masked.</summary>
    public FieldFailure FailureOf(Exception exception, Selection selection)
    {
        if (exception is GraphQLException expected)
        {
            return new FieldFailure(expected.Errors);
        }

        if (exception is OperationCanceledException && Cancellation.IsCancellationRequested)
        {
            return new FieldFailure([new GraphQLError("The operation was cancelled.") { Code = ErrorCodes.Cancelled }]);
        }

        return new FieldFailure([Mask(_options, exception, Request, selection.Coordinate)]);
    }

    public static GraphQLError Mask(
        RequestExecutorOptions options, Exception exception, RequestContext request, string? coordinate)
    {
        var correlationId = request.CorrelationId ?? Activity.Current?.TraceId.ToString() ?? Guid.CreateVersion7().ToString();
        options.OnFault?.Invoke(new ExecutionFault(exception, request, coordinate, correlationId));
        return new GraphQLError(Masked)
        {
            Code = ErrorCodes.UnexpectedError,
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["correlationId"] = correlationId },
        };
    }

    public void SetExtension(string name, object? value)
    {
        lock (_gate)
        {
            (_extensions ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = value;
        }
    }

    public void CompleteExtensions()
    {
        if (_options.OnResponse is { } hook)
        {
            hook(Request, _extensions ??= new Dictionary<string, object?>(StringComparer.Ordinal));
        }
    }

    /// <summary>How many elements of a streamed list come at once.</summary>
    public int InitialCountOf(StreamedList stream)
    {
        var value = stream.InitialCount switch
        {
            IntValueNode literal when int.TryParse(literal.Value, out var number) => number,
            VariableNode variable when Variables.TryGetValue(variable.Name.Value, out var given) => given,
            _ => 0,
        };
        return value is int count and >= 0 ? count : throw new GraphQLException("initialCount must be a positive integer");
    }

    /// <summary>A planned field's result lives until the response is written, also when the request ended before it came.</summary>
    public void Keep(PlannedSubtree subtree)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                (_kept ??= []).Add(subtree);
                return;
            }
        }

        subtree.Dispose();
    }

    public void Dispose()
    {
        List<PlannedSubtree>? kept;
        lock (_gate)
        {
            _isDisposed = true;
            kept = _kept;
            _kept = null;
        }

        kept?.ForEach(subtree => subtree.Dispose());
    }
}
