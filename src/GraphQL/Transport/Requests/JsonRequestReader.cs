using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Platform.GraphQL.Execution;

namespace Platform.GraphQL.Transport.Requests;

/// <summary>
/// Reads requests straight from UTF-8 JSON: no string is made but the operation's name, and a document without escapes
/// is not even copied. Unknown properties are ignored, as GraphQL-over-HTTP demands; a known one twice is refused,
/// because two readers of one request must not see two different operations.
/// </summary>
internal sealed class JsonRequestReader(GraphQLServerOptions options)
{
    [Flags]
    private enum Seen
    {
        None = 0,
        Query = 1,
        OperationName = 2,
        Variables = 4,
        Extensions = 8,
        Id = 16,
        DocumentId = 32,
        DocId = 64,
        OnError = 128,
    }

    // A body nests its variables one or two levels deep (a batch); beyond this, other JSON is refused as unreadable.
    private readonly JsonReaderOptions _reading = new() { MaxDepth = options.MaxVariablesDepth + 8 };

    private readonly JsonDocumentOptions _values =
        new() { MaxDepth = options.MaxVariablesDepth + 1, AllowDuplicateProperties = false };

    /// <summary>True when the body's first character opens an array.</summary>
    public static bool IsBatch(ReadOnlySpan<byte> body)
    {
        var text = body.TrimStart(" \t\r\n"u8);
        return text.Length > 0 && text[0] == (byte)'[';
    }

    public OperationEnvelope ReadOne(ReadOnlyMemory<byte> body) => Guarded(body, static (reader, body) =>
    {
        var json = reader.Begin(body);
        var envelope = reader.ReadObject(ref json, body);
        End(ref json, envelope);
        return envelope;
    });

    /// <summary>
    /// The requests of a batch, at most one more than the limit: the rest need not be read to refuse it.
    /// </summary>
    public List<OperationEnvelope> ReadBatch(ReadOnlyMemory<byte> body) => Guarded(body, static (reader, body) =>
    {
        var json = reader.Begin(body);
        var envelopes = new List<OperationEnvelope>();
        try
        {
            while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
            {
                envelopes.Add(reader.ReadObject(ref json, body));
                if (envelopes.Count > reader.Options.Batching.MaxSize)
                {
                    return envelopes;
                }
            }

            End(ref json, owner: null);
            return envelopes;
        }
        catch
        {
            envelopes.ForEach(envelope => envelope.Dispose());
            throw;
        }
    });

    /// <summary>The value of a URL parameter.</summary>
    public JsonDocument ReadParameter(string name, string text) =>
        Guarded(Encoding.UTF8.GetBytes(text), (reader, bytes) =>
        {
            var json = reader.Begin(bytes);
            return reader.ReadValue(ref json, bytes, name);
        });

    private GraphQLServerOptions Options => options;

    private T Guarded<T>(ReadOnlyMemory<byte> body, Func<JsonRequestReader, ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(this, body);
        }
        catch (JsonException)
        {
            throw new RefusedRequestException(RequestRefusal.BadJson);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            throw new RefusedRequestException(RequestRefusal.BadJson);
        }
    }

    private Utf8JsonReader Begin(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            throw new RefusedRequestException(RequestRefusal.NoBody);
        }

        // The JSON reader does not look into strings; whoever takes one out of the request may rely on this.
        if (!Utf8.IsValid(body.Span))
        {
            throw new RefusedRequestException(RequestRefusal.BadJson);
        }

        var json = new Utf8JsonReader(body.Span, _reading);
        json.Read();
        return json;
    }

    private static void End(ref Utf8JsonReader json, OperationEnvelope? owner)
    {
        try
        {
            json.Read();
        }
        catch
        {
            owner?.Dispose();
            throw;
        }
    }

    private OperationEnvelope ReadObject(ref Utf8JsonReader json, ReadOnlyMemory<byte> body)
    {
        if (json.TokenType is not JsonTokenType.StartObject)
        {
            throw new RefusedRequestException(
                RequestRefusal.Malformed(ErrorCodes.InvalidRequest, "A request must be a JSON object."));
        }

        var envelope = new OperationEnvelope();
        try
        {
            var seen = Seen.None;
            while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
            {
                ReadProperty(ref json, body, envelope, ref seen);
            }

            return envelope;
        }
        catch
        {
            envelope.Dispose();
            throw;
        }
    }

    private void ReadProperty(
        ref Utf8JsonReader json, ReadOnlyMemory<byte> body, OperationEnvelope envelope, ref Seen seen)
    {
        if (json.ValueTextEquals("query"u8))
        {
            Once(ref seen, Seen.Query, "query");
            ReadDocument(ref json, body, envelope);
        }
        else if (json.ValueTextEquals("variables"u8))
        {
            Once(ref seen, Seen.Variables, "variables");
            ReadVariables(ref json, body, envelope);
        }
        else if (json.ValueTextEquals("operationName"u8))
        {
            Once(ref seen, Seen.OperationName, "operationName");
            envelope.OperationName = ReadString(ref json, "operationName");
        }
        else if (json.ValueTextEquals("extensions"u8))
        {
            Once(ref seen, Seen.Extensions, "extensions");
            ReadExtensions(ref json, body, envelope);
        }
        else if (IdProperty(ref json) is { } id)
        {
            Once(ref seen, id, "id");
            json.Read();
            envelope.DocumentId ??= json.TokenType is JsonTokenType.String ? json.GetString() : null;
            json.Skip();
        }
        else if (json.ValueTextEquals("onError"u8))
        {
            Once(ref seen, Seen.OnError, "onError");
            json.Read();
            envelope.OnError = json.TokenType is JsonTokenType.String ? ErrorHandlingOf(json.GetString()) : null;
            json.Skip();
        }
        else
        {
            json.Read();
            json.Skip();
        }
    }

    private static void Once(ref Seen seen, Seen property, string name)
    {
        if ((seen & property) != Seen.None)
        {
            throw new RefusedRequestException(RequestRefusal.Duplicate(name));
        }

        seen |= property;
    }

    private static Seen? IdProperty(ref Utf8JsonReader json) =>
        json.ValueTextEquals("id"u8) ? Seen.Id
        : json.ValueTextEquals("documentId"u8) ? Seen.DocumentId
        : json.ValueTextEquals("doc_id"u8) ? Seen.DocId
        : null;

    private static void ReadDocument(ref Utf8JsonReader json, ReadOnlyMemory<byte> body, OperationEnvelope envelope)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.Null)
        {
            return;
        }

        if (json.TokenType is not JsonTokenType.String)
        {
            throw new RefusedRequestException(RequestRefusal.WrongKind("query", "a string"));
        }

        if (json.ValueIsEscaped)
        {
            var rented = ArrayPool<byte>.Shared.Rent(json.ValueSpan.Length);
            try
            {
                envelope.SetDocument(rented, json.CopyString(rented));
            }
            catch
            {
                ArrayPool<byte>.Shared.Return(rented);
                throw;
            }

            return;
        }

        envelope.SetDocument(body.Slice((int)json.TokenStartIndex + 1, json.ValueSpan.Length));
    }

    private static string? ReadString(ref Utf8JsonReader json, string property)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => json.GetString(),
            _ => throw new RefusedRequestException(RequestRefusal.WrongKind(property, "a string")),
        };
    }

    private void ReadVariables(ref Utf8JsonReader json, ReadOnlyMemory<byte> body, OperationEnvelope envelope)
    {
        json.Read();
        var isBatch = json.TokenType is JsonTokenType.StartArray
            && options.Batching.Allowed.HasFlag(BatchingKinds.Variables);
        if (json.TokenType is JsonTokenType.Null)
        {
            return;
        }

        if (json.TokenType is not JsonTokenType.StartObject && !isBatch)
        {
            throw new RefusedRequestException(RequestRefusal.WrongKind("variables", "an object"));
        }

        envelope.SetVariables(ReadValue(ref json, body, "variables"));
    }

    private void ReadExtensions(ref Utf8JsonReader json, ReadOnlyMemory<byte> body, OperationEnvelope envelope)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.Null)
        {
            return;
        }

        if (json.TokenType is not JsonTokenType.StartObject)
        {
            throw new RefusedRequestException(RequestRefusal.WrongKind("extensions", "an object"));
        }

        envelope.SetExtensions(ReadValue(ref json, body, "extensions"));
    }

    /// <summary>
    /// Walks the value to its end counting levels, then lets it be indexed; its memory stays the body's.
    /// </summary>
    private JsonDocument ReadValue(ref Utf8JsonReader json, ReadOnlyMemory<byte> body, string property)
    {
        var start = (int)json.TokenStartIndex;
        var floor = json.CurrentDepth;
        if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            do
            {
                if (!json.Read())
                {
                    throw new RefusedRequestException(RequestRefusal.BadJson);
                }

                DemandText(ref json, property);

                // CurrentDepth of an opening bracket does not count the level it opens.
                var opens = json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0;
                if (json.CurrentDepth + opens - floor > options.MaxVariablesDepth)
                {
                    throw new RefusedRequestException(RequestRefusal.VariablesDepth(options.MaxVariablesDepth));
                }
            }
            while (json.CurrentDepth > floor);
        }

        try
        {
            return JsonDocument.Parse(body[start..(int)json.BytesConsumed], _values);
        }
        catch (JsonException)
        {
            // The walk above has proved the syntax and the depth: what is left is a name that stands twice.
            throw new RefusedRequestException(RequestRefusal.Duplicate(property));
        }
    }

    /// <summary>
    /// Half of a surrogate pair is no text, nor are bytes that are no UTF-8; whoever reads the string later must not find
    /// that out.
    /// </summary>
    private static void DemandText(ref Utf8JsonReader json, string property)
    {
        if (!Utf8.IsValid(json.ValueSpan))
        {
            throw new RefusedRequestException(RequestRefusal.BadJson);
        }

        if (!json.ValueIsEscaped || !json.ValueSpan.Contains((byte)'u'))
        {
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(json.ValueSpan.Length);
        try
        {
            json.CopyString(rented);
        }
        catch (InvalidOperationException)
        {
            throw new RefusedRequestException(RequestRefusal.NoText(property));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// A mode we do not know is like a property we do not know; the executor decides what may be chosen.
    /// </summary>
    private static ErrorHandling? ErrorHandlingOf(string? mode) => mode switch
    {
        "PROPAGATE" => ErrorHandling.Propagate,
        "NULL" => ErrorHandling.Null,
        "HALT" => ErrorHandling.Halt,
        _ => null,
    };
}
