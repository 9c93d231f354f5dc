using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Api.Access;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Access;

/// <summary>R-48, RFC 8725: the vectors of forged, stale and crooked tokens. Every token not named here as good is refused.</summary>
public sealed class JwtTests
{
    private const string Issuer = "https://id.example/";

    private const string Audience = "platform";

    private static readonly RSA Rsa = RSA.Create(2048);

    private static readonly RSA RsaPss = RSA.Create(2048);

    private static readonly RSA Retired = RSA.Create(2048);

    private static readonly RSA Short = RSA.Create(1024);

    private static readonly RSA Attacker = RSA.Create(2048);

    private static readonly ECDsa Ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private readonly TestClock _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));

    private readonly Provider _provider = new();

    public static TheoryData<string> Good =>
        ["RS256", "PS256", "ES256", "aud array", "exp 59 s ago", "nbf 59 s ahead", "two audiences, azp ours"];

    public static TheoryData<string> Bad =>
    [
        "exp 61 s ago", "nbf 61 s ahead", "iat 61 s ahead", "exp missing", "exp a text", "exp 1e400", "exp negative", "exp a fraction", "nbf a text",
        "iss without slash", "iss missing", "aud other", "aud missing", "aud a number", "aud array of others", "aud array with a number",
        "two audiences, azp other", "sub missing", "sub empty", "sub a number",
        "none, empty signature", "nOnE", "none, old signature", "HS256 with PEM", "HS256 with DER", "HS256 with an empty key",
        "RS256 header on EC key", "ES256 header on RSA key", "PS256 on RS256 key", "RS256 on PS256 key", "RS512",
        "kid unknown", "kid missing", "kid path", "kid SQL", "kid a number", "kid retired", "key of 1024 bits", "key for encryption", "kid twice in the set",
        "symmetric key", "attacker's jwk", "jku", "x5u", "crit", "zip", "b64", "typ JWT", "typ missing", "cty",
        "two parts", "five parts", "payload swapped", "signature truncated", "signature empty", "signature of another key", "padding",
        "white space", "newline in the signature", "non-canonical last character", "standard alphabet", "ES256 zeros", "ES256 DER",
        "duplicate sub", "duplicate alg", "duplicate exp", "payload an array", "header an array", "payload 70 deep", "invalid UTF-8", "20 kB",
        "only dots", "empty", "not JSON", "null payload",
    ];

    [Theory, MemberData(nameof(Good))]
    public async Task A_good_token_says_who_it_is(string vector)
    {
        var found = await FindAsync(Vector(vector));

        found.ShouldNotBeNull();
        (found.Issuer, found.Subject).ShouldBe((Issuer, "person-1"));
    }

    [Theory, MemberData(nameof(Bad))]
    public async Task A_bad_token_says_nothing(string vector) => (await FindAsync(Vector(vector))).ShouldBeNull();

    [Fact]
    public async Task A_flood_of_unknown_keys_asks_the_provider_once_a_minute()
    {
        var identities = Identities();
        for (var at = 0; at < 100; at++)
        {
            await identities.FindAsync(Rs256(Header("RS256", $"unknown-{at}"), Claims()), CancellationToken.None);
        }

        _provider.Asked.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(61));
        await identities.FindAsync(Rs256(Header("RS256", "unknown"), Claims()), CancellationToken.None);
        _provider.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task Known_keys_outlive_the_provider_by_a_day()
    {
        var identities = Identities();
        (await identities.FindAsync(Rs256(Header("RS256", "rsa"), Claims()), CancellationToken.None)).ShouldNotBeNull();
        _provider.IsDown = true;

        _clock.Advance(TimeSpan.FromHours(23));
        (await identities.FindAsync(Rs256(Header("RS256", "rsa"), Claims(exp: Now + 600)), CancellationToken.None)).ShouldNotBeNull();
        _clock.Advance(TimeSpan.FromHours(2));
        (await identities.FindAsync(Rs256(Header("RS256", "rsa"), Claims(exp: Now + 600)), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_that_the_provider_withdraws_is_forgotten_within_an_hour()
    {
        var identities = Identities();
        (await identities.FindAsync(Rs256(Header("RS256", "rsa"), Claims()), CancellationToken.None)).ShouldNotBeNull();
        _provider.Keys = """{"keys":[]}""";

        _clock.Advance(TimeSpan.FromMinutes(61));
        (await identities.FindAsync(Rs256(Header("RS256", "rsa"), Claims(exp: Now + 600)), CancellationToken.None)).ShouldBeNull();
    }

    private long Now => _clock.GetUtcNow().ToUnixTimeSeconds();

    private string Vector(string name) => name switch
    {
        "RS256" => Rs256(Header("RS256", "rsa"), Claims()),
        "PS256" => Sign(Header("PS256", "pss"), Claims(), bytes => RsaPss.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
        "ES256" => Es256(Header("ES256", "ec")),
        "aud array" => Rs256(Header("RS256", "rsa"), Claims(aud: "[\"platform\"]")),
        "two audiences, azp ours" => Rs256(Header("RS256", "rsa"), Claims(aud: "[\"other\",\"platform\"]", more: ",\"azp\":\"platform\"")),
        "two audiences, azp other" => Rs256(Header("RS256", "rsa"), Claims(aud: "[\"other\",\"platform\"]", more: ",\"azp\":\"other\"")),
        "exp 59 s ago" => Rs256(Header("RS256", "rsa"), Claims(exp: Now - 59)),
        "exp 61 s ago" => Rs256(Header("RS256", "rsa"), Claims(exp: Now - 61)),
        "nbf 59 s ahead" => Rs256(Header("RS256", "rsa"), Claims(more: $",\"nbf\":{Now + 59}")),
        "nbf 61 s ahead" => Rs256(Header("RS256", "rsa"), Claims(more: $",\"nbf\":{Now + 61}")),
        "iat 61 s ahead" => Rs256(Header("RS256", "rsa"), Claims(more: $",\"iat\":{Now + 61}")),
        "nbf a text" => Rs256(Header("RS256", "rsa"), Claims(more: ",\"nbf\":\"0\"")),
        "exp missing" => Rs256(Header("RS256", "rsa"), $"{{\"iss\":\"{Issuer}\",\"aud\":\"{Audience}\",\"sub\":\"person-1\"}}"),
        "exp a text" => Rs256(Header("RS256", "rsa"), ClaimsWith(exp: "\"9999999999\"")),
        "exp 1e400" => Rs256(Header("RS256", "rsa"), ClaimsWith(exp: "1e400")),
        "exp negative" => Rs256(Header("RS256", "rsa"), ClaimsWith(exp: "-1")),
        "exp a fraction" => Rs256(Header("RS256", "rsa"), ClaimsWith(exp: $"{Now + 600}.5")),
        "iss without slash" => Rs256(Header("RS256", "rsa"), Claims().Replace(Issuer, Issuer.TrimEnd('/'), StringComparison.Ordinal)),
        "iss missing" => Rs256(Header("RS256", "rsa"), $"{{\"aud\":\"{Audience}\",\"sub\":\"person-1\",\"exp\":{Now + 600}}}"),
        "aud other" => Rs256(Header("RS256", "rsa"), Claims(aud: "\"other\"")),
        "aud a number" => Rs256(Header("RS256", "rsa"), Claims(aud: "1")),
        "aud array of others" => Rs256(Header("RS256", "rsa"), Claims(aud: "[\"a\",\"b\"]")),
        "aud array with a number" => Rs256(Header("RS256", "rsa"), Claims(aud: "[\"platform\",1]")),
        "aud missing" => Rs256(Header("RS256", "rsa"), $"{{\"iss\":\"{Issuer}\",\"sub\":\"person-1\",\"exp\":{Now + 600}}}"),
        "sub missing" => Rs256(Header("RS256", "rsa"), $"{{\"iss\":\"{Issuer}\",\"aud\":\"{Audience}\",\"exp\":{Now + 600}}}"),
        "sub empty" => Rs256(Header("RS256", "rsa"), Claims().Replace("person-1", string.Empty, StringComparison.Ordinal)),
        "sub a number" => Rs256(Header("RS256", "rsa"), Claims().Replace("\"person-1\"", "1", StringComparison.Ordinal)),
        "none, empty signature" => $"{B64(Header("none", "rsa"))}.{B64(Claims())}.",
        "nOnE" => $"{B64(Header("nOnE", "rsa"))}.{B64(Claims())}.AA",
        "none, old signature" => $"{B64(Header("none", "rsa"))}.{B64(Claims())}.{Rs256(Header("RS256", "rsa"), Claims()).Split('.')[2]}",
        "HS256 with PEM" => Hs256(Encoding.ASCII.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem())),
        "HS256 with DER" => Hs256(Rsa.ExportSubjectPublicKeyInfo()),
        "HS256 with an empty key" => Hs256([]),
        _ => KeyVector(name),
    };

    private string KeyVector(string name) => name switch
    {
        "RS256 header on EC key" => Es256(Header("RS256", "ec")),
        "ES256 header on RSA key" => Rs256(Header("ES256", "rsa"), Claims()),
        "PS256 on RS256 key" => Sign(Header("PS256", "rsa"), Claims(), bytes => Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
        "RS256 on PS256 key" => Sign(Header("RS256", "pss"), Claims(), bytes => RsaPss.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        "RS512" => Sign(Header("RS512", "rsa"), Claims(), bytes => Rsa.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
        "kid unknown" => Rs256(Header("RS256", "nobody"), Claims()),
        "kid missing" => Rs256("""{"alg":"RS256","typ":"at+jwt"}""", Claims()),
        "kid path" => Rs256(Header("RS256", "../../rsa"), Claims()),
        "kid SQL" => Rs256(Header("RS256", "' or '1'='1"), Claims()),
        "kid a number" => Rs256("""{"alg":"RS256","typ":"at+jwt","kid":1}""", Claims()),
        "kid retired" => Sign(Header("RS256", "retired"), Claims(), bytes => Retired.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        "key of 1024 bits" => Sign(Header("RS256", "short"), Claims(), bytes => Short.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        "key for encryption" => Rs256(Header("RS256", "enc"), Claims()),
        "kid twice in the set" => Rs256(Header("RS256", "twice"), Claims()),
        "symmetric key" => Sign(Header("HS256", "oct"), Claims(), bytes => HMACSHA256.HashData("secret"u8, bytes)),
        "attacker's jwk" => Forged($$"""{"alg":"RS256","typ":"at+jwt","kid":"rsa","jwk":{{Jwk("x", Attacker, "RS256")}}}"""),
        "jku" => Forged("""{"alg":"RS256","typ":"at+jwt","kid":"rsa","jku":"https://evil.example/keys"}"""),
        "x5u" => Forged("""{"alg":"RS256","typ":"at+jwt","kid":"rsa","x5u":"https://evil.example/cert"}"""),
        "crit" => Rs256("""{"alg":"RS256","typ":"at+jwt","kid":"rsa","crit":["exp"]}""", Claims()),
        "zip" => Rs256("""{"alg":"RS256","typ":"at+jwt","kid":"rsa","zip":"DEF"}""", Claims()),
        "b64" => Rs256("""{"alg":"RS256","typ":"at+jwt","kid":"rsa","b64":false}""", Claims()),
        "cty" => Rs256("""{"alg":"RS256","typ":"at+jwt","kid":"rsa","cty":"JWT"}""", Claims()),
        "typ JWT" => Rs256("""{"alg":"RS256","typ":"JWT","kid":"rsa"}""", Claims()),
        "typ missing" => Rs256("""{"alg":"RS256","kid":"rsa"}""", Claims()),
        "signature of another key" => Forged(Header("RS256", "rsa")),
        _ => ShapeVector(name, Rs256(Header("RS256", "rsa"), Claims())),
    };

    private string ShapeVector(string name, string good)
    {
        var parts = good.Split('.');
        return name switch
        {
            "two parts" => $"{parts[0]}.{parts[1]}",
            "five parts" => $"{good}.AA.AA",
            "payload swapped" => $"{parts[0]}.{B64(Claims(exp: Now + 999_999))}.{parts[2]}",
            "signature truncated" => good[..^8],
            "signature empty" => $"{parts[0]}.{parts[1]}.",
            "padding" => good + "==",
            "white space" => $"{parts[0]} .{parts[1]}.{parts[2]}",
            "newline in the signature" => good[..^4] + "\n" + good[^4..],
            "non-canonical last character" => good[..^1] + (char)(good[^1] + 1),
            "standard alphabet" => $"{parts[0]}.{parts[1]}.{parts[2][..^2]}+/",
            "ES256 zeros" => $"{B64(Header("ES256", "ec"))}.{B64(Claims())}.{Base64Url.EncodeToString(new byte[64])}",
            "ES256 DER" => Sign(Header("ES256", "ec"), Claims(), bytes => Ec.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            "duplicate sub" => Rs256(Header("RS256", "rsa"), Claims(more: ",\"sub\":\"admin\"")),
            "duplicate exp" => Rs256(Header("RS256", "rsa"), Claims(exp: Now - 999, more: $",\"exp\":{Now + 600}")),
            "duplicate alg" => Rs256("""{"alg":"none","alg":"RS256","typ":"at+jwt","kid":"rsa"}""", Claims()),
            "payload an array" => Rs256(Header("RS256", "rsa"), $"[{Claims()}]"),
            "header an array" => Rs256($"[{Header("RS256", "rsa")}]", Claims()),
            "payload 70 deep" => Rs256(Header("RS256", "rsa"), Claims(more: $",\"x\":{new string('[', 70)}{new string(']', 70)}")),
            "invalid UTF-8" => SignBytes(Header("RS256", "rsa"), [.. Encoding.UTF8.GetBytes(Claims()[..^1] + ",\"x\":\""), 0xff, .. "\"}"u8]),
            "20 kB" => Rs256(Header("RS256", "rsa"), Claims(more: $",\"x\":\"{new string('a', 20_000)}\"")),
            "only dots" => "..",
            "empty" => string.Empty,
            "not JSON" => Rs256(Header("RS256", "rsa"), "hello"),
            "null payload" => Rs256(Header("RS256", "rsa"), "null"),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    private string Claims(long? exp = null, string aud = "\"platform\"", string more = "") =>
        $"{{\"iss\":\"{Issuer}\",\"aud\":{aud},\"sub\":\"person-1\",\"exp\":{exp ?? Now + 600}{more}}}";

    private static string ClaimsWith(string exp) => $"{{\"iss\":\"{Issuer}\",\"aud\":\"{Audience}\",\"sub\":\"person-1\",\"exp\":{exp}}}";

    private static string Header(string algorithm, string keyId) => $$"""{"alg":"{{algorithm}}","typ":"at+jwt","kid":"{{keyId}}"}""";

    private static string Rs256(string header, string claims) =>
        Sign(header, claims, bytes => Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private string Forged(string header) => Sign(header, Claims(), bytes => Attacker.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private string Es256(string header) => Sign(header, Claims(), bytes => Ec.SignData(bytes, HashAlgorithmName.SHA256));

    private string Hs256(byte[] key) => Sign(Header("HS256", "rsa"), Claims(), bytes => HMACSHA256.HashData(key, bytes));

    private static string Sign(string header, string claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{B64(header)}.{B64(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string SignBytes(string header, byte[] claims)
    {
        var signed = $"{B64(header)}.{Base64Url.EncodeToString(claims)}";
        var signature = Rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string B64(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private ValueTask<ExternalToken?> FindAsync(string token) => Identities().FindAsync(token, CancellationToken.None);

    private JwtIdentities Identities()
    {
        var settings = new IdentityProviderSettings { Issuer = Issuer, Audience = Audience, KeysAddress = "https://id.example/keys" };
        var keys = new ProviderKeys(settings, new HttpMessageInvoker(_provider), _clock, NullLogger<ProviderKeys>.Instance);
        return new JwtIdentities(settings, keys, _clock);
    }

    private static string Jwk(string id, RSA key, string algorithm, string use = "sig")
    {
        var parts = key.ExportParameters(includePrivateParameters: false);
        return JsonSerializer.Serialize(new
        {
            kty = "RSA", kid = id, use, alg = algorithm, n = Base64Url.EncodeToString(parts.Modulus), e = Base64Url.EncodeToString(parts.Exponent),
        });
    }

    private static string EcJwk()
    {
        var parts = Ec.ExportParameters(includePrivateParameters: false);
        return JsonSerializer.Serialize(new
        {
            kty = "EC", kid = "ec", use = "sig", alg = "ES256", crv = "P-256", x = Base64Url.EncodeToString(parts.Q.X), y = Base64Url.EncodeToString(parts.Q.Y),
        });
    }

    private sealed class Provider : HttpMessageHandler
    {
        public int Asked { get; private set; }

        public bool IsDown { get; set; }

        public string Keys { get; set; } =
            $$"""
            {"keys":[{{Jwk("rsa", Rsa, "RS256")}},{{Jwk("pss", RsaPss, "PS256")}},{{EcJwk()}},{{Jwk("short", Short, "RS256")}},
            {{Jwk("enc", Rsa, "RS256", "enc")}},{{Jwk("twice", Rsa, "RS256")}},{{Jwk("twice", Attacker, "RS256")}},
            {"kty":"oct","kid":"oct","use":"sig","alg":"HS256","k":"c2VjcmV0"}]}
            """;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return IsDown
                ? throw new HttpRequestException("down")
                : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Keys) });
        }
    }
}
