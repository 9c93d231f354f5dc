namespace Platform.GraphQL.Transport.PersistedOperations;

/// <summary>
/// One file <c>{id}.graphql</c> per document in one folder, which a build of the clients fills. What was read stays in
/// memory, because an id never changes its meaning.
/// </summary>
public sealed class FileSystemOperationDocumentStorage(string directory, int maxDocuments) : IOperationDocumentStorage
{
    private const int LongestId = 128;
    private const long MaxDocumentBytes = 64 * 1024;

    private readonly InMemoryOperationDocumentStorage _read = new(maxDocuments, maxDocuments * MaxDocumentBytes);

    public async ValueTask<ReadOnlyMemory<byte>?> TryReadAsync(string documentId, CancellationToken ct)
    {
        if (!IsFileName(documentId))
        {
            return null;
        }

        if (await _read.TryReadAsync(documentId, ct) is { } known)
        {
            return known;
        }

        var file = new FileInfo(PathOf(documentId));
        if (!file.Exists || file.Length > MaxDocumentBytes)
        {
            return null;
        }

        var document = await File.ReadAllBytesAsync(file.FullName, ct);
        await _read.SaveAsync(documentId, document, ct);
        return document;
    }

    public async ValueTask SaveAsync(string documentId, ReadOnlyMemory<byte> document, CancellationToken ct)
    {
        if (!IsFileName(documentId) || document.Length > MaxDocumentBytes || File.Exists(PathOf(documentId)))
        {
            return;
        }

        Directory.CreateDirectory(directory);
        if (Directory.EnumerateFiles(directory, "*.graphql").Take(maxDocuments).Count() == maxDocuments)
        {
            // Full: the client keeps sending its text, which costs bytes and breaks nothing.
            return;
        }

        // Readers see the whole file or none.
        var draft = Path.Combine(directory, Path.GetRandomFileName());
        await File.WriteAllBytesAsync(draft, document, ct);
        File.Move(draft, PathOf(documentId), overwrite: true);
    }

    private string PathOf(string documentId) => Path.Combine(directory, documentId + ".graphql");

    /// <summary>Hashes in hex or base64url, and names made of the same letters; never a path.</summary>
    private static bool IsFileName(string id) =>
        id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
