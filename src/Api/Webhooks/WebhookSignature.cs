using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Api.Webhooks;

/// <summary>Signatures as the Standard Webhooks specification has them: HMAC-SHA256 over id, time and body.</summary>
internal static class WebhookSignature
{
    private const string Prefix = "whsec_";

    /// <summary>How the secret is given to the one who sets up the receiver.</summary>
    public static string Show(byte[] secret) => Prefix + Convert.ToBase64String(secret);

    /// <summary>One signature for each secret that holds, the newest first.</summary>
    public static string Of(IEnumerable<byte[]> secrets, string messageId, DateTimeOffset at, string body)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{messageId}.{at.ToUnixTimeSeconds()}.{body}"));
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed))));
    }
}
