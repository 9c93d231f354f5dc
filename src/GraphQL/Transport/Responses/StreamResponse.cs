using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Negotiation;

namespace Platform.GraphQL.Transport.Responses;

/// <summary>
/// Writes results as they come, with heartbeats between them, until the source, the client or the host ends.
/// </summary>
internal sealed class StreamResponse(StreamOptions options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>One result for a client that accepts streams only.</summary>
    public static async Task WriteOneAsync(HttpContext http, OperationResult result, AcceptedFormats formats)
    {
        var frame = Begin(http, formats);
        frame.WriteResult(http.Response.BodyWriter, result);
        frame.WriteEnd(http.Response.BodyWriter);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    public async Task WriteAsync(HttpContext http, ResponseStream stream, AcceptedFormats formats, Caller caller)
    {
        using var credentials = CancellationTokenSource.CreateLinkedTokenSource(caller.Revoked);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, lifetime.ApplicationStopping, credentials.Token);
        await using var expiry = ExpireAtTheirEnd(http, caller, credentials);
        var frame = Begin(http, formats);
        var output = new PatientWriter(http, http.Response.BodyWriter, options, time);
        try
        {
            using var heartbeat = new PeriodicTimer(options.Heartbeat, time);
            await new StreamCopy(stream, frame, output, heartbeat).RunAsync(ending);
            frame.WriteEnd(output.Pipe);
            await output.FlushAsync(http.RequestAborted);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            if (credentials.IsCancellationRequested)
            {
                await SayExpiredAsync(http, frame, output);
            }
        }
        catch (OperationCanceledException)
        {
            // The client left; there is nobody to tell.
        }
    }

    /// <summary>
    /// A host that stops just ends the stream, without the word that says "complete": clients then come back with their
    /// last position. Ended credentials are told as an error, because coming back would not help.
    /// </summary>
    private static async Task SayExpiredAsync(HttpContext http, StreamFrame frame, PatientWriter output)
    {
        await using var result = ErrorBody.Result(
            RequestErrorKind.Subscription, ErrorCodes.NotAuthenticated, "The credentials of this stream have ended.");
        frame.WriteResult(output.Pipe, result);
        frame.WriteEnd(output.Pipe);
        await output.FlushAsync(http.RequestAborted);
    }

    private ITimer? ExpireAtTheirEnd(HttpContext http, Caller caller, CancellationTokenSource credentials) =>
        (caller.ExpiresAt ?? Caller.ExpiryOf(http)) is { } expiry
            ? time.CreateTimer(
                static source => ((CancellationTokenSource)source!).Cancel(),
                credentials,
                Delays.Until(expiry, time),
                Timeout.InfiniteTimeSpan)
            : null;

    private static StreamFrame Begin(HttpContext http, AcceptedFormats formats)
    {
        var frame = StreamFrame.Of(formats.Stream);
        var response = http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = frame.ContentType(formats.StreamParameter);
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        frame.WriteStart(response.BodyWriter);
        return frame;
    }
}

/// <summary>Flushes to a client, and hangs up on one that takes nothing for too long.</summary>
internal sealed class PatientWriter(HttpContext http, PipeWriter pipe, StreamOptions options, TimeProvider time)
{
    private const int Full = 32 * 1024;

    public PipeWriter Pipe => pipe;

    public ValueTask FlushWhenFullAsync(CancellationToken ct) =>
        pipe.CanGetUnflushedBytes && pipe.UnflushedBytes < Full ? ValueTask.CompletedTask : FlushAsync(ct);

    public async ValueTask FlushAsync(CancellationToken ct)
    {
        var flush = pipe.FlushAsync(ct);
        if (flush.IsCompletedSuccessfully)
        {
            ThrowIfGone(flush.GetAwaiter().GetResult());
            return;
        }

        try
        {
            ThrowIfGone(await flush.AsTask().WaitAsync(options.SlowReaderGrace, time, ct));
        }
        catch (TimeoutException)
        {
            http.Abort();
            throw new OperationCanceledException(http.RequestAborted);
        }
    }

    private static void ThrowIfGone(FlushResult result)
    {
        if (result.IsCompleted || result.IsCanceled)
        {
            throw new OperationCanceledException();
        }
    }
}
