using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.GraphQL.Transport.Multiplexing;
using Platform.GraphQL.Transport.Requests;

namespace Platform.GraphQL.Transport.WebSockets;

/// <summary>What all sockets of an endpoint share.</summary>
internal sealed record SocketServices(
    OperationGateway Gateway,
    JsonRequestReader Requests,
    ISocketSessionInterceptor Interceptor,
    IServiceScopeFactory Scopes,
    ConnectionSlots UserSlots,
    GraphQLServerOptions Options,
    TimeProvider Time,
    ILogger Logger);

/// <summary>
/// One socket speaking graphql-transport-ws: connection_init first, then any number of operations at once.
/// </summary>
internal sealed partial class SocketSession : IAsyncDisposable
{
    // A peer that does not answer our close frame is not waited for.
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(5);

    private readonly HttpContext _http;
    private readonly SocketServices _services;
    private readonly CancellationTokenSource _ended = new();
    private readonly OperationTable _operations;
    private readonly SocketReader _reader;
    private readonly SocketWriter _writer;
    private readonly List<IDisposable> _held = [];
    private Caller? _caller;
    private bool _initReceived;
    private long _lastHeard;

    public SocketSession(WebSocket socket, HttpContext http, SocketServices services)
    {
        _http = http;
        _services = services;
        _operations = new OperationTable(Sockets.MaxOperations, services.Options.Streams, _ended.Token);
        _reader = new SocketReader(socket, Sockets.MaxMessageBytes);
        _writer = new SocketWriter(socket, _operations, services.Options.Streams, services.Time);
        _lastHeard = services.Time.GetTimestamp();
    }

    private SocketOptions Sockets => _services.Options.Sockets;

    public async Task RunAsync(CancellationToken stopping)
    {
        // Kestrel's own token ends the session when the connection breaks; ours when either side has said goodbye.
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(_http.RequestAborted);
        using var stop = stopping.Register(() => _writer.Close(CloseReason.GoingAway));
        After(Sockets.InitTimeout, CloseUnlessInitialised);
        var writing = _writer.RunAsync(connection.Token);
        var reading = ReadAsync(connection.Token);
        var beating = KeepAliveAsync();
        await Task.WhenAny(reading, writing);

        // The client has closed (answer it), or we have (let it answer), or the connection is gone.
        _writer.Close(new CloseReason((int)WebSocketCloseStatus.NormalClosure, string.Empty));
        connection.CancelAfter(CloseGrace);
        await _ended.CancelAsync();
        await Task.WhenAll(reading, writing, beating).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Says one word and hangs up.</summary>
    public async Task CloseAsync(CloseReason reason)
    {
        _writer.Close(reason);
        await RunAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _operations.DisposeAsync();
        foreach (var held in _held)
        {
            held.Dispose();
        }

        _ended.Dispose();
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        try
        {
            while (await _reader.ReadAsync(ct) is { } message)
            {
                Volatile.Write(ref _lastHeard, _services.Time.GetTimestamp());
                if (_writer.Closing.IsCompleted)
                {
                    // Only the client's close frame is still of interest.
                    message.Dispose();
                    continue;
                }

                await HandleAsync(message, ct);
            }
        }
        catch (MessageTooBigException)
        {
            _writer.Close(CloseReason.MessageTooBig);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // The connection is gone; whoever waits for it finds out by its token.
        }
        catch (Exception exception)
        {
            LogFailure(_services.Logger, exception);
            _writer.Close(CloseReason.InternalError);
        }
    }

    private async ValueTask HandleAsync(SocketReader.Received received, CancellationToken ct)
    {
        using (received)
        {
            if (!received.IsText || ClientMessage.Parse(received.Bytes) is not { } message)
            {
                _writer.Close(CloseReason.BadMessage("Invalid message received"));
                return;
            }

            switch (message.Type)
            {
                case ClientMessageType.ConnectionInit:
                    await InitialiseAsync(message.Payload, ct);
                    break;
                case ClientMessageType.Ping:
                    await _operations.SendControlAsync(ServerMessages.Pong(message.Payload), ct);
                    break;
                case ClientMessageType.Pong:
                    break;
                case ClientMessageType.Subscribe:
                    await SubscribeAsync(message.Id!, message.Payload, ct);
                    break;
                case ClientMessageType.Complete:
                    _operations.Stop(message.Id!);
                    break;
            }
        }
    }

    private async ValueTask InitialiseAsync(ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        if (_initReceived)
        {
            _writer.Close(CloseReason.TooManyInitialisations);
            return;
        }

        _initReceived = true;
        if (!TryReadPayload(payload, out var given))
        {
            _writer.Close(CloseReason.BadMessage("Invalid message received"));
            return;
        }

        var status = await _services.Interceptor.OnConnectAsync(_http, given, ct);
        if (status.Caller is not { } caller)
        {
            _writer.Close(CloseReason.Forbidden(status.Reason));
            return;
        }

        if (caller.Name is { } name)
        {
            if (_services.UserSlots.TryTake(name) is not { } slot)
            {
                _writer.Close(CloseReason.TooManySockets);
                return;
            }

            Hold(slot);
        }

        if ((caller.ExpiresAt ?? Caller.ExpiryOf(_http)) is { } expiry)
        {
            After(
                Delays.Until(expiry, _services.Time),
                () => _writer.Close(CloseReason.Forbidden("The credentials have expired")));
        }

        Hold(caller.Revoked.Register(() => _writer.Close(CloseReason.Forbidden("The credentials were revoked"))));
        _caller = caller;
        await _operations.SendControlAsync(ServerMessages.Ack(status.AckPayload), ct);
    }

    private static bool TryReadPayload(ReadOnlyMemory<byte> payload, out JsonElement? value)
    {
        value = null;
        if (payload.Length == 0)
        {
            return true;
        }

        try
        {
            using var parsed = JsonDocument.Parse(
                payload, new JsonDocumentOptions { AllowDuplicateProperties = false });
            value = parsed.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void CloseUnlessInitialised()
    {
        if (!_initReceived)
        {
            _writer.Close(CloseReason.InitTimeout);
        }
    }

    private async Task KeepAliveAsync()
    {
        using var timer = new PeriodicTimer(Sockets.PingInterval, _services.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (_services.Time.GetElapsedTime(Volatile.Read(ref _lastHeard)) >= Sockets.PongTimeout)
                {
                    _writer.Close(CloseReason.NoPong);
                    return;
                }

                if (_caller is not null)
                {
                    await _operations.SendControlAsync(ServerMessages.Ping(_operations.Positions()), _ended.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The session has ended.
        }
    }

    private void After(TimeSpan delay, Action act) =>
        Hold(_services.Time.CreateTimer(static act => ((Action)act!)(), act, delay, Timeout.InfiniteTimeSpan));

    private void Hold(IDisposable held) => _held.Add(held);

    [LoggerMessage(Level = LogLevel.Error, Message = "A GraphQL socket failed")]
    private static partial void LogFailure(ILogger logger, Exception exception);
}
