using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Api.Access;

/// <summary>
/// Credentials are random; their first letters tell people and scanners of secrets what they found. Only hashes are kept:
/// 256 random bits need no slow one.
/// </summary>
internal static class Tokens
{
    public const string Session = "pst_";

    public const string Refresh = "prt_";

    public const string ApiKey = "pak_";

    private const int SecretBytes = 32;

    private const int PrefixLength = 8;

    private const string PrefixLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Characters of a secret in base64url.</summary>
    private const int SecretLength = 43;

    public static string New(string kind) => kind + Secret();

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public static bool Is(string kind, string token) =>
        token.Length == kind.Length + SecretLength && token.StartsWith(kind, StringComparison.Ordinal);

    /// <summary>An API key, whole: shown once, to the one who asked for it.</summary>
    public static (string Key, string Prefix, byte[] SecretHash) NewApiKey()
    {
        var prefix = RandomNumberGenerator.GetString(PrefixLetters, PrefixLength);
        var secret = Secret();
        return ($"{ApiKey}{prefix}_{secret}", prefix, HashOf(secret));
    }

    /// <summary>The two parts of something that has the shape of an API key.</summary>
    public static bool TrySplitApiKey(string token, out string prefix, out string secret)
    {
        prefix = secret = string.Empty;
        var at = ApiKey.Length + PrefixLength;
        if (token.Length != at + 1 + SecretLength || !token.StartsWith(ApiKey, StringComparison.Ordinal) || token[at] != '_')
        {
            return false;
        }

        prefix = token[ApiKey.Length..at];
        secret = token[(at + 1)..];
        return true;
    }

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
}
