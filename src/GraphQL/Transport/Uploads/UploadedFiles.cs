using Platform.GraphQL.Execution;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Transport.Uploads;

/// <summary>
/// The files of one request. An argument of the scalar <c>Upload</c> is a key made by the server; a resolver trades it
/// for the file. A key that a client invents leads nowhere.
/// </summary>
public sealed class UploadedFiles : IAsyncDisposable
{
    private readonly Dictionary<UploadKey, UploadedFile> _byKey = [];

    /// <summary>The file behind an argument of type <c>Upload</c>; null when this request did not bring it.</summary>
    public static UploadedFile? Find(RequestContext request, UploadKey key) =>
        request.Items.TryGetValue(typeof(UploadedFiles), out var files)
            ? ((UploadedFiles)files!)._byKey.GetValueOrDefault(key)
            : null;

    internal void Add(UploadKey key, UploadedFile file) => _byKey.Add(key, file);

    internal void AttachTo(RequestContext request) => request.Items[typeof(UploadedFiles)] = this;

    public ValueTask DisposeAsync()
    {
        foreach (var file in _byKey.Values)
        {
            file.Delete();
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>A file that waits on disk until its request has been answered.</summary>
public sealed class UploadedFile
{
    private readonly string _path;

    internal UploadedFile(string path, string name, string? contentType, long length)
    {
        _path = path;
        Name = name;
        ContentType = contentType;
        Length = length;
    }

    /// <summary>The client's word for it, without folders; never a name to store it under.</summary>
    public string Name { get; }

    /// <summary>The client's claim; nothing has been checked.</summary>
    public string? ContentType { get; }

    public long Length { get; }

    public Stream OpenReadStream() => new FileStream(
        _path,
        FileMode.Open,
        FileAccess.Read,
        FileShare.Read,
        bufferSize: 64 * 1024,
        FileOptions.Asynchronous | FileOptions.SequentialScan);

    internal void Delete() => File.Delete(_path);
}
