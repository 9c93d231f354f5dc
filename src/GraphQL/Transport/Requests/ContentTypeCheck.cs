using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Platform.GraphQL.Transport.Negotiation;

namespace Platform.GraphQL.Transport.Requests;

internal enum BodyKind
{
    Json,
    Form,
}

/// <summary>
/// Accepts JSON in UTF-8 and, where uploads are on, forms; nothing else. Other charsets are refused, because a body
/// that two programs decode differently is two bodies.
/// </summary>
internal static class ContentTypeCheck
{
    public static BodyKind KindOf(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.ContentEncoding.Count > 0 && headers.ContentEncoding != "identity")
        {
            throw new RefusedRequestException(
                RequestRefusal.UnsupportedMediaType("Compressed request bodies are not accepted."));
        }

        var type = headers.ContentType;
        if (type.Count == 1 && (type[0] is MediaTypes.Json or MediaTypes.JsonUtf8))
        {
            return BodyKind.Json;
        }

        if (type.Count > 1)
        {
            throw new RefusedRequestException(
                RequestRefusal.UnsupportedMediaType("There is more than one Content-Type."));
        }

        return type.Count == 1 && MediaTypeHeaderValue.TryParse(type[0], out var parsed)
            ? KindOf(parsed)
            : throw new RefusedRequestException(
                RequestRefusal.UnsupportedMediaType("A request needs the Content-Type application/json."));
    }

    private static BodyKind KindOf(MediaTypeHeaderValue type)
    {
        if (type.MediaType.Equals(MediaTypes.FormData, StringComparison.OrdinalIgnoreCase))
        {
            return BodyKind.Form;
        }

        if (!type.MediaType.Equals(MediaTypes.Json, StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedRequestException(
                RequestRefusal.UnsupportedMediaType("A request needs the Content-Type application/json."));
        }

        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        return !charset.HasValue || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? BodyKind.Json
            : throw new RefusedRequestException(RequestRefusal.UnsupportedMediaType("The charset must be utf-8."));
    }
}
