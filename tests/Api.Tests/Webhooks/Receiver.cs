using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Tests.Api.Webhooks;

/// <summary>One message as a receiver got it.</summary>
public sealed record Received(string Id, string Timestamp, string Signature, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);
}

/// <summary>Somebody else's server, which answers as the test wants.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _all = new();

    private Receiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/hook";

    public IReadOnlyList<Received> All => [.. _all];

    /// <summary>The status for a message; 204 unless a test says otherwise.</summary>
    public Func<Received, int> Answer { get; set; } = static _ => StatusCodes.Status204NoContent;

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.MapPost("/hook", receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until so many messages came, repeats included.</summary>
    public async Task<IReadOnlyList<Received>> WaitForAsync(int count)
    {
        for (var i = 0; i < 600 && _all.Count < count; i++)
        {
            await Task.Delay(50);
        }

        _all.Count.ShouldBeGreaterThanOrEqualTo(count);
        return All;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers;
        var received = new Received(
            headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(),
            await reader.ReadToEndAsync());
        http.Response.StatusCode = Answer(received);
        _all.Enqueue(received);
    }
}
