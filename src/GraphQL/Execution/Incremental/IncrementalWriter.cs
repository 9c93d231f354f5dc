using Platform.GraphQL.Response;

namespace Platform.GraphQL.Execution.Incremental;

/// <summary>One of the two wire formats for parts.</summary>
internal abstract class IncrementalWriter
{
    public static IncrementalWriter For(IncrementalFormat format) => format switch
    {
        IncrementalFormat.PendingById => new PendingByIdWriter(),
        IncrementalFormat.PathAndLabel => new PathAndLabelWriter(),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>The properties that follow <c>data</c> in the first response.</summary>
    public abstract void WriteInitial(JsonWriter json, IReadOnlyList<PendingPart> pending);

    /// <summary>A later message.</summary>
    public abstract JsonWriter WriteNext(IReadOnlyList<PartAnswer> answers, bool hasNext);

    protected static void WriteList<T>(JsonWriter json, IEnumerable<T> items, Action<T> write)
    {
        json.WriteRaw((byte)'[');
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
            {
                json.WriteRaw((byte)',');
            }

            isFirst = false;
            write(item);
        }

        json.WriteRaw((byte)']');
    }

    protected static void WriteValue(JsonWriter json, PartAnswer answer)
    {
        json.WriteRaw(answer.Part is StreamedPart ? "\"items\":"u8 : "\"data\":"u8);
        if (answer.Value is null)
        {
            json.WriteNull();
            return;
        }

        answer.Value.CopyTo(json);
    }

    protected static void WriteErrors(JsonWriter json, PartAnswer answer)
    {
        if (answer.Execution.Errors.Count > 0)
        {
            json.WriteRaw((byte)',');
            ErrorWriter.WriteErrors(json, answer.Execution.Errors);
        }
    }

    protected static void WriteHasNext(JsonWriter json, bool hasNext) =>
        json.WriteRaw(hasNext ? "\"hasNext\":true"u8 : "\"hasNext\":false"u8);
}

/// <summary>incrementalSpec=v0.2: parts are announced under an id, delivered, and completed.</summary>
internal sealed class PendingByIdWriter : IncrementalWriter
{
    private readonly Dictionary<PendingPart, string> _ids = new(ReferenceEqualityComparer.Instance);

    public override void WriteInitial(JsonWriter json, IReadOnlyList<PendingPart> pending)
    {
        WritePending(json, pending);
        WriteHasNext(json, hasNext: true);
    }

    public override JsonWriter WriteNext(IReadOnlyList<PartAnswer> answers, bool hasNext)
    {
        var json = new JsonWriter(long.MaxValue);
        json.WriteRaw((byte)'{');
        var nested = answers.SelectMany(answer => answer.Nested).ToList();
        if (nested.Count > 0)
        {
            WritePending(json, nested);
        }

        var delivered = answers.Where(answer => answer.Value is not null).ToList();
        if (delivered.Count > 0)
        {
            json.WriteRaw("\"incremental\":"u8);
            WriteList(json, delivered, answer => WriteDelivered(json, answer));
            json.WriteRaw((byte)',');
        }

        json.WriteRaw("\"completed\":"u8);
        WriteList(json, answers, answer => WriteCompleted(json, answer));
        json.WriteRaw((byte)',');
        WriteHasNext(json, hasNext);
        json.WriteRaw((byte)'}');
        return json;
    }

    private void WritePending(JsonWriter json, IReadOnlyList<PendingPart> pending)
    {
        json.WriteRaw("\"pending\":"u8);
        WriteList(json, pending, part =>
        {
            var id = _ids.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            _ids.Add(part, id);
            json.WriteRaw("{\"id\":"u8);
            json.WriteString(id);
            json.WriteRaw(",\"path\":"u8);
            ErrorWriter.WriteValue(json, part.Path);
            if (part.Label is not null)
            {
                json.WriteRaw(",\"label\":"u8);
                json.WriteString(part.Label);
            }

            json.WriteRaw((byte)'}');
        });
        json.WriteRaw((byte)',');
    }

    private void WriteDelivered(JsonWriter json, PartAnswer answer)
    {
        json.WriteRaw("{\"id\":"u8);
        json.WriteString(_ids[answer.Part]);
        json.WriteRaw((byte)',');
        WriteValue(json, answer);
        WriteErrors(json, answer);
        json.WriteRaw((byte)'}');
    }

    private void WriteCompleted(JsonWriter json, PartAnswer answer)
    {
        json.WriteRaw("{\"id\":"u8);
        json.WriteString(_ids[answer.Part]);
        if (answer.Value is null)
        {
            WriteErrors(json, answer);
        }

        json.WriteRaw((byte)'}');
    }
}

/// <summary>deferSpec=20220824, incrementalSpec=v0.1: every part says where it belongs.</summary>
internal sealed class PathAndLabelWriter : IncrementalWriter
{
    public override void WriteInitial(JsonWriter json, IReadOnlyList<PendingPart> pending) =>
        WriteHasNext(json, hasNext: true);

    public override JsonWriter WriteNext(IReadOnlyList<PartAnswer> answers, bool hasNext)
    {
        var json = new JsonWriter(long.MaxValue);
        json.WriteRaw("{\"incremental\":"u8);
        WriteList(json, answers, answer => WriteAnswer(json, answer));
        json.WriteRaw((byte)',');
        WriteHasNext(json, hasNext);
        json.WriteRaw((byte)'}');
        return json;
    }

    private static void WriteAnswer(JsonWriter json, PartAnswer answer)
    {
        json.WriteRaw((byte)'{');
        WriteValue(json, answer);
        json.WriteRaw(",\"path\":"u8);
        ErrorWriter.WriteValue(json, answer.Part is StreamedPart streamed ? [.. streamed.Path, streamed.From] : answer.Part.Path);
        if (answer.Part.Label is not null)
        {
            json.WriteRaw(",\"label\":"u8);
            json.WriteString(answer.Part.Label);
        }

        WriteErrors(json, answer);
        json.WriteRaw((byte)'}');
    }
}
