using System.Security.Cryptography;
using System.Text.Json;

namespace Platform.Api.Access;

/// <summary>
/// One key of the identity provider. The algorithm belongs to the key: a token that names another is refused, and keys that
/// could be secrets are not even read.
/// </summary>
internal sealed class ProviderKey
{
    private const int ShortestModulus = 2048;

    private const int Es256SignatureBytes = 64;

    private readonly Func<byte[], byte[], bool> _verify;

    private ProviderKey(string id, string algorithm, Func<byte[], byte[], bool> verify)
    {
        Id = id;
        Algorithm = algorithm;
        _verify = verify;
    }

    public string Id { get; }

    public string Algorithm { get; }

    public bool Verifies(JwtParts token) =>
        string.Equals(token.Algorithm, Algorithm, StringComparison.Ordinal) && VerifiesInTurn(token);

    /// <summary>Null for a key that is not for signatures, is too short, or is of a kind that is not trusted.</summary>
    public static ProviderKey? TryRead(JsonElement jwk)
    {
        if (jwk.ValueKind is not JsonValueKind.Object || JwtParts.TextOf(jwk, "use") is not "sig"
            || JwtParts.TextOf(jwk, "kid") is not { Length: > 0 } id)
        {
            return null;
        }

        try
        {
            return (JwtParts.TextOf(jwk, "kty"), JwtParts.TextOf(jwk, "alg")) switch
            {
                ("RSA", null or "RS256") => Rsa(jwk, id, "RS256", RSASignaturePadding.Pkcs1),
                ("RSA", "PS256") => Rsa(jwk, id, "PS256", RSASignaturePadding.Pss),
                ("EC", null or "ES256") when JwtParts.TextOf(jwk, "crv") is "P-256" => Ec(jwk, id),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            return null; // No point of the curve, no modulus.
        }
    }

    /// <summary>The framework's keys promise nothing to several threads at once, and a verification takes microseconds.</summary>
    private bool VerifiesInTurn(JwtParts token)
    {
        lock (_verify)
        {
            return _verify(token.Signed, token.Signature);
        }
    }

    private static ProviderKey? Rsa(JsonElement jwk, string id, string algorithm, RSASignaturePadding padding)
    {
        if (Part(jwk, "n") is not { } modulus || Part(jwk, "e") is not { } exponent)
        {
            return null;
        }

        var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });
        if (rsa.KeySize < ShortestModulus)
        {
            rsa.Dispose();
            return null;
        }

        return new ProviderKey(id, algorithm, (signed, signature) => rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, padding));
    }

    private static ProviderKey? Ec(JsonElement jwk, string id)
    {
        if (Part(jwk, "x") is not { Length: 32 } x || Part(jwk, "y") is not { Length: 32 } y)
        {
            return null;
        }

        var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } });
        return new ProviderKey(id, "ES256", (signed, signature) =>
            signature.Length == Es256SignatureBytes
            && ec.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    private static byte[]? Part(JsonElement jwk, string name) =>
        JwtParts.TextOf(jwk, name) is { } text ? JwtParts.Decode(text) : null;
}
