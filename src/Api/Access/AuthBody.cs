using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;

namespace Platform.Api.Access;

/// <summary>Bodies of <c>/auth</c>: small, strict JSON, which no foreign page can send without asking.</summary>
internal sealed class AuthBody(CookieRules cookies)
{
    private const int LongestBody = 16 * 1024;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        MaxDepth = 4,
    };

    /// <summary>Null when it was refused, and the refusal written.</summary>
    public async Task<TInput?> ReadAsync<TInput>(HttpContext http)
        where TInput : class
    {
        if (http.Request.Headers.Origin is [{ } origin, ..] && !cookies.IsAllowed(http, origin))
        {
            await Refusals.WriteAsync(http, StatusCodes.Status403Forbidden, "FORBIDDEN_ORIGIN", "Pages of other sites do not sign in here.");
            return null;
        }

        if (!http.Request.HasJsonContentType())
        {
            await Refusals.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "Send application/json.");
            return null;
        }

        try
        {
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = LongestBody;
            }

            if (await JsonSerializer.DeserializeAsync<TInput>(http.Request.Body, Strict, http.RequestAborted) is { } input)
            {
                return input;
            }
        }
        catch (Exception fault) when (fault is JsonException or BadHttpRequestException)
        {
            // What was sent may hold a password; it is not repeated.
        }

        var members = typeof(TInput).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        await Refusals.WriteAsync(
            http, StatusCodes.Status400BadRequest, "BAD_REQUEST", $"Send a JSON object with {string.Join(", ", members)}.");
        return null;
    }

    public static Task WriteAsync(HttpContext http, object answer)
    {
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(answer, answer.GetType(), JsonSerializerOptions.Web, http.RequestAborted);
    }
}
