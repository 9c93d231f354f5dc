using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Platform.GraphQL.Transport;

/// <summary>
/// Takes the user that authentication found. The schema may be read by everybody, in development only.
/// </summary>
internal sealed class DefaultHttpRequestInterceptor(IHostEnvironment environment) : IHttpRequestInterceptor
{
    private readonly Caller _anonymous = new(Caller.NoUser) { MayReadSchema = environment.IsDevelopment() };

    public ValueTask<Caller> OnCreateAsync(HttpContext http, CancellationToken ct)
    {
        var user = Caller.UserOf(http);
        return ValueTask.FromResult(
            ReferenceEquals(user, Caller.NoUser) ? _anonymous : _anonymous with { User = user });
    }
}

/// <summary>
/// Treats a socket as the HTTP request that opened it; the payload of <c>connection_init</c> is not read.
/// </summary>
internal sealed class DefaultSocketSessionInterceptor(IHttpRequestInterceptor requests) : ISocketSessionInterceptor
{
    public async ValueTask<ConnectionStatus> OnConnectAsync(
        HttpContext http, JsonElement? payload, CancellationToken ct) =>
        ConnectionStatus.Accept(await requests.OnCreateAsync(http, ct));
}
