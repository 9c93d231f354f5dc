using Microsoft.AspNetCore.Http;
using Platform.GraphQL.Transport.Requests;

namespace Platform.GraphQL.Transport;

/// <summary>
/// Cross-site request forgery: a browser sends a simple request with the victim's cookies before any preflight. A
/// header that only a script can set, and only after a preflight when it comes from elsewhere, proves that it was no
/// such request.
/// </summary>
internal sealed class PreflightCheck(PreflightPolicy policy)
{
    /// <summary>For requests that a browser may send without asking: GET, and forms.</summary>
    public void DemandForSimpleRequest(HttpContext http)
    {
        if (!HasHeader(http.Request.Headers) && (policy is PreflightPolicy.Always || CouldBeForged(http)))
        {
            throw new RefusedRequestException(RequestRefusal.Preflight);
        }
    }

    public static bool HasHeader(IHeaderDictionary headers) =>
        headers.ContainsKey("GraphQL-Preflight")
        || headers.ContainsKey("x-apollo-operation-name")
        || headers.ContainsKey("apollo-require-preflight");

    private static bool CouldBeForged(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers.TryGetValue("Sec-Fetch-Site", out var site))
        {
            // The browser itself says where the request comes from; scripts cannot set this header.
            return site != "same-origin" && site != "none";
        }

        if (headers.Origin.Count > 0 && !IsSameOrigin(http, headers.Origin.ToString()))
        {
            return true;
        }

        // Without a word from the browser, whatever it adds by itself is suspect: cookies, client certificates,
        // Negotiate. An Authorization header that a script set would have needed a preflight.
        return headers.Cookie.Count > 0
            || (Caller.UserOf(http).Identity is { IsAuthenticated: true } && headers.Authorization.Count == 0);
    }

    public static bool IsSameOrigin(HttpContext http, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme.Equals(http.Request.Scheme, StringComparison.OrdinalIgnoreCase)
        && new HostString(http.Request.Host.Value ?? string.Empty) is { HasValue: true } host
        && uri.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase)
        && uri.Port == (host.Port ?? (uri.Scheme == Uri.UriSchemeHttps ? 443 : 80));
}
