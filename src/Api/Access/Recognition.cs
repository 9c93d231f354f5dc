using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Net.Http.Headers;

namespace Platform.Api.Access;

/// <summary>
/// Recognises the sender of every request before anything else is done with it. Who sends no credentials is nobody; who
/// sends bad ones is told so, and not treated as nobody.
/// </summary>
internal sealed class Recognition(Standings standings, CookieRules cookies, Budgets budgets)
{
    private const string Bearer = "Bearer ";

    /// <summary>Tokens of identity providers are the longest.</summary>
    private const int LongestToken = 16 * 1024;

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Request.Headers.Authorization;

        // Whoever signs in is nobody yet, whatever an old cookie says.
        var cookie = headers.Count == 0 && !http.Request.Path.Equals("/auth/login", StringComparison.OrdinalIgnoreCase) ? cookies.TokenOf(http) : null;
        if (headers.Count == 0 && cookie is null)
        {
            await next(http);
            return;
        }

        if (cookie is not null && cookies.CouldBeForged(http))
        {
            await Refusals.WriteAsync(http, StatusCodes.Status403Forbidden, "CSRF_PREFLIGHT",
                "A cookie is only accepted from pages of this site, and with the header GraphQL-Preflight where a page could send without asking.");
            return;
        }

        var token = cookie ?? (headers.Count == 1 ? TokenOf(headers[0]!) : null);
        var standing = token is null ? null : await standings.FindAsync(token, http.RequestAborted);
        if (standing is null)
        {
            // A stale cookie must not keep anybody from signing in again.
            if (cookie is not null)
            {
                cookies.Clear(http);
                await next(http);
                return;
            }

            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            await Refusals.WriteAsync(http, StatusCodes.Status401Unauthorized, "AUTH_NOT_AUTHENTICATED", "The credentials are not valid.");
            return;
        }

        http.Features.Set(standing);
        http.Features.Set<IHttpAuthenticationFeature>(new Recognised(standing));
        if (budgets.Ask(http, standing.Claims) is { } wait)
        {
            await Refusals.TooManyAsync(http, wait, Budgets.Code, "The budget of this minute is spent; wait before asking again.");
            return;
        }

        await next(http);
    }

    /// <summary>The token of an <c>Authorization</c> value, or null when it is something else.</summary>
    public static string? TokenOf(string authorization) =>
        authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && authorization.Length is > 10 and < LongestToken
            ? authorization[Bearer.Length..]
            : null;

    private sealed class Recognised(Standing standing) : IHttpAuthenticationFeature
    {
        public System.Security.Claims.ClaimsPrincipal? User { get; set; } = standing.Claims;
    }
}

/// <summary>Refusals outside the graph have the shape of those inside it.</summary>
internal static class Refusals
{
    public static Task WriteAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(
            new { errors = new[] { new { message, extensions = new { code } } } },
            System.Text.Json.JsonSerializerOptions.Web,
            MediaTypeNames.Application.Json,
            http.RequestAborted);
    }

    public static Task TooManyAsync(HttpContext http, TimeSpan wait, string code, string message)
    {
        http.Response.Headers[HeaderNames.RetryAfter] =
            Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return WriteAsync(http, StatusCodes.Status429TooManyRequests, code, message);
    }
}
