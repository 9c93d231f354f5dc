using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Requests;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Transport.Uploads;

/// <summary>
/// The GraphQL multipart request specification: <c>operations</c>, <c>map</c>, then files, in this order, so that
/// nothing has to be kept before it is known to be wanted. Files go to disk while they arrive and never through memory.
/// </summary>
internal sealed class UploadReader(GraphQLServerOptions options, JsonRequestReader requests)
{
    private const int LongestFileName = 255;

    public async Task<(OperationEnvelope Request, UploadedFiles Files)> ReadAsync(HttpContext http)
    {
        Admit(http);
        var sections = new MultipartReader(BoundaryOf(http.Request), http.Request.Body)
        {
            HeadersCountLimit = 8,
            HeadersLengthLimit = 4 * 1024,
        };
        var files = new UploadedFiles();
        OperationEnvelope? request = null;
        try
        {
            var first = await NextAsync(sections, http.RequestAborted);
            if (first is { Name: "map" })
            {
                throw Refused(
                    ErrorCodes.UploadFieldsMisordered,
                    "Misordered multipart fields; 'map' should follow 'operations'.");
            }

            if (first is not { Name: "operations" } operations)
            {
                throw Refused(ErrorCodes.UploadNoOperations, "No 'operations' specified.");
            }

            request = requests.ReadOne(await FieldAsync(operations, http.RequestAborted));
            if (await NextAsync(sections, http.RequestAborted) is not { Name: "map" } second)
            {
                throw Refused(ErrorCodes.UploadNoMap, "No 'map' specified.");
            }

            var map = UploadMap.Parse((await FieldAsync(second, http.RequestAborted)).Span);
            var keys = await SaveAsync(sections, map, files, http.RequestAborted);
            request.UseVariables(map.Place(request.Variables, keys));
            return (request, files);
        }
        catch (Exception exception)
        {
            request?.Dispose();
            await files.DisposeAsync();
            if (exception is IOException or InvalidDataException)
            {
                throw Refused(ErrorCodes.UploadInvalidForm, "The multipart form could not be read.");
            }

            throw;
        }
    }

    private readonly record struct Part(string Name, string? FileName, string? ContentType, Stream Body);

    private void Admit(HttpContext http)
    {
        if (!options.Upload.Enabled)
        {
            throw new RefusedRequestException(
                RequestRefusal.UnsupportedMediaType("File upload is not enabled on this endpoint."));
        }

        // A form is what another site can send with the victim's cookies, so this demand has no exception.
        if (!PreflightCheck.HasHeader(http.Request.Headers))
        {
            throw new RefusedRequestException(new RequestRefusal(
                StatusCodes.Status400BadRequest,
                ErrorCodes.UploadPreflight,
                "A multipart request needs the header GraphQL-Preflight: 1."));
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // Boundaries and part headers come on top of the files.
            size.MaxRequestBodySize = options.Upload.MaxTotalBytes + options.MaxRequestBytes + (64 * 1024);
        }
    }

    private static string BoundaryOf(HttpRequest request)
    {
        var boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;
        return boundary is { Length: > 0 and <= 70 }
            ? boundary
            : throw Refused(ErrorCodes.UploadInvalidForm, "The multipart form has no usable boundary.");
    }

    private static async Task<Part?> NextAsync(MultipartReader sections, CancellationToken ct)
    {
        if (await sections.ReadNextSectionAsync(ct) is not { } section)
        {
            return null;
        }

        return ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            ? new Part(
                HeaderUtilities.RemoveQuotes(disposition.Name).ToString(),
                FileNameOf(disposition),
                section.ContentType,
                section.Body)
            : throw Refused(ErrorCodes.UploadInvalidForm, "A part of the multipart form has no Content-Disposition.");
    }

    private static string? FileNameOf(ContentDispositionHeaderValue disposition)
    {
        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        return HeaderUtilities.RemoveQuotes(name).Value;
    }

    private async Task<ReadOnlyMemory<byte>> FieldAsync(Part part, CancellationToken ct)
    {
        var field = new MemoryStream();
        await CopyAsync(part.Body, field, options.MaxRequestBytes, ErrorCodes.RequestTooLarge, ct);
        return field.GetBuffer().AsMemory(0, (int)field.Length);
    }

    private async Task<Dictionary<string, UploadKey>> SaveAsync(
        MultipartReader sections, UploadMap map, UploadedFiles files, CancellationToken ct)
    {
        var keys = new Dictionary<string, UploadKey>(StringComparer.Ordinal);
        var total = 0L;
        while (await NextAsync(sections, ct) is { } part)
        {
            if (keys.Count == options.Upload.MaxFiles)
            {
                throw TooLarge($"A request may bring at most {options.Upload.MaxFiles} files.");
            }

            if (!map.Contains(part.Name) || keys.ContainsKey(part.Name))
            {
                throw Refused(ErrorCodes.UploadInvalidForm, $"The part '{part.Name}' is not in 'map', or comes twice.");
            }

            var file = await SaveAsync(
                part, Math.Min(options.Upload.MaxFileBytes, options.Upload.MaxTotalBytes - total), ct);
            total += file.Length;
            var key = UploadKey.For(Guid.CreateVersion7());
            files.Add(key, file);
            keys.Add(part.Name, key);
        }

        return map.Keys.FirstOrDefault(key => !keys.ContainsKey(key)) is { } missing
            ? throw Refused(ErrorCodes.UploadFileMissing, $"File of key '{missing}' is missing.")
            : keys;
    }

    private async Task<UploadedFile> SaveAsync(Part part, long limit, CancellationToken ct)
    {
        // The client's name is told to the resolver; on disk the file has one of our own.
        var path = Path.Combine(options.Upload.Directory, "upload-" + Path.GetRandomFileName());
        try
        {
            await using var target = new FileStream(
                path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.Asynchronous);
            var length = await CopyAsync(part.Body, target, limit, ErrorCodes.UploadTooLarge, ct);
            return new UploadedFile(path, NameOf(part.FileName), part.ContentType, length);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static string NameOf(string? fileName)
    {
        var name = fileName ?? string.Empty;
        name = name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        return name.Length <= LongestFileName ? name : name[..LongestFileName];
    }

    private static async Task<long> CopyAsync(
        Stream source, Stream target, long limit, string code, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var length = 0L;
            int read;
            while ((read = await source.ReadAsync(buffer, ct)) > 0)
            {
                length += read;
                if (length > limit)
                {
                    throw new RefusedRequestException(new RequestRefusal(
                        StatusCodes.Status413PayloadTooLarge,
                        code,
                        $"A part of the form is larger than {limit} bytes."));
                }

                await target.WriteAsync(buffer.AsMemory(0, read), ct);
            }

            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static RefusedRequestException TooLarge(string message) =>
        new(new RequestRefusal(StatusCodes.Status413PayloadTooLarge, ErrorCodes.UploadTooLarge, message));

    private static RefusedRequestException Refused(string code, string message) =>
        new(RequestRefusal.Malformed(code, message));
}
