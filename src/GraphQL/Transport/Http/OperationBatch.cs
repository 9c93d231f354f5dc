using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Requests;

namespace Platform.GraphQL.Transport.Http;

/// <summary>One element of a batch: a request, an operation of it, or one set of variables.</summary>
internal readonly record struct BatchItem(OperationEnvelope Request, string? OperationName, int? VariableIndex)
{
    public JsonElement Variables => VariableIndex is { } index ? Request.Variables[index] : Request.Variables;
}

/// <summary>
/// Unfolds what a client sent into the operations it stands for, and refuses what is off or too much.
/// </summary>
internal static class OperationBatch
{
    public static void DemandAllowed(BatchingOptions options, BatchingKinds kind)
    {
        if (!options.Allowed.HasFlag(kind))
        {
            throw new RefusedRequestException(
                RequestRefusal.Malformed(ErrorCodes.BatchNotAllowed, "Batches are not accepted on this endpoint."));
        }
    }

    public static void DemandSize(BatchingOptions options, int size)
    {
        if (size > options.MaxSize)
        {
            throw new RefusedRequestException(
                RequestRefusal.Malformed(
                    ErrorCodes.BatchTooLarge, $"A batch has at most {options.MaxSize} operations."));
        }

        if (size == 0)
        {
            throw new RefusedRequestException(
                RequestRefusal.Malformed(ErrorCodes.InvalidRequest, "The batch is empty."));
        }
    }

    /// <summary><c>?batchOperations=[A,B]</c> names operations of the one document in the body.</summary>
    public static string[] OperationNames(string parameter)
    {
        var text = parameter.AsSpan().Trim();
        if (text.Length < 2 || text[0] != '[' || text[^1] != ']')
        {
            throw new RefusedRequestException(
                RequestRefusal.Malformed(ErrorCodes.InvalidRequest, "batchOperations must look like [A,B]."));
        }

        return text[1..^1].ToString().Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The request itself, or one item per set of variables.</summary>
    public static IEnumerable<BatchItem> Unfold(OperationEnvelope request, string? operationName) =>
        request.Variables.ValueKind is JsonValueKind.Array
            ? Enumerable.Range(0, request.Variables.GetArrayLength())
                .Select(i => new BatchItem(request, operationName, i))
            : [new BatchItem(request, operationName, null)];

    /// <summary>
    /// The result with the place of its question, as clients expect it: results may come in any order.
    /// </summary>
    public static byte[] WithIndexes(OperationResult result, int? requestIndex, int? variableIndex)
    {
        var prefix = new StringBuilder("{");
        if (requestIndex is { } request)
        {
            prefix.Append(CultureInfo.InvariantCulture, $"\"requestIndex\":{request},");
        }

        if (variableIndex is { } variable)
        {
            prefix.Append(CultureInfo.InvariantCulture, $"\"variableIndex\":{variable},");
        }

        var head = Encoding.ASCII.GetBytes(prefix.ToString());
        var body = result.Body.Slice(1);
        var all = new byte[head.Length + body.Length];
        head.CopyTo(all, 0);
        body.CopyTo(all.AsSpan(head.Length));
        return all;
    }
}
