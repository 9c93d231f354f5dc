namespace Platform.GraphQL.Transport.PersistedOperations;

/// <summary>Documents by id. An id never changes its meaning: whoever changes the text takes another id.</summary>
public interface IOperationDocumentStorage
{
    /// <summary>The document's UTF-8 text, or null when the id is unknown.</summary>
    ValueTask<ReadOnlyMemory<byte>?> TryReadAsync(string documentId, CancellationToken ct);

    ValueTask SaveAsync(string documentId, ReadOnlyMemory<byte> document, CancellationToken ct);
}
