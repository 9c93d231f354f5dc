using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Platform.GraphQL.Transport;

namespace Platform.Api.Access;

/// <summary>Tells the graph who sends a request.</summary>
internal sealed class RequestInterceptor(IHostEnvironment environment) : IHttpRequestInterceptor
{
    private const int MostAddresses = 10_000;

    private readonly ConcurrentDictionary<IPAddress, Caller> _nobodies = new();

    public ValueTask<Caller> OnCreateAsync(HttpContext http, CancellationToken ct) =>
        ValueTask.FromResult(
            http.Features.Get<Standing>() is { } standing ? CallerOf(standing) : NobodyAt(http.Connection.RemoteIpAddress ?? IPAddress.None));

    public Caller CallerOf(Standing standing) => new(standing.Claims)
    {
        PermissionScope = standing.PermissionScope,
        MayReadSchema = standing.MayReadSchema || environment.IsDevelopment(),
        ExpiresAt = standing.ExpiresAt,
        Revoked = standing.Revoked,
        Latest = () => CallerOf(standing),
    };

    /// <summary>Remembered, because most of those who did not sign in ask again and again.</summary>
    private Caller NobodyAt(IPAddress address)
    {
        if (_nobodies.TryGetValue(address, out var known))
        {
            return known;
        }

        if (_nobodies.Count >= MostAddresses)
        {
            _nobodies.Clear();
        }

        return _nobodies.GetOrAdd(address, new Caller(Budgets.NobodyAt(SignInEndpoints.AddressOf(address)))
        {
            MayReadSchema = environment.IsDevelopment(),
            PermissionScope = "nobody",
        });
    }
}

/// <summary>
/// Lets sockets in: with the credentials of the handshake, or with <c>{"authorization": "Bearer …"}</c> in the payload of
/// <c>connection_init</c>, because browsers cannot set headers on a handshake.
/// </summary>
internal sealed class SocketInterceptor(RequestInterceptor requests, Standings standings) : ISocketSessionInterceptor
{
    public async ValueTask<ConnectionStatus> OnConnectAsync(HttpContext http, JsonElement? payload, CancellationToken ct)
    {
        if (AuthorizationOf(payload) is not { } authorization)
        {
            return ConnectionStatus.Accept(await requests.OnCreateAsync(http, ct));
        }

        return Recognition.TokenOf(authorization) is { } token && await standings.FindAsync(token, ct) is { } standing
            ? ConnectionStatus.Accept(requests.CallerOf(standing))
            : ConnectionStatus.Reject("The credentials are not valid");
    }

    private static string? AuthorizationOf(JsonElement? payload)
    {
        if (payload is not { ValueKind: JsonValueKind.Object } fields)
        {
            return null;
        }

        foreach (var field in fields.EnumerateObject())
        {
            if (field.Name.Equals("authorization", StringComparison.OrdinalIgnoreCase))
            {
                return field.Value.ValueKind is JsonValueKind.String ? field.Value.GetString() : string.Empty;
            }
        }

        return null;
    }
}
