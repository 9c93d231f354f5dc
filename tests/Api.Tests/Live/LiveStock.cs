using System.Buffers;
using System.Collections.Frozen;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Access;
using Platform.Api.Hosting;
using Platform.Domain.Kernel;
using Platform.GraphQL.Execution;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

/// <summary>Warehouses with stock, and a host that tells of it.</summary>
public sealed class LiveStock : StockWorld
{
    private PlatformHost? _host;

    public static Principal Listener(RowScope rows, params IEnumerable<string> permissions)
    {
        var id = Guid.CreateVersion7();
        return new Principal(
            new Actor(ActorKind.Human, id, id, "Listener"), permissions.ToFrozenSet(StringComparer.Ordinal), rows);
    }

    public async Task<LiveStream> SubscribeAsync(Principal listener, string document) =>
        await ExecuteAsync(listener, document) switch
        {
            ResponseStream stream => new LiveStream(stream),
            var refused => throw new InvalidOperationException(LiveStream.Text((OperationResult)refused)),
        };

    public async Task<JsonElement> AskAsync(Principal reader, string document) =>
        JsonElement.Parse(LiveStream.Text((OperationResult)await ExecuteAsync(reader, document)));

    private async Task<ExecutionResult> ExecuteAsync(Principal listener, string document)
    {
        // A stream may outlive any scope of the test; it ends with the host.
        var services = _host!.Services.CreateScope().ServiceProvider;
        return await services.GetRequiredService<IRequestExecutor>().ExecuteAsync(
            new OperationRequest { Document = Encoding.UTF8.GetBytes(document) },
            new RequestContext
            {
                Services = services,
                User = new ClaimsPrincipal(new PrincipalIdentity(listener, "Test")),
                PermissionScope = listener.Actor.Id.ToString(),
            });
    }

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        _host = await PlatformHost.StartAsync(
            new HostStart(ConnectionString, "http://127.0.0.1:0", "Development", new Dictionary<string, string?>(StringComparer.Ordinal)),
            CancellationToken.None);
    }

    protected override async Task LeaveAsync()
    {
        await _host!.DisposeAsync();
        await base.LeaveAsync();
    }
}

/// <summary>A subscription as its client reads it.</summary>
public sealed class LiveStream(ResponseStream stream) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<OperationResult> _results = stream.GetAsyncEnumerator();

    public string? Position => stream.Position;

    /// <summary>The value of the only field of the next message.</summary>
    public async Task<JsonElement> NextAsync()
    {
        (await _results.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        var body = JsonElement.Parse(Text(_results.Current));
        body.TryGetProperty("errors", out _).ShouldBeFalse(body.ToString());
        return body.GetProperty("data").EnumerateObject().Single().Value;
    }

    public static string Text(OperationResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        result.WriteTo(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
