using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Platform.GraphQL.Transport.Requests;

/// <summary>Reads a GET request: the same properties as a body, as URL parameters; objects are JSON text.</summary>
internal sealed class QueryStringReader(JsonRequestReader json)
{
    public OperationEnvelope Read(IQueryCollection parameters)
    {
        var envelope = new OperationEnvelope();
        try
        {
            if (One(parameters, "query") is { } query)
            {
                envelope.SetDocument(Encoding.UTF8.GetBytes(query));
            }

            envelope.OperationName = One(parameters, "operationName") is { Length: > 0 } name ? name : null;
            envelope.DocumentId = One(parameters, "id") ?? One(parameters, "documentId") ?? One(parameters, "doc_id");
            if (ReadObject(parameters, "variables") is { } variables)
            {
                envelope.SetVariables(variables);
            }

            if (ReadObject(parameters, "extensions") is { } extensions)
            {
                envelope.SetExtensions(extensions);
            }

            return envelope;
        }
        catch
        {
            envelope.Dispose();
            throw;
        }
    }

    private static string? One(IQueryCollection parameters, string name)
    {
        StringValues values = parameters[name];
        return values.Count switch
        {
            0 => null,
            1 => values[0],
            _ => throw new RefusedRequestException(RequestRefusal.Duplicate(name)),
        };
    }

    private JsonDocument? ReadObject(IQueryCollection parameters, string name)
    {
        if (One(parameters, name) is not { Length: > 0 } text)
        {
            return null;
        }

        var value = json.ReadParameter(name, text);
        if (value.RootElement.ValueKind is JsonValueKind.Object)
        {
            return value;
        }

        var isNull = value.RootElement.ValueKind is JsonValueKind.Null;
        value.Dispose();
        return isNull ? null : throw new RefusedRequestException(RequestRefusal.WrongKind(name, "an object"));
    }
}
