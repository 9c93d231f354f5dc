using Platform.Api.Access;
using Platform.Domain.Bulk;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Transport;

namespace Platform.Api.Bulk;

/// <summary>Files go in and out by plain HTTP: <c>POST /bulk/files</c> and <c>GET /bulk/jobs/{id}/result</c>.</summary>
internal sealed class BulkEndpoints(BulkStore store, Uploading uploading, BulkJobs jobs, IHttpRequestInterceptor callers, TimeProvider clock)
{
    private const long LongestUpload = 64L << 20;
    private const int LongestName = 200;

    private static readonly TimeSpan _keepUploads = TimeSpan.FromDays(1);

    public void Map(WebApplication app)
    {
        app.MapPost("/bulk/files", UploadAsync);
        app.MapGet("/bulk/jobs/{id}/result", DownloadAsync);
    }

    private async Task<IResult> UploadAsync(HttpContext http, CancellationToken ct)
    {
        // A form could be sent by another site's page; a body of this type asks the browser first.
        var mediaType = http.Request.ContentType?.Split(';')[0].Trim();
        if (mediaType is not ("application/jsonl" or "application/x-ndjson" or "text/csv"))
        {
            return Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "The body must be application/jsonl, one JSON object a line, or text/csv, rows below the paths of variables.");
        }

        if (await PrincipalAsync(http, ct) is not { } principal)
        {
            return Problem(StatusCodes.Status401Unauthorized, "Sign in first.");
        }

        if (!principal.Holds("import.run"))
        {
            return Problem(StatusCodes.Status403Forbidden, "Uploading needs the permission import.run.");
        }

        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LongestUpload;
        }

        var now = clock.GetUtcNow();
        var file = new BulkFileId(Guid.CreateVersion7(now));
        UploadedFile? kept;
        try
        {
            kept = mediaType == "text/csv"
                ? await uploading.KeepRowsAsync(file, http.Request.BodyReader, ct)
                : await uploading.KeepLinesAsync(file, http.Request.BodyReader, ct);
        }
        catch (UnreadableRows fault)
        {
            return Problem(StatusCodes.Status400BadRequest, fault.Message);
        }

        if (kept is null)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, $"A line has at most {Uploading.LongestLine} bytes.");
        }

        if (kept.Lines == 0)
        {
            return Problem(StatusCodes.Status400BadRequest, "The body holds no line.");
        }

        var name = http.Request.Query["name"].ToString() is { Length: > 0 and <= LongestName } given ? given : "upload";
        await store.AddFileAsync(
            new BulkUpload(file, principal.Actor.Id, name, kept.Bytes, kept.Lines, kept.Columns, now, now + _keepUploads), ct);
        return Results.Json(
            new { id = NodeIdFormat.Write("BulkFile", file.Value), name, bytes = kept.Bytes, lines = kept.Lines, columns = kept.Columns, expiresAt = now + _keepUploads },
            statusCode: StatusCodes.Status201Created);
    }

    private async Task<IResult> DownloadAsync(HttpContext http, string id, CancellationToken ct)
    {
        if (await PrincipalAsync(http, ct) is not { } principal)
        {
            return Problem(StatusCodes.Status401Unauthorized, "Sign in first.");
        }

        var job = NodeIdFormat.TryRead(Uri.UnescapeDataString(id), out var record, out var raw) && record == "BulkJob" && NodeIdFormat.Value(raw, typeof(BulkJobId)) is BulkJobId known
            ? await jobs.FindAsync(known, principal.Actor.Id, ct)
            : null;
        if (job is null)
        {
            return Problem(StatusCodes.Status404NotFound, "There is no such job of yours.");
        }

        var (type, ending) = job.Format == ExportFormat.Csv ? ("text/csv", "csv") : ("application/jsonl", "jsonl");
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Bulk-Status"] = job.Status.ToString().ToUpperInvariant();
        return Results.Stream(
            async output =>
            {
                for (var piece = 1; await store.PieceAsync(job.Job.Value, piece, ct) is { } body; piece++)
                {
                    await output.WriteAsync(body, ct);
                }
            },
            type,
            $"{job.Kind.ToString().ToLowerInvariant()}-{job.Job}.{ending}");
    }

    private async Task<Principal?> PrincipalAsync(HttpContext http, CancellationToken ct)
    {
        var user = (await callers.OnCreateAsync(http, ct)).User;
        return user.Identity is { IsAuthenticated: true } ? Principal.Of(user) : null;
    }

    private static IResult Problem(int status, string title) => Results.Problem(title: title, statusCode: status);
}
