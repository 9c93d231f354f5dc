using Platform.Api.Hosting.Settings;

namespace Platform.Api.Access;

/// <summary>An identity provider elsewhere whose tokens are trusted; none unless it is configured.</summary>
public sealed class IdentityProviderSettings : ISettings
{
    public string Section => "IdentityProvider";

    /// <summary>The issuer, letter for letter as it stands in tokens.</summary>
    public string? Issuer { get; set; }

    /// <summary>What tokens for this API name as their audience.</summary>
    public string? Audience { get; set; }

    /// <summary>Where the provider publishes its keys (jwks_uri); https. It is configured, never taken from a token.</summary>
    public string? KeysAddress { get; set; }

    internal bool IsConfigured => Issuer is not null;

    public IEnumerable<string> Faults()
    {
        if (new[] { Issuer, Audience, KeysAddress }.Count(part => string.IsNullOrWhiteSpace(part)) is 1 or 2)
        {
            yield return "Issuer, Audience and KeysAddress belong together: set all or none";
        }

        if (KeysAddress is not null
            && !(Uri.TryCreate(KeysAddress, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback)))
        {
            yield return $"KeysAddress is '{KeysAddress}', which is no https address";
        }
    }
}

/// <summary>Judges tokens of the identity provider; while none is configured, nobody comes from there.</summary>
internal sealed class JwtIdentities(IdentityProviderSettings settings, ProviderKeys keys, TimeProvider clock)
{
    /// <summary>Null when the token is not to be trusted, whatever the reason.</summary>
    public async ValueTask<ExternalToken?> FindAsync(string token, CancellationToken ct)
    {
        if (!settings.IsConfigured || JwtParts.TryRead(token) is not { } parts || await keys.FindAsync(parts.KeyId, ct) is not { } key)
        {
            return null;
        }

        return key.Verifies(parts) ? JwtClaims.Judge(parts.Payload, settings.Issuer!, settings.Audience!, clock.GetUtcNow()) : null;
    }
}
