using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Platform.GraphQL.Transport.Requests;

/// <summary>
/// A whole request body in one piece of memory: the server's own block where the body fits it, a pooled copy otherwise.
/// Valid until disposed.
/// </summary>
internal readonly struct RequestBody(
    ReadOnlyMemory<byte> bytes, byte[]? rented, PipeReader? reader, SequencePosition end)
    : IDisposable
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public static async ValueTask<RequestBody> ReadAsync(HttpContext http, Caller caller, GraphQLServerOptions options)
    {
        var limit = caller.IsAuthenticated ? options.MaxSignedInRequestBytes : options.MaxRequestBytes;
        if (http.Request.ContentLength > limit)
        {
            throw new RefusedRequestException(RequestRefusal.BodyTooLarge(limit));
        }

        var reader = http.Request.BodyReader;
        var isRead = reader.TryRead(out var result);
        if (!isRead || !result.IsCompleted)
        {
            if (isRead)
            {
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }

            result = await ReadSlowlyAsync(http, reader, limit, options.BodyTimeout);
        }

        var buffer = result.Buffer;
        if (buffer.Length > limit)
        {
            reader.AdvanceTo(buffer.End);
            throw new RefusedRequestException(RequestRefusal.BodyTooLarge(limit));
        }

        if (buffer.IsSingleSegment)
        {
            return new RequestBody(buffer.First, rented: null, reader, buffer.End);
        }

        var length = (int)buffer.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        buffer.CopyTo(copy);
        reader.AdvanceTo(buffer.End);
        return new RequestBody(copy.AsMemory(0, length), copy, reader: null, default);
    }

    public void Dispose()
    {
        reader?.AdvanceTo(end);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static async ValueTask<ReadResult> ReadSlowlyAsync(
        HttpContext http, PipeReader reader, int limit, TimeSpan time)
    {
        // Kestrel bounds the rate; this bounds the whole, so that a patient sender cannot hold a request for minutes.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        patience.CancelAfter(time);
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(patience.Token);
                if (result.IsCompleted || result.Buffer.Length > limit)
                {
                    return result;
                }

                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            throw new RefusedRequestException(RequestRefusal.BodyTooSlow);
        }
    }
}
