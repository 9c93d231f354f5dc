using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace Platform.GraphQL.Transport;

/// <summary>Who is asking, as the host sees them; the transports hand it to the executor.</summary>
public sealed record Caller(ClaimsPrincipal User)
{
    internal static readonly ClaimsPrincipal NoUser = new(new ClaimsIdentity());

    /// <summary>
    /// Equal for callers who may see exactly the same things; see <see cref="Execution.RequestContext"/>.
    /// </summary>
    public string? PermissionScope { get; init; }

    /// <summary>The permission <c>schema:read</c>.</summary>
    public bool MayReadSchema { get; init; }

    /// <summary>When the credentials end; streams and sockets end with them.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Raised when the host takes the credentials back before they expire.</summary>
    public CancellationToken Revoked { get; init; }

    /// <summary>The same caller as they are by now, for sockets that live longer than rights; null when they never change.</summary>
    public Func<Caller>? Latest { get; init; }

    /// <summary>As they are by now.</summary>
    internal Caller Now => Latest?.Invoke() ?? this;

    internal bool IsAuthenticated => User.Identity is { IsAuthenticated: true };

    /// <summary>The name under which open streams and sockets are counted; null when nobody is known.</summary>
    internal string? Name =>
        IsAuthenticated
            ? User.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? User.FindFirst("sub")?.Value ?? User.Identity?.Name
            : null;

    /// <summary>
    /// The user that authentication found, without making ASP.NET Core allocate one for the anonymous.
    /// </summary>
    internal static ClaimsPrincipal UserOf(HttpContext http) =>
        http.Features.Get<IHttpAuthenticationFeature>()?.User ?? NoUser;

    /// <summary>The end of the ticket or token behind the request, where the authentication scheme tells it.</summary>
    public static DateTimeOffset? ExpiryOf(HttpContext http)
    {
        var ticket = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        return ticket ?? (UserOf(http).FindFirst("exp")?.Value is { } exp
            && long.TryParse(exp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null);
    }
}

/// <summary>The host's word on who sends an HTTP request. Authentication middleware ran before.</summary>
public interface IHttpRequestInterceptor
{
    ValueTask<Caller> OnCreateAsync(HttpContext http, CancellationToken ct);
}

/// <summary>The host's word on who opens a socket, after <c>connection_init</c> and its payload came.</summary>
public interface ISocketSessionInterceptor
{
    ValueTask<ConnectionStatus> OnConnectAsync(HttpContext http, JsonElement? payload, CancellationToken ct);
}

/// <summary>Whether a socket is let in, and as whom.</summary>
public sealed record ConnectionStatus
{
    private ConnectionStatus(Caller? caller, string reason)
    {
        Caller = caller;
        Reason = reason;
    }

    internal Caller? Caller { get; }

    internal string Reason { get; }

    /// <summary>Sent with <c>connection_ack</c>.</summary>
    public JsonElement? AckPayload { get; init; }

    public static ConnectionStatus Accept(Caller caller) => new(caller, string.Empty);

    /// <summary>Closes the socket with 4403 and this reason.</summary>
    public static ConnectionStatus Reject(string reason) => new(null, reason);
}
