using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Requests;

namespace Platform.GraphQL.Transport.Http;

/// <summary>The schema as a file, for those who have the permission <c>schema:read</c>.</summary>
internal sealed class SchemaEndpoint(IServiceProvider services)
{
    private Document? _whole;
    private Document? _semantic;

    private sealed record Document(ReadOnlyMemory<byte> Text, string Tag);

    public Task WriteAsync(HttpContext http, Caller caller)
    {
        Demand(caller);
        return WriteAsync(http, _whole ??= Tagged(services.GetRequiredService<ISchemaText>().Sdl));
    }

    public Task WriteSemanticAsync(HttpContext http, Caller caller)
    {
        Demand(caller);
        return WriteAsync(http, _semantic ??= Tagged(services.GetRequiredService<ISchemaText>().SemanticNonNullSdl));
    }

    private static void Demand(Caller caller)
    {
        if (!caller.MayReadSchema)
        {
            var (status, code) = caller.IsAuthenticated
                ? (StatusCodes.Status403Forbidden, ErrorCodes.NotAuthorized)
                : (StatusCodes.Status401Unauthorized, ErrorCodes.NotAuthenticated);
            throw new RefusedRequestException(
                new RequestRefusal(status, code, "The schema needs the permission schema:read."));
        }
    }

    private static Task WriteAsync(HttpContext http, Document document)
    {
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

    private static Document Tagged(ReadOnlyMemory<byte> text) =>
        new(text, $"\"{Convert.ToHexStringLower(SHA256.HashData(text.Span))}\"");
}
