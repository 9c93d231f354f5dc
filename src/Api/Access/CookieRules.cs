namespace Platform.Api.Access;

/// <summary>
/// The cookie of a browser, and when it counts: a browser adds it by itself, so a request must prove that a page of ours, or
/// of a site that is allowed, meant to send it.
/// </summary>
internal sealed class CookieRules(AccessSettings settings, IHostEnvironment environment)
{
    /// <summary>The prefix binds it to this host, to https and to the whole site.</summary>
    private const string SecureName = "__Host-platform";

    private const string PlainName = "platform";

    private readonly string[] _origins = settings.Origins();

    public string? TokenOf(HttpContext http) =>
        http.Request.Headers.Cookie.Count == 0 ? null : http.Request.Cookies[NameFor(http)];

    public void Set(HttpContext http, string token) =>
        http.Response.Cookies.Append(NameFor(http), token, OptionsFor(http));

    public void Clear(HttpContext http) => http.Response.Cookies.Delete(NameFor(http), OptionsFor(http));

    /// <summary>
    /// Another site's page could have caused it: an origin that is not ours, or a request that a browser sends without asking
    /// first and that carries no header which only a script may set (G-27, G-30).
    /// </summary>
    public bool CouldBeForged(HttpContext http)
    {
        var request = http.Request;
        if (request.Headers.Origin.Count > 0)
        {
            return request.Headers.Origin.Count > 1 || !IsAllowed(http, request.Headers.Origin[0]!);
        }

        // Browsers name the origin in every handshake; a handshake without one proves nothing.
        if (http.WebSockets.IsWebSocketRequest || request.Headers.Upgrade.Count > 0)
        {
            return true;
        }

        return request.Headers["Sec-Fetch-Site"].ToString() is not ("same-origin" or "none")
            && !request.Headers.ContainsKey("GraphQL-Preflight")
            && !request.Headers.ContainsKey("x-apollo-operation-name")
            && !request.Headers.ContainsKey("apollo-require-preflight");
    }

    public bool IsAllowed(HttpContext http, string origin) =>
        Array.Exists(_origins, allowed => string.Equals(allowed, origin, StringComparison.OrdinalIgnoreCase))
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && uri.Scheme.Equals(http.Request.Scheme, StringComparison.OrdinalIgnoreCase)
            && uri.IdnHost.Equals(http.Request.Host.Host, StringComparison.OrdinalIgnoreCase)
            && uri.Port == (http.Request.Host.Port ?? (uri.Scheme == Uri.UriSchemeHttps ? 443 : 80)));

    /// <summary>Only a developer's own machine speaks plain http.</summary>
    private bool IsPlain(HttpContext http) => environment.IsDevelopment() && !http.Request.IsHttps;

    private string NameFor(HttpContext http) => IsPlain(http) ? PlainName : SecureName;

    private CookieOptions OptionsFor(HttpContext http) => new()
    {
        HttpOnly = true,
        Secure = !IsPlain(http),
        SameSite = SameSiteMode.Strict,
        Path = "/",
        IsEssential = true,
    };
}
