using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Platform.GraphQL.Execution;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>
/// Answers by the document's text: protocol tests need exact results at exact moments, which no schema gives. It keeps
/// what it was asked, so that a test can see what a transport made of a request.
/// </summary>
internal sealed class ScriptedExecutor : IRequestExecutor
{
    private readonly Dictionary<string, Func<OperationRequest, RequestContext, ValueTask<ExecutionResult>>> _answers = [];
    private readonly List<Asked> _asked = [];

    public sealed record Asked(
        string Document, string? OperationName, string? Variables, string? ResumeFrom, IncrementalFormat Format,
        OperationKinds Allowed, ErrorHandling? OnError, string? DocumentId);

    public IReadOnlyList<Asked> Requests
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public void On(string document, string json) =>
        On(document, (_, _) => ValueTask.FromResult<ExecutionResult>(Result(json)));

    public void On(string document, Func<ExecutionResult> answer) =>
        On(document, (_, _) => ValueTask.FromResult(answer()));

    public void On(string document, Func<OperationRequest, RequestContext, ValueTask<ExecutionResult>> answer) =>
        _answers[document] = answer;

    public ValueTask<ExecutionResult> ExecuteAsync(OperationRequest request, RequestContext context)
    {
        var document = Encoding.UTF8.GetString(request.Document.Span);
        lock (_asked)
        {
            _asked.Add(new Asked(
                document,
                request.OperationName,
                request.Variables.ValueKind is JsonValueKind.Undefined ? null : request.Variables.GetRawText(),
                request.ResumeFrom,
                request.IncrementalFormat,
                request.Allowed,
                request.OnError,
                request.DocumentId));
        }

        return _answers.TryGetValue(document, out var answer)
            ? answer(request, context)
            : ValueTask.FromResult<ExecutionResult>(Failure(RequestErrorKind.Validation, "VALIDATION", "Unknown field."));
    }

    public static OperationResult Result(string json) => new(Encoding.UTF8.GetBytes(json))
    {
        HasData = json.Contains("\"data\"", StringComparison.Ordinal),
        HasValue = json.Contains("\"data\"", StringComparison.Ordinal) && !json.Contains("\"data\":null", StringComparison.Ordinal),
        HasErrors = json.Contains("\"errors\"", StringComparison.Ordinal),
    };

    public static OperationResult Message(string json, string position) => new(Encoding.UTF8.GetBytes(json))
    {
        HasData = true,
        HasValue = true,
        Position = position,
    };

    public static OperationResult Failure(RequestErrorKind kind, string code, string message) =>
        new(Encoding.UTF8.GetBytes($$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"{{{code}}}"}}]}"""))
        {
            HasErrors = true,
            RequestError = kind,
        };
}

/// <summary>A stream that a test feeds by hand.</summary>
internal sealed class ScriptedStream(ResponseStreamKind kind) : ResponseStream
{
    private readonly Channel<OperationResult> _results = Channel.CreateUnbounded<OperationResult>();
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _position;

    public override ResponseStreamKind Kind => kind;

    public override string? Position => _position;

    /// <summary>Ends when the transport has let go of the stream.</summary>
    public Task Disposed => _disposed.Task;

    public int Taken { get; private set; }

    public void Publish(OperationResult result) => _results.Writer.TryWrite(result);

    public void PassTo(string position) => _position = position;

    public void End() => _results.Writer.TryComplete();

    public void Break(Exception exception) => _results.Writer.TryComplete(exception);

    public override IAsyncEnumerator<OperationResult> GetAsyncEnumerator(CancellationToken ct = default) =>
        ReadAsync(ct).GetAsyncEnumerator(ct);

    public override ValueTask DisposeAsync()
    {
        _disposed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<OperationResult> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var result in _results.Reader.ReadAllAsync(ct))
        {
            Taken++;
            yield return result;
        }
    }
}
