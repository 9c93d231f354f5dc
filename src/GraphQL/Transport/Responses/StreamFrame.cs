using System.Buffers;
using System.Text;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Negotiation;

namespace Platform.GraphQL.Transport.Responses;

/// <summary>How results, heartbeats and the end look in one streaming media type.</summary>
internal abstract class StreamFrame
{
    private static readonly MultipartFrame Multipart = new();
    private static readonly ApolloMultipartFrame Apollo = new();
    private static readonly EventStreamFrame Events = new();
    private static readonly JsonLinesFrame Lines = new(MediaTypes.JsonLines);
    private static readonly JsonLinesFrame GraphQLLines = new(MediaTypes.GraphQLJsonLines);

    public static StreamFrame Of(StreamFormat format) => format switch
    {
        StreamFormat.ApolloMultipart => Apollo,
        StreamFormat.EventStream => Events,
        StreamFormat.JsonLines => Lines,
        StreamFormat.GraphQLJsonLines => GraphQLLines,
        StreamFormat.Multipart or StreamFormat.None => Multipart,
    };

    /// <param name="parameter">The dialect the client asked for, as a media type parameter.</param>
    public abstract string ContentType(string parameter);

    public virtual void WriteStart(IBufferWriter<byte> output)
    {
    }

    public abstract void WriteResult(IBufferWriter<byte> output, OperationResult result);

    /// <summary>Shows that the stream lives; where the format can, it moves the client's position forward.</summary>
    public virtual void WriteHeartbeat(IBufferWriter<byte> output, string? position)
    {
    }

    public virtual void WriteEnd(IBufferWriter<byte> output)
    {
    }
}

/// <summary>
/// <c>multipart/mixed</c> as GraphQL servers write it: the boundary that ends a part is sent with the part, because
/// clients wait for it before they show anything.
/// </summary>
internal sealed class MultipartFrame : StreamFrame
{
    public override string ContentType(string parameter) => "multipart/mixed; boundary=\"-\"" + parameter;

    public override void WriteStart(IBufferWriter<byte> output) => output.Write("\r\n---"u8);

    public override void WriteResult(IBufferWriter<byte> output, OperationResult result)
    {
        output.Write("\r\nContent-Type: application/json; charset=utf-8\r\n\r\n"u8);
        result.WriteTo(output);
        output.Write("\r\n---"u8);
    }

    public override void WriteEnd(IBufferWriter<byte> output) => output.Write("--\r\n"u8);
}

/// <summary>
/// Apollo's protocol for subscriptions: results are payloads, so that transport errors have a place beside them.
/// </summary>
internal sealed class ApolloMultipartFrame : StreamFrame
{
    public override string ContentType(string parameter) => "multipart/mixed; boundary=\"graphql\"" + parameter;

    public override void WriteStart(IBufferWriter<byte> output) => output.Write("\r\n--graphql"u8);

    public override void WriteResult(IBufferWriter<byte> output, OperationResult result)
    {
        output.Write("\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{\"payload\":"u8);
        result.WriteTo(output);
        output.Write("}\r\n--graphql"u8);
    }

    public override void WriteHeartbeat(IBufferWriter<byte> output, string? position) =>
        output.Write("\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{}\r\n--graphql"u8);

    public override void WriteEnd(IBufferWriter<byte> output) => output.Write("--\r\n"u8);
}

/// <summary>
/// Server-sent events in graphql-sse's distinct connections mode, with the position as the event's id.
/// </summary>
internal sealed class EventStreamFrame : StreamFrame
{
    public override string ContentType(string parameter) => "text/event-stream; charset=utf-8";

    // A comment at once: proxies and clients see the stream begin, even when the first event is hours away.
    public override void WriteStart(IBufferWriter<byte> output) => output.Write(":\n\n"u8);

    public override void WriteResult(IBufferWriter<byte> output, OperationResult result)
    {
        WriteId(output, result.Position);
        output.Write("event: next\ndata: "u8);
        result.WriteTo(output);
        output.Write("\n\n"u8);
    }

    /// <summary>
    /// An id without data moves <c>Last-Event-ID</c> and dispatches nothing, by the rules of EventSource.
    /// </summary>
    public override void WriteHeartbeat(IBufferWriter<byte> output, string? position)
    {
        output.Write(":\n"u8);
        WriteId(output, position);
        output.Write("\n"u8);
    }

    /// <summary>EventSource listeners fire only on events that have a data field, so there is an empty one.</summary>
    public override void WriteEnd(IBufferWriter<byte> output) => output.Write("event: complete\ndata:\n\n"u8);

    /// <summary>
    /// A position that would break the framing is left out; the client then resumes from an older one.
    /// </summary>
    public static void WriteId(IBufferWriter<byte> output, string? position)
    {
        if (position is null || position.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            return;
        }

        output.Write("id: "u8);
        Encoding.UTF8.GetBytes(position, output);
        output.Write("\n"u8);
    }
}

/// <summary>One result per line; a blank line is a heartbeat.</summary>
internal sealed class JsonLinesFrame(string mediaType) : StreamFrame
{
    public override string ContentType(string parameter) => mediaType + "; charset=utf-8";

    public override void WriteResult(IBufferWriter<byte> output, OperationResult result)
    {
        result.WriteTo(output);
        output.Write("\n"u8);
    }

    public override void WriteHeartbeat(IBufferWriter<byte> output, string? position) => output.Write(" \n"u8);
}
