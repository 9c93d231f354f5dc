using System.Security.Cryptography;

namespace Platform.Domain.Kernel.Audit;

/// <summary>The key that signs seals (ECDSA P-256). It lives outside the database, so that whoever rewrites the log cannot sign it.</summary>
public sealed class AuditKey : IDisposable
{
    private readonly ECDsa _key;

    private AuditKey(ECDsa key)
    {
        _key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
    }

    /// <summary>Names the key in a seal without telling it.</summary>
    public string Id { get; }

    /// <summary>A PEM text with a private key (to sign) or a public one (to verify).</summary>
    public static AuditKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new AuditKey(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    public void Dispose() => _key.Dispose();

    internal byte[] Sign(byte[] digest) => _key.SignHash(digest);

    internal bool Verifies(byte[] digest, byte[] signature) => _key.VerifyHash(digest, signature);
}
