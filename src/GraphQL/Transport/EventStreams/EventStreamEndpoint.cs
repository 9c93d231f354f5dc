using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Multiplexing;
using Platform.GraphQL.Transport.Negotiation;
using Platform.GraphQL.Transport.Requests;
using Platform.GraphQL.Transport.Responses;

namespace Platform.GraphQL.Transport.EventStreams;

/// <summary>The HTTP requests of the single connection mode.</summary>
internal sealed partial class EventStreamEndpoint(
    EventStreamReservations reservations,
    OperationGateway gateway,
    JsonRequestReader requests,
    HttpResponses responses,
    ConnectionSlots addresses,
    ConnectionSlots users,
    GraphQLServerOptions options,
    IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<EventStreamEndpoint> logger)
{
    private const string TokenHeader = "X-GraphQL-Event-Stream-Token";

    public static string? TokenOf(HttpRequest request) =>
        request.Headers.TryGetValue(TokenHeader, out var header) ? header.ToString()
        : request.QueryString.HasValue && request.Query["token"] is [{ Length: > 0 } token] ? token
        : null;

    public Task ReserveAsync(HttpContext http, Caller caller)
    {
        if (reservations.TryReserve(caller.Name) is not { } connection)
        {
            throw new RefusedRequestException(new RequestRefusal(
                StatusCodes.Status503ServiceUnavailable,
                ErrorCodes.TooManyStreams,
                "No more streams can be reserved now.")
            {
                RetryAfter = options.Streams.ReservationTimeout,
            });
        }

        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(connection.Token, Encoding.ASCII, http.RequestAborted);
    }

    public async Task OpenAsync(HttpContext http, string token, Caller caller)
    {
        var connection = Find(token);
        // EventSource cannot send an Authorization header: the token alone opens the stream, but another user's cannot.
        if (caller.Name is { } name && name != connection.Owner)
        {
            throw NotFound();
        }

        using var slot = addresses.TryTake(ConnectionSlots.KeyOf(http.Connection.RemoteIpAddress)) ?? throw TooMany();
        using var ofUser = connection.Owner is { } owner ? users.TryTake(owner) ?? throw TooMany() : null;
        if (!connection.TryOpen())
        {
            throw new RefusedRequestException(new RequestRefusal(
                StatusCodes.Status409Conflict, ErrorCodes.InvalidRequest, "The stream is already open."));
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, lifetime.ApplicationStopping, caller.Revoked);
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache, no-transform";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await connection.WriteAsync(http, options.Streams, time, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // Either side ended it; both know.
        }
        finally
        {
            await reservations.RemoveAsync(connection);
        }
    }

    /// <summary>
    /// Runs one operation; 202 when its results come over the stream, the result itself when it never ran.
    /// </summary>
    public async Task ExecuteAsync(HttpContext http, string token, Caller caller)
    {
        var connection = Find(token);
        if (caller.Name != connection.Owner)
        {
            throw NotFound();
        }

        // The operation outlives this request, and so must the memory it was read from.
        OperationEnvelope envelope;
        using (var body = await RequestBody.ReadAsync(http, caller, options))
        {
            envelope = requests.ReadOne(body.Bytes.ToArray());
        }

        MultiplexedOperation operation;
        try
        {
            operation = Admit(connection, envelope);
        }
        catch
        {
            envelope.Dispose();
            throw;
        }

        var scope = scopes.CreateAsyncScope();
        var context = new RequestContext
        {
            Services = scope.ServiceProvider,
            User = caller.User,
            PermissionScope = caller.PermissionScope,
            MayReadSchema = caller.MayReadSchema,
            Aborted = operation.Stopped,
        };
        var outcome = await gateway.ExecuteAsync(envelope, caller, context, Carriage.Multiplexed);
        if (outcome is OperationResult { RequestError: not RequestErrorKind.None } refused)
        {
            connection.Operations.Release(operation);
            // Whatever the client accepts, it has to see by the status that nothing will come over the stream.
            responses.Write(http.Response, refused, SingleFormat.GraphQLResponse);
            await EndAsync(refused, operation, scope, envelope);
            return;
        }

        connection.Operations.Run(() => SendAsync(connection, operation, outcome, scope, envelope));
        http.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    public Task StopAsync(HttpContext http, string token, Caller caller)
    {
        var connection = Find(token);
        if (caller.Name != connection.Owner)
        {
            throw NotFound();
        }

        if (http.Request.Query["operationId"] is not [{ Length: > 0 } id])
        {
            throw new RefusedRequestException(
                RequestRefusal.Malformed(ErrorCodes.InvalidRequest, "The operationId is missing."));
        }

        connection.Operations.Stop(id);
        return Task.CompletedTask;
    }

    private async Task SendAsync(
        EventStreamConnection connection,
        MultiplexedOperation operation,
        ExecutionResult outcome,
        AsyncServiceScope scope,
        OperationEnvelope envelope)
    {
        try
        {
            await connection.Operations.SendAsync(operation, outcome);
        }
        catch (OperationCanceledException) when (operation.Stopped.IsCancellationRequested)
        {
            // Deleted by the client, or the stream is gone.
        }
        catch (Exception exception)
        {
            LogFailure(logger, exception);
            connection.Operations.Finish(operation, FrameKind.Error, ErrorBody.Result(
                RequestErrorKind.Internal, ErrorCodes.UnexpectedError, "Unexpected Execution Error"));
        }
        finally
        {
            await EndAsync(null, operation, scope, envelope);
        }
    }

    private static async Task EndAsync(
        OperationResult? result, MultiplexedOperation operation, AsyncServiceScope scope, OperationEnvelope envelope)
    {
        if (result is not null)
        {
            await result.DisposeAsync();
        }

        await scope.DisposeAsync();
        envelope.Dispose();
        operation.Dispose();
    }

    private MultiplexedOperation Admit(EventStreamConnection connection, OperationEnvelope envelope)
    {
        if (IdOf(envelope.Extensions) is not { } id)
        {
            throw new RefusedRequestException(
                RequestRefusal.Malformed(ErrorCodes.InvalidRequest, "extensions.operationId is missing."));
        }

        return connection.Operations.TryAdmit(id, out var operation) switch
        {
            Admission.Admitted => operation,
            Admission.DuplicateId => throw new RefusedRequestException(new RequestRefusal(
                StatusCodes.Status409Conflict, ErrorCodes.InvalidRequest, "An operation with this id exists already.")),
            Admission.TooMany => throw new RefusedRequestException(new RequestRefusal(
                StatusCodes.Status429TooManyRequests,
                ErrorCodes.TooManySubscriptions,
                $"A stream carries at most {options.Sockets.MaxOperations} operations at a time.")),
        };
    }

    private static string? IdOf(JsonElement extensions) =>
        extensions.ValueKind is JsonValueKind.Object
        && extensions.TryGetProperty("operationId"u8, out var id)
        && id.ValueKind is JsonValueKind.String
        && id.GetString() is { Length: > 0 and <= 256 } text
            ? text
            : null;

    private EventStreamConnection Find(string token) => reservations.Find(token) ?? throw NotFound();

    private static RefusedRequestException NotFound() => new(new RequestRefusal(
        StatusCodes.Status404NotFound, ErrorCodes.InvalidRequest, "There is no such stream."));

    private static RefusedRequestException TooMany() => new(new RequestRefusal(
        StatusCodes.Status429TooManyRequests, ErrorCodes.TooManyStreams, "Too many streams are open."));

    [LoggerMessage(Level = LogLevel.Error, Message = "An operation of a GraphQL event stream failed")]
    private static partial void LogFailure(ILogger logger, Exception exception);
}
