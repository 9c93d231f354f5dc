using System.Buffers;
using Microsoft.AspNetCore.Http;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Negotiation;
using Platform.GraphQL.Transport.Responses;

namespace Platform.GraphQL.Transport.Http;

/// <summary>Runs a batch in its order and answers with one JSON array, or with a stream of results.</summary>
internal sealed class BatchResponse(OperationGateway gateway)
{
    public async Task WriteAsync(
        HttpContext http, IReadOnlyList<IReadOnlyList<BatchItem>> batch, Caller caller, AcceptedFormats formats)
    {
        var stream = formats.Single is SingleFormat.None ? StreamFrame.Of(formats.Stream) : null;
        var output = http.Response.BodyWriter;
        http.Response.ContentType = stream?.ContentType(formats.StreamParameter)
            ?? (formats.Single is SingleFormat.Json ? MediaTypes.JsonUtf8 : MediaTypes.GraphQLResponseUtf8);
        stream?.WriteStart(output);
        var written = 0;
        var context = RequestScope.Context(http, caller);
        for (var request = 0; request < batch.Count; request++)
        {
            foreach (var item in batch[request])
            {
                await using var result = await ExecuteAsync(item, caller, context);
                var indexed = new OperationResult(
                    OperationBatch.WithIndexes(result, batch.Count > 1 ? request : null, item.VariableIndex));
                if (stream is null)
                {
                    output.Write(written == 0 ? "["u8 : ","u8);
                    indexed.WriteTo(output);
                }
                else
                {
                    stream.WriteResult(output, indexed);
                }

                written++;
                await output.FlushAsync(http.RequestAborted);
            }
        }

        if (stream is null)
        {
            output.Write("]"u8);
        }
        else
        {
            stream.WriteEnd(output);
        }
    }

    private async ValueTask<OperationResult> ExecuteAsync(BatchItem item, Caller caller, RequestContext context)
    {
        var outcome = await gateway.ExecuteAsync(
            item.Request,
            caller,
            context,
            new Carriage(
                OperationKinds.Query | OperationKinds.Mutation, IncrementalFormat.None, CostReporting.None, null)
            {
                OperationName = item.OperationName,
                Variables = item.VariableIndex is null ? null : item.Variables,
            });
        if (outcome is OperationResult result)
        {
            return result;
        }

        await outcome.DisposeAsync();
        return ErrorBody.Result(
            RequestErrorKind.OperationNotAllowed, ErrorCodes.OperationNotAllowed, "A batch carries no streams.");
    }
}
