using System.Buffers;
using System.IO.Pipelines;
using Platform.Api.Access;
using Platform.Domain.Bulk;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Transport;

namespace Platform.Api.Bulk;

/// <summary>Files go in and out by plain HTTP: <c>POST /bulk/files</c> and <c>GET /bulk/jobs/{id}/result</c>.</summary>
internal sealed class BulkEndpoints(BulkStore store, BulkJobs jobs, IHttpRequestInterceptor callers, TimeProvider clock)
{
    private const long LongestUpload = 64L << 20;
    private const int LongestLine = 256 << 10;
    private const int PieceSize = 512 << 10;
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
        if (http.Request.ContentType?.Split(';')[0].Trim() is not ("application/jsonl" or "application/x-ndjson"))
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, "The body must be application/jsonl: one JSON object a line.");
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
        if (await KeepAsync(file, http.Request.BodyReader, ct) is not { } kept)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, $"A line has at most {LongestLine} bytes.");
        }

        if (kept.Lines == 0)
        {
            return Problem(StatusCodes.Status400BadRequest, "The body holds no line.");
        }

        var name = http.Request.Query["name"].ToString() is { Length: > 0 and <= LongestName } given ? given : "upload.jsonl";
        await store.AddFileAsync(file, principal.Actor.Id, name, kept.Bytes, kept.Lines, now, now + _keepUploads, ct);
        return Results.Json(
            new { id = NodeIdFormat.Write("BulkFile", file.Value), name, bytes = kept.Bytes, lines = kept.Lines, expiresAt = now + _keepUploads },
            statusCode: StatusCodes.Status201Created);
    }

    /// <summary>In pieces that end where lines end; null when a line is too long. What was kept of it is swept away unseen.</summary>
    private async Task<(long Bytes, int Lines)?> KeepAsync(BulkFileId file, PipeReader body, CancellationToken ct)
    {
        var (bytes, lines, pieces) = (0L, 0, 0);
        var piece = new ArrayBufferWriter<byte>(PieceSize);
        while (true)
        {
            var read = await body.ReadAsync(ct);
            foreach (var segment in read.Buffer)
            {
                piece.Write(segment.Span);
            }

            body.AdvanceTo(read.Buffer.End);
            if (piece.WrittenCount < PieceSize && !read.IsCompleted)
            {
                continue;
            }

            var whole = read.IsCompleted ? piece.WrittenCount : piece.WrittenSpan.LastIndexOf((byte)'\n') + 1;
            if (piece.WrittenCount - whole > LongestLine || UploadedLines.In(piece.WrittenMemory[..whole]).Any(line => line.Length > LongestLine))
            {
                return null;
            }

            if (whole > 0)
            {
                await store.AddPieceAsync(file, ++pieces, piece.WrittenMemory[..whole], ct);
                lines += UploadedLines.Count(piece.WrittenMemory[..whole]);
                bytes += whole;
                var rest = piece.WrittenSpan[whole..].ToArray();
                piece.ResetWrittenCount();
                piece.Write(rest);
            }

            if (read.IsCompleted)
            {
                return (bytes, lines);
            }
        }
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
