using System.Buffers;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.Execution;

public abstract class ExecutionResult : IAsyncDisposable
{
    public abstract ValueTask DisposeAsync();
}

/// <summary>
/// One complete JSON response object in pooled memory, and what a transport must know about it. §7.1 Response Format
/// </summary>
public sealed class OperationResult : ExecutionResult
{
    private readonly JsonWriter? _rented;
    private readonly ReadOnlyMemory<byte> _shared;

    /// <summary>A result that owns its writer and returns it to the pool when disposed.</summary>
    public OperationResult(JsonWriter body)
    {
        _rented = body;
    }

    /// <summary>A result over bytes that several receivers share; disposing it frees nothing.</summary>
    public OperationResult(ReadOnlyMemory<byte> body)
    {
        _shared = body;
    }

    /// <summary>The response has an entry <c>data</c>, be it null. Without one the request failed before execution.</summary>
    public bool HasData { get; init; }

    /// <summary><c>data</c> is present and not null.</summary>
    public bool HasValue { get; init; }

    public bool HasErrors { get; init; }

    /// <summary>Why the request failed as a whole; <see cref="RequestErrorKind.None"/> once execution began.</summary>
    public RequestErrorKind RequestError { get; init; }

    /// <summary>When to come back, for <see cref="RequestErrorKind.Overloaded"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A subscription message's place in its source; a client hands it back to resume after it.</summary>
    public string? Position { get; init; }

    public long Length => _rented?.Length ?? _shared.Length;

    public ReadOnlySequence<byte> Body => _rented?.AsSequence() ?? new ReadOnlySequence<byte>(_shared);

    public void WriteTo(IBufferWriter<byte> output)
    {
        if (_rented is null)
        {
            output.Write(_shared.Span);
            return;
        }

        _rented.CopyTo(output);
    }

    public override ValueTask DisposeAsync()
    {
        _rented?.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Which gate refused the request; a transport derives its status from it.</summary>
public enum RequestErrorKind
{
    None,

    /// <summary>Not a well-formed request: no document, a property of the wrong kind.</summary>
    Malformed,
    Syntax,
    Validation,

    /// <summary>No operation of that name, or several and no name.</summary>
    OperationSelection,

    /// <summary>The operation's kind is not carried here: a mutation over GET.</summary>
    OperationNotAllowed,
    Variables,
    PersistedDocument,
    DocumentLimit,
    Cost,

    /// <summary>The caller may not read the schema.</summary>
    Introspection,

    /// <summary>One of the application's gates is closed to the caller.</summary>
    Forbidden,
    Overloaded,
    Timeout,
    Cancelled,
    ResponseTooLarge,

    /// <summary>A subscription's source refused or the position to resume from is gone.</summary>
    Subscription,
    Internal,
}

public enum ResponseStreamKind
{
    Subscription,
    Incremental,
}

/// <summary>
/// Several results over time. It is enumerated once; every result is disposed by the reader; disposing the stream ends
/// its source.
/// </summary>
public abstract class ResponseStream : ExecutionResult, IAsyncEnumerable<OperationResult>
{
    public abstract ResponseStreamKind Kind { get; }

    /// <summary>The newest position known to be passed, so that a heartbeat can move an idle client forward.</summary>
    public virtual string? Position => null;

    public abstract IAsyncEnumerator<OperationResult> GetAsyncEnumerator(CancellationToken cancellationToken = default);
}
