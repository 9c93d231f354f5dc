using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Requests;
using Platform.GraphQL.Transport.Responses;

namespace Platform.GraphQL.Transport.WebSockets;

/// <summary>Decides at the handshake who may open a socket at all.</summary>
internal sealed class SocketEndpoint(
    SocketServices services, ConnectionSlots addresses, HttpResponses responses, IHostApplicationLifetime lifetime)
{
    public const string Subprotocol = "graphql-transport-ws";

    /// <summary>Clients offer other upgrades too, such as HTTP/2; these requests are answered as they are.</summary>
    public static bool IsHandshake(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method)
            && request.Headers.Upgrade.Count > 0
            && request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase))
        || (HttpMethods.IsConnect(request.Method) && HttpProtocol.IsHttp2(request.Protocol));

    public async Task HandleAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(http, new RequestRefusal(
                StatusCodes.Status400BadRequest, ErrorCodes.InvalidRequest, "This is no WebSocket handshake."));
            return;
        }

        if (IsForeign(http))
        {
            await RefuseAsync(http, new RequestRefusal(
                StatusCodes.Status403Forbidden,
                ErrorCodes.Forbidden,
                "This origin may not open a socket with a cookie."));
            return;
        }

        using var slot = addresses.TryTake(ConnectionSlots.KeyOf(http.Connection.RemoteIpAddress));
        if (slot is null)
        {
            await RefuseAsync(http, new RequestRefusal(
                StatusCodes.Status429TooManyRequests,
                ErrorCodes.TooManyStreams,
                "Too many sockets are open from this address.")
            {
                RetryAfter = TimeSpan.FromSeconds(10),
            });
            return;
        }

        await AcceptAsync(http);
    }

    private async Task AcceptAsync(HttpContext http)
    {
        var offered = http.WebSockets.WebSocketRequestedProtocols;
        var spoken = offered.Contains(Subprotocol);
        // A browser shows a close code only after a handshake that succeeded, so what we do not speak is accepted too,
        // for exactly one close frame.
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = spoken ? Subprotocol : offered.FirstOrDefault(),
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
        });
        await using var session = new SocketSession(socket, http, services);
        await (spoken
            ? session.RunAsync(lifetime.ApplicationStopping)
            : session.CloseAsync(CloseReason.SubprotocolNotAcceptable));
    }

    /// <summary>
    /// Browsers open sockets to any site and send its cookies along; only the Origin tells whose page it was. A cookie
    /// without an origin we know never gets in; without a cookie, connection_init has to say who is there.
    /// </summary>
    private bool IsForeign(HttpContext http)
    {
        if (http.Request.Headers.Cookie.Count == 0)
        {
            return false;
        }

        var origin = http.Request.Headers.Origin.ToString();
        return origin.Length == 0
            || !(PreflightCheck.IsSameOrigin(http, origin) || services.Options.Sockets.AllowedOrigins.Contains(origin));
    }

    private Task RefuseAsync(HttpContext http, RequestRefusal refusal) =>
        responses.RefuseAsync(http.Response, refusal, Negotiation.AcceptedFormats.Everything(HttpMode.Compat));
}
