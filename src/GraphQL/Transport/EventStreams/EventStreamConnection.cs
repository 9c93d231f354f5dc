using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.GraphQL.Transport.Multiplexing;
using Platform.GraphQL.Transport.Responses;

namespace Platform.GraphQL.Transport.EventStreams;

/// <summary>
/// One stream in graphql-sse's single connection mode: reserved by PUT, opened once by GET, fed by POST, thinned out by
/// DELETE. Browsers allow six connections per host over HTTP/1; this needs one for any number of operations.
/// </summary>
internal sealed class EventStreamConnection : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private int _opened;

    public EventStreamConnection(string? owner, GraphQLServerOptions options)
    {
        Owner = owner;
        Operations = new OperationTable(options.Sockets.MaxOperations, options.Streams, _ended.Token);
    }

    /// <summary>Names the reservation and proves the right to it: 256 random bits.</summary>
    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Who reserved it; nobody else may run operations on it.</summary>
    public string? Owner { get; }

    public OperationTable Operations { get; }

    /// <summary>True once: a reservation never has two streams.</summary>
    public bool TryOpen() => Interlocked.Exchange(ref _opened, 1) == 0;

    /// <summary>Writes frames until the client, or the host, ends it.</summary>
    public async Task WriteAsync(HttpContext http, StreamOptions options, TimeProvider time, CancellationToken ct)
    {
        var output = new PatientWriter(http, http.Response.BodyWriter, options, time);
        using var heartbeat = new PeriodicTimer(options.Heartbeat, time);
        var beat = heartbeat.WaitForNextTickAsync(CancellationToken.None).AsTask();
        output.Pipe.Write(":\n\n"u8);
        while (true)
        {
            while (Operations.Frames.TryRead(out var frame))
            {
                await using var result = frame.Result;
                if (Operations.Take(frame))
                {
                    Write(output.Pipe, frame);
                    await output.FlushWhenFullAsync(ct);
                }
            }

            await output.FlushAsync(ct);
            var more = Operations.Frames.WaitToReadAsync(ct).AsTask();
            if (await Task.WhenAny(more, beat) == beat)
            {
                output.Pipe.Write(":\n\n"u8);
                beat = heartbeat.WaitForNextTickAsync(CancellationToken.None).AsTask();
            }
            else if (!await more)
            {
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Operations.DisposeAsync();
        _ended.Dispose();
    }

    private static void Write(IBufferWriter<byte> output, in OutgoingFrame frame)
    {
        output.Write(frame.Kind is FrameKind.Complete ? "event: complete\n"u8 : "event: next\n"u8);
        output.Write("data: {\"id\":\""u8);
        output.Write(JsonEncodedText.Encode(frame.Operation!.Id).EncodedUtf8Bytes);
        if (frame.Result is not { } result)
        {
            output.Write("\"}\n\n"u8);
            return;
        }

        output.Write("\",\"payload\":"u8);
        result.WriteTo(output);
        output.Write("}\n\n"u8);
        if (frame.Kind is FrameKind.Error)
        {
            // This protocol has no message for an operation that failed late: its errors are its last result.
            Write(output, frame with { Kind = FrameKind.Complete, Result = null });
        }
    }
}
