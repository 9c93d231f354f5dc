using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Requests;
using Platform.GraphQL.Transport.Responses;

namespace Platform.GraphQL.Transport.PersistedOperations;

/// <summary>Finds the text of a request: its own, a stored one, or one that is to be stored after it ran.</summary>
internal sealed class DocumentLookup(PersistedOperationOptions options, IOperationDocumentStorage storage)
{
    /// <summary>What came of the search: a document, or a result that tells why there is none.</summary>
    internal readonly record struct Found(
        ReadOnlyMemory<byte> Document, string? Id, Registration? Registration, OperationResult? Refusal);

    /// <summary>A client's wish to name this document by its hash from now on.</summary>
    internal sealed record Registration(string Hash, string ExpectedHash, bool Base64)
    {
        public bool Matches => Hash == ExpectedHash;
    }

    public ValueTask<Found> FindAsync(OperationEnvelope request, Caller caller, CancellationToken ct)
    {
        if (request.Document is not { } text)
        {
            return FindStoredAsync(request, caller, ct);
        }

        if (options.Mode is PersistedOperationMode.Required)
        {
            return ValueTask.FromResult(Refused(ErrorCodes.PersistedOnly, "Only stored operations are answered here."));
        }

        var registration = request.Extensions.ValueKind is JsonValueKind.Object && MayRegister(caller)
            && HashOf(request.Extensions) is { } hash
                ? Compare(hash, text.Span)
                : null;
        return ValueTask.FromResult(new Found(text, null, registration, null));
    }

    /// <summary>Keeps the document, once an executor has found it worth running, and tells the client so.</summary>
    public async ValueTask<OperationResult> RegisterAsync(
        Registration registration, ReadOnlyMemory<byte> document, OperationResult result, CancellationToken ct)
    {
        if (result.RequestError is not RequestErrorKind.None)
        {
            return result;
        }

        if (registration.Matches)
        {
            await storage.SaveAsync(registration.Hash, document, ct);
        }

        var body = ResponseParts.WithExtension(result.Body, "persistedQuery"u8, Receipt(registration));
        var receipt = new OperationResult(body)
        {
            HasData = result.HasData,
            HasErrors = result.HasErrors,
            HasValue = result.HasValue,
        };
        await result.DisposeAsync();
        return receipt;
    }

    private async ValueTask<Found> FindStoredAsync(OperationEnvelope request, Caller caller, CancellationToken ct)
    {
        var hash = HashOf(request.Extensions);
        if ((request.DocumentId ?? hash) is not { Length: > 0 } id)
        {
            return new Found(default, null, null, ErrorBody.Result(
                RequestErrorKind.Malformed, RequestRefusal.NoDocument.Code, RequestRefusal.NoDocument.Message));
        }

        if (await storage.TryReadAsync(id, ct) is { } document)
        {
            return new Found(document, id, null, null);
        }

        // Apollo's clients give automatic persistence up on this answer, and send their documents as text again.
        return hash is not null && options.Mode is PersistedOperationMode.Allowed && !MayRegister(caller)
            ? Refused(ErrorCodes.PersistedNotSupported, "PersistedQueryNotSupported")
            : Refused(ErrorCodes.PersistedDocumentNotFound, "PersistedQueryNotFound");
    }

    private bool MayRegister(Caller caller) => options.Automatic switch
    {
        AutomaticRegistration.Off => false,
        AutomaticRegistration.Authenticated => caller.IsAuthenticated,
        AutomaticRegistration.Anyone => true,
    };

    private static Found Refused(string code, string message) =>
        new(default, null, null, ErrorBody.Result(RequestErrorKind.PersistedDocument, code, message));

    /// <summary><c>extensions.persistedQuery.sha256Hash</c>, Apollo's way to name a document.</summary>
    private static string? HashOf(JsonElement extensions) =>
        extensions.ValueKind is JsonValueKind.Object
        && extensions.TryGetProperty("persistedQuery"u8, out var persisted)
        && persisted.ValueKind is JsonValueKind.Object
        && persisted.TryGetProperty("sha256Hash"u8, out var hash)
        && hash.ValueKind is JsonValueKind.String
            ? hash.GetString()
            : null;

    /// <summary>Apollo writes the hash in hex, HotChocolate in base64 for URLs; the length tells which.</summary>
    private static Registration Compare(string hash, ReadOnlySpan<byte> document)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(document, digest);
        var base64 = hash.Length == Base64Url.GetEncodedLength(SHA256.HashSizeInBytes);
        return new Registration(
            base64 ? hash : hash.ToLowerInvariant(),
            base64 ? Base64Url.EncodeToString(digest) : Convert.ToHexStringLower(digest),
            base64);
    }

    private static byte[] Receipt(Registration registration)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString(
                "sha256Hash"u8, registration.Hash.Length <= 128 ? registration.Hash : registration.Hash[..128]);
            if (!registration.Matches)
            {
                json.WriteString("expectedHashValue"u8, registration.ExpectedHash);
                json.WriteString("expectedHashType"u8, "sha256Hash"u8);
                json.WriteString("expectedHashFormat"u8, registration.Base64 ? "Base64" : "Hex");
            }

            json.WriteBoolean("persisted"u8, registration.Matches);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
