using Platform.GraphQL.Response;

namespace Platform.GraphQL.TypeSystem;

internal sealed class UuidFormat() : TextScalar<Guid>(
    "UUID", "The `UUID` scalar type represents a universally unique identifier as defined by RFC 9562.", "uuid")
{
    protected override bool TryRead(string text, out Guid value) => Guid.TryParseExact(text, "D", out value);

    protected override void Write(JsonWriter writer, Guid value) => writer.WriteString(value);
}

internal sealed class UriFormat() : TextScalar<Uri>(
    "URI", "The `URI` scalar type represents a Uniform Resource Identifier as defined by RFC 3986.", "uri")
{
    protected override bool TryRead(string text, out Uri value)
    {
        var isUri = Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var read) && text.Length > 0;
        value = read!;
        return isUri;
    }

    protected override void Write(JsonWriter writer, Uri value) => writer.WriteString(value.OriginalString);
}

internal sealed class Base64StringFormat() : TextScalar<byte[]>(
    "Base64String", "The `Base64String` scalar type represents bytes as a Base64-encoded string.", "base64-string")
{
    protected override bool TryRead(string text, out byte[] value)
    {
        value = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, value, out var length))
        {
            return false;
        }

        value = value[..length];
        return true;
    }

    protected override void Write(JsonWriter writer, byte[] value) => writer.WriteString(Convert.ToBase64String(value));
}

/// <summary>
/// A file of a multipart request. The transport puts the file aside and leaves its key in the variable's place; the
/// value is that key.
/// </summary>
internal sealed class UploadFormat() : TextScalar<UploadKey>(
    "Upload", "The `Upload` scalar type represents a file upload.", "upload")
{
    protected override bool TryRead(string text, out UploadKey value)
    {
        value = new UploadKey(text);
        return UploadKey.IsKey(text);
    }

    protected override void Write(JsonWriter writer, UploadKey value) => writer.WriteString(value.Text);
}

/// <summary>Names a file that came with the request. Only a transport makes one: clients cannot guess it.</summary>
public sealed record UploadKey(string Text)
{
    private const string Mark = "upload:";

    /// <summary>A key of this process for one file.</summary>
    public static UploadKey For(Guid file) => new(Mark + file.ToString("N"));

    internal static bool IsKey(string text) =>
        text.StartsWith(Mark, StringComparison.Ordinal) && Guid.TryParseExact(text[Mark.Length..], "N", out _);
}
