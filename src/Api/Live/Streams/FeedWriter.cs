using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Platform.Api.Live.Streams;

/// <summary>Writes to a listener as fast as the listener reads, and gives up on one who does not read at all.</summary>
internal sealed class FeedWriter(HttpContext http, TimeSpan patience, TimeProvider clock)
{
    private const int Full = 32 * 1024;

    /// <summary>A last word is not worth waiting for.</summary>
    private static readonly TimeSpan LastWord = TimeSpan.FromMilliseconds(500);

    private readonly PipeWriter _pipe = http.Response.BodyWriter;

    public void Write(ReadOnlySpan<byte> bytes) => _pipe.Write(bytes);

    public void WritePosition(long position) => CloudEventFrame.WritePosition(_pipe, position);

    public ValueTask FlushWhenFullAsync(CancellationToken ct) =>
        _pipe.UnflushedBytes >= Full ? FlushAsync(ct) : ValueTask.CompletedTask;

    /// <exception cref="TimeoutException">Nothing was taken for too long.</exception>
    public async ValueTask FlushAsync(CancellationToken ct)
    {
        var flush = _pipe.FlushAsync(ct);
        if (!flush.IsCompletedSuccessfully)
        {
            await flush.AsTask().WaitAsync(patience, clock, ct);
        }
    }

    /// <summary>The last event of a stream that the server ends.</summary>
    public async ValueTask SayAsync(string name, string json)
    {
        try
        {
            Write(Encoding.UTF8.GetBytes($"event: {name}\ndata: {json}\n\n"));
            await _pipe.FlushAsync(http.RequestAborted).AsTask().WaitAsync(LastWord, clock, http.RequestAborted);
        }
        catch (Exception gone) when (gone is OperationCanceledException or TimeoutException or IOException)
        {
            http.Abort();
        }
    }
}
