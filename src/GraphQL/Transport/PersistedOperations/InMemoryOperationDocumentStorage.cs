namespace Platform.GraphQL.Transport.PersistedOperations;

/// <summary>Keeps a bounded number of documents and forgets the one that was not asked for the longest.</summary>
public sealed class InMemoryOperationDocumentStorage(int maxDocuments, long maxBytes) : IOperationDocumentStorage
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byId = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();
    private long _bytes;

    private readonly record struct Entry(string Id, ReadOnlyMemory<byte> Document);

    public ValueTask<ReadOnlyMemory<byte>?> TryReadAsync(string documentId, CancellationToken ct)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(documentId, out var node))
            {
                return ValueTask.FromResult<ReadOnlyMemory<byte>?>(null);
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return ValueTask.FromResult<ReadOnlyMemory<byte>?>(node.Value.Document);
        }
    }

    public ValueTask SaveAsync(string documentId, ReadOnlyMemory<byte> document, CancellationToken ct)
    {
        if (document.Length > maxBytes)
        {
            return ValueTask.CompletedTask;
        }

        lock (_gate)
        {
            if (_byId.ContainsKey(documentId))
            {
                return ValueTask.CompletedTask;
            }

            _byId.Add(documentId, _byUse.AddFirst(new Entry(documentId, document.ToArray())));
            _bytes += document.Length;
            while (_byUse.Count > maxDocuments || _bytes > maxBytes)
            {
                var oldest = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _byId.Remove(oldest.Id);
                _bytes -= oldest.Document.Length;
            }
        }

        return ValueTask.CompletedTask;
    }
}
