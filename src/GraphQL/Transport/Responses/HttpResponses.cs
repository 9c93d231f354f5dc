using System.Globalization;
using Microsoft.AspNetCore.Http;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Negotiation;
using Platform.GraphQL.Transport.Requests;

namespace Platform.GraphQL.Transport.Responses;

/// <summary>Writes answers that are complete: one result, or a refusal.</summary>
internal sealed class HttpResponses(HttpMode mode)
{
    /// <summary>The executor's bytes go to the connection as they are; Kestrel sends them with the headers.</summary>
    public void Write(HttpResponse response, OperationResult result, SingleFormat format)
    {
        var status = ResponseStatus.Of(result, format, mode);
        response.StatusCode = status;
        response.ContentType = Label(format, status);
        response.ContentLength = result.Length;
        if (status >= StatusCodes.Status400BadRequest)
        {
            response.Headers.CacheControl = "no-store";
            if (result.RequestError is RequestErrorKind.OperationNotAllowed)
            {
                response.Headers.Allow = "POST";
            }

            if (result.RequestError is RequestErrorKind.Overloaded)
            {
                WriteRetryAfter(response, result.RetryAfter ?? TimeSpan.FromSeconds(1));
            }
        }

        result.WriteTo(response.BodyWriter);
    }

    public Task RefuseAsync(HttpResponse response, RequestRefusal refusal, AcceptedFormats formats)
    {
        var status = mode is HttpMode.Draft2026 ? refusal.DraftStatus : refusal.Status;
        response.StatusCode = status;
        response.ContentType = Label(formats.Single, status);
        response.Headers.CacheControl = "no-store";
        if (refusal.Allow is { } allow)
        {
            response.Headers.Allow = allow;
        }

        if (refusal.RetryAfter is { } retryAfter)
        {
            WriteRetryAfter(response, retryAfter);
        }

        var body = ErrorBody.Bytes(refusal.Code, refusal.Message);
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, 0, body.Length, response.HttpContext.RequestAborted);
    }

    private static void WriteRetryAfter(HttpResponse response, TimeSpan delay) =>
        response.Headers.RetryAfter =
            Math.Max(1, (long)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The draft keeps <c>application/json</c> for success: a 4xx under it could come from any proxy.
    /// </summary>
    private string Label(SingleFormat format, int status) =>
        format is SingleFormat.Json && (mode is HttpMode.Compat || status < StatusCodes.Status300MultipleChoices)
            ? MediaTypes.JsonUtf8
            : MediaTypes.GraphQLResponseUtf8;
}
