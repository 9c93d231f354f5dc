using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Multiplexing;
using Platform.GraphQL.Transport.Requests;
using Platform.GraphQL.Transport.Responses;

namespace Platform.GraphQL.Transport.WebSockets;

internal sealed partial class SocketSession
{
    private async ValueTask SubscribeAsync(string id, ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        if (_caller is not { } caller)
        {
            _writer.Close(CloseReason.Unauthorized);
            return;
        }

        switch (_operations.TryAdmit(id, out var operation))
        {
            case Admission.DuplicateId:
                _writer.Close(CloseReason.DuplicateId(id));
                return;
            case Admission.TooMany:
                await _operations.SendControlAsync(
                    ServerMessages.Error(id, ErrorCodes.TooManySubscriptions,
                        $"A socket carries at most {Sockets.MaxOperations} operations at a time."),
                    ct);
                return;
            case Admission.Admitted:
                break;
        }

        // A copy of the right size: an operation may live for days, and the buffer it came in is larger.
        if (Read(operation, payload.ToArray()) is { } envelope)
        {
            _operations.Run(() => RunAsync(operation, envelope, caller.Now));
        }
    }

    /// <summary>Null when the payload is refused; the operation, or the socket, has then been ended.</summary>
    private OperationEnvelope? Read(MultiplexedOperation operation, ReadOnlyMemory<byte> payload)
    {
        try
        {
            return _services.Requests.ReadOne(payload);
        }
        catch (RefusedRequestException refused) when (refused.Refusal.Code == ErrorCodes.InvalidRequest)
        {
            // Not the shape the protocol prescribes.
            _writer.Close(CloseReason.BadMessage(refused.Refusal.Message));
        }
        catch (RefusedRequestException refused)
        {
            var result = ErrorBody.Result(RequestErrorKind.Malformed, refused.Refusal.Code, refused.Refusal.Message);
            _operations.Finish(operation, FrameKind.Error, result);
        }

        operation.Dispose();
        return null;
    }

    private async Task RunAsync(MultiplexedOperation operation, OperationEnvelope envelope, Caller caller)
    {
        using var owned = envelope;
        using var work = operation;
        try
        {
            await using var scope = _services.Scopes.CreateAsyncScope();
            var context = new RequestContext
            {
                Services = scope.ServiceProvider,
                User = caller.User,
                PermissionScope = caller.PermissionScope,
                MayReadSchema = caller.MayReadSchema,
                Aborted = operation.Stopped,
            };
            var outcome = await _services.Gateway.ExecuteAsync(envelope, caller, context, Carriage.Multiplexed);
            await _operations.SendAsync(operation, outcome);
        }
        catch (OperationCanceledException) when (operation.Stopped.IsCancellationRequested)
        {
            // Completed by the client, or the socket is gone.
        }
        catch (Exception exception)
        {
            LogFailure(_services.Logger, exception);
            _writer.Close(CloseReason.InternalError);
        }
    }
}
