using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Platform.Api.Access;

/// <summary>
/// A token taken apart, strictly (RFC 8725): three parts of canonical base64url, a header with the few members that are
/// understood, and nothing that lets a token choose how it is judged.
/// </summary>
internal sealed record JwtParts(string KeyId, string Algorithm, byte[] Signed, byte[] Signature, JsonElement Payload)
{
    private const int Longest = 16 * 1024;

    private const string AccessToken = "at+jwt";

    /// <summary>Whatever else a header may carry (jwk, jku, x5u, crit, zip, b64 …) would steer the verification.</summary>
    private static readonly string[] Understood = ["alg", "kid", "typ", "x5t", "x5t#S256"];

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public static JwtParts? TryRead(string token)
    {
        if (token.Length > Longest)
        {
            return null;
        }

        var parts = token.Split('.');
        if (parts.Length != 3 || Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } payload || Decode(parts[2]) is not { Length: > 0 } signature)
        {
            return null;
        }

        return TryReadObject(header) is { } head
            && TryReadObject(payload) is { } claims
            && head.EnumerateObject().All(member => Understood.Contains(member.Name, StringComparer.Ordinal))
            && TextOf(head, "typ") is AccessToken
            && TextOf(head, "alg") is { Length: > 0 } algorithm
            && TextOf(head, "kid") is { Length: > 0 and <= 200 } keyId
                ? new JwtParts(keyId, algorithm, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature, claims)
                : null;
    }

    public static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    internal static JsonElement? TryReadObject(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind is JsonValueKind.Object && HasWholeTexts(document.RootElement) ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Exactly what an encoder writes: no padding, no white space, no other alphabet, no stray bits.</summary>
    internal static byte[]? Decode(string part)
    {
        if (part.AsSpan().ContainsAnyExcept(Alphabet))
        {
            return null;
        }

        try
        {
            var bytes = Base64Url.DecodeFromChars(part);
            return Base64Url.EncodeToString(bytes) == part ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Texts that are no texts (broken UTF-8, half surrogates) throw when they are read, not when they are parsed.</summary>
    private static bool HasWholeTexts(JsonElement element)
    {
        try
        {
            return element.EnumerateObject().All(member =>
                member.Name.Length > 0 && (member.Value.ValueKind is not JsonValueKind.String || member.Value.GetString() is not null));
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

/// <summary>Who a token of an identity provider speaks of.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">Who it is there.</param>
/// <param name="IssuedAt">When it was given out; the beginning of time when it does not say.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record ExternalToken(string Issuer, string Subject, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);

/// <summary>What a verified token must say.</summary>
internal static class JwtClaims
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    public static ExternalToken? Judge(JsonElement claims, string issuer, string audience, DateTimeOffset now)
    {
        if (JwtParts.TextOf(claims, "iss") != issuer || !IsFor(claims, audience)
            || JwtParts.TextOf(claims, "sub") is not { Length: > 0 and <= 255 } subject)
        {
            return null;
        }

        if (!claims.TryGetProperty("exp", out var exp) || TimeOf(exp) is not { } expires || expires + Skew <= now)
        {
            return null;
        }

        // Both may be absent; when they are there they have to make sense.
        foreach (var name in (string[])["nbf", "iat"])
        {
            if (claims.TryGetProperty(name, out var given) && (TimeOf(given) is not { } from || from - Skew > now))
            {
                return null;
            }
        }

        var issued = claims.TryGetProperty("iat", out var iat) ? TimeOf(iat)!.Value : DateTimeOffset.UnixEpoch;
        return new ExternalToken(issuer, subject, issued, expires + Skew);
    }

    /// <summary>With several audiences the token must have been asked for by one that we would name ourselves.</summary>
    private static bool IsFor(JsonElement claims, string audience)
    {
        if (!claims.TryGetProperty("aud", out var aud))
        {
            return false;
        }

        switch (aud.ValueKind)
        {
            case JsonValueKind.String:
                return aud.GetString() == audience;
            case JsonValueKind.Array:
                var all = aud.EnumerateArray().ToList();
                return all.TrueForAll(one => one.ValueKind is JsonValueKind.String)
                    && all.Exists(one => one.GetString() == audience)
                    && (all.Count == 1 || !claims.TryGetProperty("azp", out var azp) || (azp.ValueKind is JsonValueKind.String && azp.GetString() == audience));
            default:
                return false;
        }
    }

    private static DateTimeOffset? TimeOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var seconds)
        && seconds is >= 0 and <= 253_402_300_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
