using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Requests;

namespace Platform.GraphQL.Transport.Http;

/// <summary>The schema as a file, for those who have the permission <c>schema:read</c>.</summary>
internal sealed class SchemaEndpoint(IServiceProvider services)
{
    private Document? _document;

    private sealed record Document(ReadOnlyMemory<byte> Text, string Tag);

    public Task WriteAsync(HttpContext http, Caller caller)
    {
        if (!caller.MayReadSchema)
        {
            throw new RefusedRequestException(caller.IsAuthenticated
                ? new RequestRefusal(StatusCodes.Status403Forbidden, ErrorCodes.NotAuthorized, "The schema needs the permission schema:read.")
                : new RequestRefusal(StatusCodes.Status401Unauthorized, ErrorCodes.NotAuthenticated, "The schema needs the permission schema:read."));
        }

        var document = _document ??= Load();
        var response = http.Response;
        response.Headers.ETag = document.Tag;
        // Permissions change and so do schemas; a cache may keep the text but has to ask each time.
        response.Headers.CacheControl = "private, no-cache";
        if (http.Request.Headers.IfNoneMatch == document.Tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = "application/graphql; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"schema.graphql\"";
        response.ContentLength = document.Text.Length;
        return response.Body.WriteAsync(document.Text, http.RequestAborted).AsTask();
    }

    private Document Load()
    {
        var text = services.GetRequiredService<ISchemaText>().Sdl;
        return new Document(text, $"\"{Convert.ToHexStringLower(SHA256.HashData(text.Span))}\"");
    }
}
