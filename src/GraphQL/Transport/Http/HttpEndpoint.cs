using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.EventStreams;
using Platform.GraphQL.Transport.Negotiation;
using Platform.GraphQL.Transport.Requests;
using Platform.GraphQL.Transport.Responses;
using Platform.GraphQL.Transport.Uploads;

namespace Platform.GraphQL.Transport.Http;

/// <summary>
/// GraphQL over HTTP: reads a request by its method and media types, has it run, writes what came of it.
/// </summary>
internal sealed partial class HttpEndpoint(
    GraphQLServerOptions options,
    AcceptHeader accept,
    JsonRequestReader requests,
    UploadReader uploads,
    OperationGateway gateway,
    BatchResponse batches,
    HttpResponses responses,
    StreamResponse streams,
    EventStreamEndpoint eventStreams,
    SchemaEndpoint schema,
    ConnectionSlots streamsPerUser,
    ConnectionSlots streamsPerAddress,
    IHttpRequestInterceptor interceptor,
    bool showsLandingPage,
    ILogger logger)
{
    private const string Methods = "GET, POST";

    private readonly QueryStringReader _queryStrings = new(requests);
    private readonly PreflightCheck _preflight = new(options.Preflight);

    public Task HandleAsync(HttpContext http) =>
        GuardedAsync(http, static (endpoint, http, formats) => endpoint.ByMethodAsync(http, formats));

    /// <summary><c>/graphql/persisted/{id}</c>: the id is in the path, so caches and logs see what is asked.</summary>
    public Task HandlePersistedAsync(HttpContext http) =>
        GuardedAsync(http, static (endpoint, http, formats) => endpoint.PersistedAsync(http, formats));

    public Task HandleSchemaAsync(HttpContext http) =>
        GuardedAsync(http, static (endpoint, http, _) => endpoint.SchemaAsync(http));

    public Task HandleSemanticNonNullSchemaAsync(HttpContext http) =>
        GuardedAsync(http, static (endpoint, http, _) => endpoint.SemanticSchemaAsync(http));

    /// <summary>The outermost frame of a request: refusals get their status, bugs their silence.</summary>
    private async Task GuardedAsync(HttpContext http, Func<HttpEndpoint, HttpContext, AcceptedFormats, Task> handle)
    {
        var formats = accept.Read(http.Request.Headers.Accept);
        try
        {
            await handle(this, http, formats);
        }
        catch (RefusedRequestException refused) when (!http.Response.HasStarted)
        {
            await responses.RefuseAsync(http.Response, refused.Refusal, formats);
        }
        catch (BadHttpRequestException refused) when (!http.Response.HasStarted)
        {
            // The server found the body to be no HTTP.
            var refusal = new RequestRefusal(refused.StatusCode, ErrorCodes.InvalidRequest, refused.Message);
            await responses.RefuseAsync(http.Response, refusal, formats);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; whatever broke on the way out concerns nobody.
        }
        catch (Exception bug) when (!http.Response.HasStarted)
        {
            LogBug(logger, bug);
            await responses.RefuseAsync(http.Response, RequestRefusal.Bug, formats);
        }
    }

    private Task ByMethodAsync(HttpContext http, AcceptedFormats formats) => http.Request.Method switch
    {
        "POST" => PostAsync(http, formats),
        "GET" => GetAsync(http, formats),
        "PUT" => ReserveAsync(http),
        "DELETE" => StopAsync(http),
        _ => throw new RefusedRequestException(MethodNotAllowed()),
    };

    private async Task PersistedAsync(HttpContext http, AcceptedFormats formats)
    {
        DemandAcceptable(formats);
        if (http.Request.Method is not ("GET" or "POST"))
        {
            throw new RefusedRequestException(MethodNotAllowed());
        }

        var isGet = http.Request.Method is "GET";
        var caller = await interceptor.OnCreateAsync(http, http.RequestAborted);
        using var body = isGet ? default : await RequestBody.ReadAsync(http, caller, options);
        if (body.Bytes.Length > 0)
        {
            DemandJson(http);
        }

        using var envelope = isGet ? _queryStrings.Read(http.Request.Query)
            : body.Bytes.Length == 0 ? new OperationEnvelope()
            : requests.ReadOne(body.Bytes);
        if (envelope.Document is not null || envelope.DocumentId is not null)
        {
            throw new RefusedRequestException(
                RequestRefusal.Malformed(ErrorCodes.InvalidRequest, "The operation is already named by the path."));
        }

        envelope.DocumentId = (string?)http.Request.RouteValues["operationId"];
        envelope.OperationName = (string?)http.Request.RouteValues["operationName"] ?? envelope.OperationName;
        await ExecuteAsync(
            http, envelope, caller, formats, isGet ? options.AllowedGetOperations : OperationKinds.All, files: null);
    }

    private async Task SchemaAsync(HttpContext http) =>
        await schema.WriteAsync(http, await interceptor.OnCreateAsync(http, http.RequestAborted));

    private async Task SemanticSchemaAsync(HttpContext http) =>
        await schema.WriteSemanticAsync(http, await interceptor.OnCreateAsync(http, http.RequestAborted));

    private async Task PostAsync(HttpContext http, AcceptedFormats formats)
    {
        DemandAcceptable(formats);
        if (ContentTypeCheck.KindOf(http.Request) is BodyKind.Form)
        {
            await UploadAsync(http, formats);
            return;
        }

        var caller = await interceptor.OnCreateAsync(http, http.RequestAborted);
        if (EventStreamEndpoint.TokenOf(http.Request) is { } token)
        {
            await eventStreams.ExecuteAsync(http, token, caller);
            return;
        }

        using var body = await RequestBody.ReadAsync(http, caller, options);
        if (JsonRequestReader.IsBatch(body.Bytes.Span))
        {
            await BatchAsync(http, body.Bytes, caller, formats);
            return;
        }

        using var envelope = requests.ReadOne(body.Bytes);
        var names = http.Request.QueryString.HasValue ? http.Request.Query["batchOperations"] : default;
        if (names.Count > 0)
        {
            await BatchAsync(http, envelope, names.ToString(), caller, formats);
        }
        else if (envelope.Variables.ValueKind is JsonValueKind.Array)
        {
            var items = OperationBatch.Unfold(envelope, envelope.OperationName).ToArray();
            OperationBatch.DemandSize(options.Batching, items.Length);
            await batches.WriteAsync(http, [items], caller, formats);
        }
        else
        {
            await ExecuteAsync(http, envelope, caller, formats, OperationKinds.All, files: null);
        }
    }

    private async Task GetAsync(HttpContext http, AcceptedFormats formats)
    {
        var query = http.Request.Query;
        if (query.ContainsKey("sdl"))
        {
            await SchemaAsync(http);
            return;
        }

        if (EventStreamEndpoint.TokenOf(http.Request) is { } token && formats.Stream is StreamFormat.EventStream)
        {
            await eventStreams.OpenAsync(http, token, await interceptor.OnCreateAsync(http, http.RequestAborted));
            return;
        }

        if (formats.PrefersHtml && showsLandingPage && !query.ContainsKey("query"))
        {
            await LandingPage.WriteAsync(http.Response);
            return;
        }

        DemandAcceptable(formats);
        if (query.ContainsKey("query"))
        {
            // A stored operation is one the team has read; only free text can be another site's weapon.
            _preflight.DemandForSimpleRequest(http);
        }

        using var envelope = _queryStrings.Read(query);
        var caller = await interceptor.OnCreateAsync(http, http.RequestAborted);
        await ExecuteAsync(http, envelope, caller, formats, options.AllowedGetOperations, files: null);
    }

    private async Task ExecuteAsync(
        HttpContext http,
        OperationEnvelope envelope,
        Caller caller,
        AcceptedFormats formats,
        OperationKinds allowed,
        UploadedFiles? files)
    {
        var context = RequestScope.Context(http, caller);
        files?.AttachTo(context);
        var carriage = new Carriage(
            allowed, Carriage.FormatOf(formats), CostReportingOf(http.Request), LastEventId(http.Request));
        await using var outcome = await gateway.ExecuteAsync(envelope, caller, context, carriage);
        if (outcome is OperationResult result)
        {
            if (formats.Single is not SingleFormat.None)
            {
                responses.Write(http.Response, result, formats.Single);
                return;
            }

            await StreamResponse.WriteOneAsync(http, result, formats);
            return;
        }

        await StreamAsync(http, (ResponseStream)outcome, caller, formats);
    }

    private async Task StreamAsync(HttpContext http, ResponseStream stream, Caller caller, AcceptedFormats formats)
    {
        if (formats.Stream is StreamFormat.None)
        {
            throw new RefusedRequestException(RequestRefusal.NotAcceptable);
        }

        var address = ConnectionSlots.KeyOf(http.Connection.RemoteIpAddress);
        using var ofAddress = streamsPerAddress.TryTake(address) ?? throw TooManyStreams();
        using var ofUser = caller.Name is { } name ? streamsPerUser.TryTake(name) ?? throw TooManyStreams() : null;
        await streams.WriteAsync(http, stream, formats, caller);
    }

    private async Task UploadAsync(HttpContext http, AcceptedFormats formats)
    {
        var caller = await interceptor.OnCreateAsync(http, http.RequestAborted);
        var (request, files) = await uploads.ReadAsync(http);
        using var envelope = request;
        await using var owned = files;
        await ExecuteAsync(http, envelope, caller, formats, OperationKinds.All, files);
    }

    private async Task BatchAsync(HttpContext http, ReadOnlyMemory<byte> body, Caller caller, AcceptedFormats formats)
    {
        OperationBatch.DemandAllowed(options.Batching, BatchingKinds.Requests);
        var envelopes = requests.ReadBatch(body);
        try
        {
            var batch = envelopes
                .Select(envelope => OperationBatch.Unfold(envelope, envelope.OperationName).ToArray()).ToArray();
            OperationBatch.DemandSize(options.Batching, batch.Sum(items => items.Length));
            await batches.WriteAsync(http, batch, caller, formats);
        }
        finally
        {
            envelopes.ForEach(envelope => envelope.Dispose());
        }
    }

    private async Task BatchAsync(
        HttpContext http, OperationEnvelope envelope, string parameter, Caller caller, AcceptedFormats formats)
    {
        OperationBatch.DemandAllowed(options.Batching, BatchingKinds.Operations);
        var batch = OperationBatch.OperationNames(parameter)
            .Select(name => OperationBatch.Unfold(envelope, name).ToArray()).ToArray();
        OperationBatch.DemandSize(options.Batching, batch.Sum(items => items.Length));
        await batches.WriteAsync(http, batch, caller, formats);
    }

    private async Task ReserveAsync(HttpContext http) =>
        await eventStreams.ReserveAsync(http, await interceptor.OnCreateAsync(http, http.RequestAborted));

    private async Task StopAsync(HttpContext http)
    {
        var token = EventStreamEndpoint.TokenOf(http.Request) ?? throw new RefusedRequestException(MethodNotAllowed());
        await eventStreams.StopAsync(http, token, await interceptor.OnCreateAsync(http, http.RequestAborted));
    }

    private static void DemandAcceptable(AcceptedFormats formats)
    {
        if (formats.Unreadable)
        {
            throw new RefusedRequestException(RequestRefusal.UnreadableAccept);
        }

        if (formats.Nothing)
        {
            throw new RefusedRequestException(RequestRefusal.NotAcceptable);
        }
    }

    private static void DemandJson(HttpContext http)
    {
        if (ContentTypeCheck.KindOf(http.Request) is BodyKind.Form)
        {
            throw new RefusedRequestException(
                RequestRefusal.UnsupportedMediaType("A request needs the Content-Type application/json."));
        }
    }

    private static CostReporting CostReportingOf(HttpRequest request) =>
        !request.Headers.TryGetValue("GraphQL-Cost", out var header) ? CostReporting.None
        : header == "report" ? CostReporting.Report
        : header == "validate" ? CostReporting.Validate
        : CostReporting.None;

    private static string? LastEventId(HttpRequest request) =>
        request.Headers.TryGetValue("Last-Event-ID", out var id) && id is [{ Length: > 0 and <= 1024 } position]
            ? position
            : null;

    private static RequestRefusal MethodNotAllowed() =>
        new(StatusCodes.Status405MethodNotAllowed, ErrorCodes.MethodNotAllowed, "Use POST or GET.") { Allow = Methods };

    private static RefusedRequestException TooManyStreams() => new(new RequestRefusal(
        StatusCodes.Status429TooManyRequests, ErrorCodes.TooManyStreams, "Too many streams are open.")
    {
        RetryAfter = TimeSpan.FromSeconds(10),
    });

    [LoggerMessage(Level = LogLevel.Error, Message = "A GraphQL request failed unexpectedly")]
    private static partial void LogBug(ILogger logger, Exception exception);
}
