using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Limits;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.Execution.Incremental;

/// <summary>
/// The response to an operation with @defer or @stream: first the object without its later parts, then the parts in the
/// order in which they were met. The same fragment deferred on many objects is resolved for all of them together.
/// </summary>
internal sealed class IncrementalResponse : ResponseStream
{
    private readonly OperationExecution _execution;
    private readonly ConcurrencyGate _gate;
    private readonly CancellationTokenSource _timeout;
    private readonly IncrementalWriter _writer;
    private readonly OperationResult _initial;
    private readonly Queue<PendingPart> _queue = new();

    private IncrementalResponse(
        OperationExecution execution,
        ConcurrencyGate gate,
        CancellationTokenSource timeout,
        IncrementalWriter writer,
        OperationResult initial)
    {
        _execution = execution;
        _gate = gate;
        _timeout = timeout;
        _writer = writer;
        _initial = initial;
        Enqueue(execution);
    }

    public override ResponseStreamKind Kind => ResponseStreamKind.Incremental;

    /// <summary>A single result when nothing was left for later, which the caller then still owns the execution of.</summary>
    public static ExecutionResult Start(
        OperationExecution execution,
        SelectionSet root,
        Frame? frame,
        IncrementalFormat format,
        ConcurrencyGate gate,
        CancellationTokenSource timeout)
    {
        var json = new JsonWriter(execution.Options.Limits.MaxResponseBytes);
        try
        {
            json.WriteRaw("{\"data\":"u8);
            var hasValue = OperationRun.WriteData(execution, json, new PathStack(), root, frame, parent: null);
            var writer = IncrementalWriter.For(format);
            var isOpen = execution.Pending.Count > 0;
            if (isOpen)
            {
                json.WriteRaw((byte)',');
                writer.WriteInitial(json, execution.Pending);
            }

            var initial = OperationRun.Complete(execution, json, hasValue);
            return isOpen ? new IncrementalResponse(execution, gate, timeout, writer, initial) : initial;
        }
        catch
        {
            json.Dispose();
            throw;
        }
    }

    public override async IAsyncEnumerator<OperationResult> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        yield return _initial;
        while (_queue.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var parts = TakeAlike();
            JsonWriter? message;
            try
            {
                message = await AnswerAsync(parts);
            }
            catch (OperationCanceledException) when (_execution.Request.Aborted.IsCancellationRequested)
            {
                yield break;
            }
            catch (OperationCanceledException)
            {
                message = GiveUp([.. parts, .. _queue]);
                _queue.Clear();
            }

            yield return new OperationResult(message) { HasData = true, HasValue = true };
        }
    }

    public override ValueTask DisposeAsync()
    {
        _execution.Dispose();
        _timeout.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Enqueue(OperationExecution execution)
    {
        foreach (var part in execution.Pending)
        {
            _queue.Enqueue(part);
        }

        execution.Pending.Clear();
    }

    /// <summary>The next part, with all others that defer the same selections of other objects.</summary>
    private List<PendingPart> TakeAlike()
    {
        var first = _queue.Dequeue();
        var alike = new List<PendingPart> { first };
        if (first is not DeferredPart deferred)
        {
            return alike;
        }

        for (var left = _queue.Count; left > 0; left--)
        {
            var next = _queue.Dequeue();
            if (next is DeferredPart other && ReferenceEquals(other.Set, deferred.Set))
            {
                alike.Add(other);
            }
            else
            {
                _queue.Enqueue(next);
            }
        }

        return alike;
    }

    private async ValueTask<JsonWriter> AnswerAsync(List<PendingPart> parts)
    {
        if (!await _gate.TryEnterAsync(_execution.Cancellation))
        {
            return Refuse(parts, new GraphQLError("The server is busy. Try again.") { Code = ErrorCodes.Overloaded });
        }

        try
        {
            using var execution = _execution.ForPart();
            var frame = FrameOf(parts);
            await new LevelResolver(execution).ResolveAsync(frame);
            return Write(parts, frame);
        }
        finally
        {
            _gate.Leave();
        }
    }

    private static Frame FrameOf(List<PendingPart> parts)
    {
        if (parts[0] is DeferredPart deferred)
        {
            var parents = parts.ConvertAll(part => ((DeferredPart)part).Parent).ToArray();
            return new Frame(deferred.Set, parents, parents.Length);
        }

        var streamed = (StreamedPart)parts[0];
        var frame = new Frame(streamed.Field, [null]);
        frame.Columns[0].Values[0] = new DividedList(streamed.Elements, Array.Empty<object>());
        frame.Columns[0].IsGiven = true;
        return frame;
    }

    private JsonWriter Write(List<PendingPart> parts, Frame frame)
    {
        var answers = new List<PartAnswer>(parts.Count);
        try
        {
            for (var row = 0; row < parts.Count; row++)
            {
                answers.Add(PartAnswer.Write(_execution.ForPart(), parts[row], frame, row));
            }

            foreach (var answer in answers)
            {
                Enqueue(answer.Execution);
            }

            return _writer.WriteNext(answers, hasNext: _queue.Count > 0);
        }
        finally
        {
            answers.ForEach(answer => answer.Dispose());
        }
    }

    private JsonWriter GiveUp(List<PendingPart> parts) =>
        Refuse(parts, new GraphQLError("The operation took too long.") { Code = ErrorCodes.Timeout });

    private JsonWriter Refuse(List<PendingPart> parts, GraphQLError error)
    {
        var answers = parts.ConvertAll(part => PartAnswer.Refuse(_execution.ForPart(), part, error));
        return _writer.WriteNext(answers, hasNext: false);
    }
}
