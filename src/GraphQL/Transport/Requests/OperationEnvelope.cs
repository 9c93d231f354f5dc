using System.Buffers;
using System.Text.Json;
using Platform.GraphQL.Execution;

namespace Platform.GraphQL.Transport.Requests;

/// <summary>
/// One operation as a client wrote it down, before stored documents are looked up. The memory belongs to the body it
/// was read from, or to this object; dispose it after the response.
/// </summary>
internal sealed class OperationEnvelope : IDisposable
{
    private byte[]? _rented;
    private JsonDocument? _variables;
    private JsonDocument? _extensions;

    /// <summary>Null without <c>query</c>.</summary>
    public ReadOnlyMemory<byte>? Document { get; private set; }

    /// <summary>
    /// From <c>id</c> (HotChocolate), <c>documentId</c> (the appendix of the specification) or <c>doc_id</c> (Relay).
    /// </summary>
    public string? DocumentId { get; set; }

    public string? OperationName { get; set; }

    public JsonElement Variables { get; private set; }

    public JsonElement Extensions { get; private set; }

    public ErrorHandling? OnError { get; set; }

    public void SetDocument(ReadOnlyMemory<byte> text) => Document = text;

    /// <summary>Takes a pooled buffer over.</summary>
    public void SetDocument(byte[] rented, int length)
    {
        _rented = rented;
        Document = rented.AsMemory(0, length);
    }

    public void SetVariables(JsonDocument variables)
    {
        _variables = variables;
        Variables = variables.RootElement;
    }

    /// <summary>
    /// Replaces the variables by others that belong to someone else: uploads in place, one of a batch.
    /// </summary>
    public void UseVariables(JsonElement variables) => Variables = variables;

    public void SetExtensions(JsonDocument extensions)
    {
        _extensions = extensions;
        Extensions = extensions.RootElement;
    }

    public void Dispose()
    {
        _variables?.Dispose();
        _extensions?.Dispose();
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
        }
    }
}
