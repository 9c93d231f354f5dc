using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Platform.Domain.Access;

namespace Platform.Api.Access;

/// <summary>
/// Recognises credentials and remembers whom it recognised. What it remembers is confirmed with the database every two
/// seconds in one statement for all, and at once when a change is announced; what could not be confirmed is looked up again.
/// </summary>
internal sealed class Standings(AccessReader reader, JwtIdentities identities, AccessSettings settings, TimeProvider clock)
{
    /// <summary>Between two confirmations of everything remembered.</summary>
    public static readonly TimeSpan ConfirmEvery = TimeSpan.FromSeconds(2);

    /// <summary>Unconfirmed for this long, nothing is trusted: below the five seconds that are promised .</summary>
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(4);

    private const int Most = 100_000;

    private readonly ConcurrentDictionary<TokenKey, Standing> _known = new();
    private long _confirmedAt = clock.GetTimestamp();

    /// <summary>Null when the token is good for nothing, whatever the reason.</summary>
    public async ValueTask<Standing?> FindAsync(string token, CancellationToken ct)
    {
        var key = TokenKey.Of(token);
        if (_known.TryGetValue(key, out var standing))
        {
            if (IsTrusted(standing))
            {
                standing.MarkUsed();
                return standing;
            }

            if (clock.GetElapsedTime(Volatile.Read(ref _confirmedAt)) < TrustedFor)
            {
                Forget(key, standing); // Expired or revoked; the database was not even asked.
            }
        }

        return await RecogniseAsync(key, token, ct);
    }

    /// <summary>Confirms what is remembered of one user, or of all.</summary>
    public async Task ConfirmAsync(UserId? only, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var asked = _known.Where(one => only is null || one.Value.User == only).ToList();
        if (asked.Count > 0)
        {
            var standing = await reader.FindStandingAsync([.. asked.Select(one => one.Value.Credential).Distinct()], clock.GetUtcNow(), ct);
            foreach (var (key, known) in asked)
            {
                if (!standing.TryGetValue(known.Credential, out var now)
                    || (now.Version != known.Version && !await IsRenewedAsync(known, ct)))
                {
                    Forget(key, known);
                }
                else if (known.Scheme is not Schemes.Jwt)
                {
                    known.ExpireAt(now.ExpiresAt);
                }
            }
        }

        if (only is null)
        {
            Volatile.Write(ref _confirmedAt, started);
        }
    }

    /// <summary>Writes down who was there since the last time.</summary>
    public async Task NoteUseAsync(CancellationToken ct)
    {
        var used = _known.Values.Where(standing => standing.TakeUse()).Select(standing => standing.Credential).ToList();
        if (used.Count > 0)
        {
            await reader.NoteUseAsync(used, clock.GetUtcNow(), settings.CookieIdle, ct);
        }
    }

    private async Task<Standing?> RecogniseAsync(TokenKey key, string token, CancellationToken ct)
    {
        if (await LookUpAsync(token, ct) is not { } found)
        {
            return null;
        }

        if (_known.TryGetValue(key, out var known) && known.TryBecome(found.Who))
        {
            return known; // Still the same, or with other rows; its streams need not end.
        }

        if (_known.Count >= Most)
        {
            ForgetSome();
        }

        // A change that was announced between the look-up and here is found by the next confirmation.
        return _known.AddOrUpdate(key, found, (_, earlier) =>
        {
            earlier.End();
            return found;
        });
    }

    private async ValueTask<bool> IsRenewedAsync(Standing known, CancellationToken ct) =>
        await reader.FindAccountAsync(known.User, ct) is { } account && known.TryBecome(account);

    private async Task<Standing?> LookUpAsync(string token, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (Tokens.Is(Tokens.Session, token))
        {
            var session = await reader.FindBySessionAsync(Tokens.HashOf(token), now, ct);
            return session is null ? null : new Standing(session, Schemes.Session, session.ExpiresAt);
        }

        if (Tokens.TrySplitApiKey(token, out var prefix, out var secret))
        {
            // The hash is made whether or not there is such a key.
            var hash = Tokens.HashOf(secret);
            var key = await reader.FindByApiKeyAsync(prefix, now, ct);
            return CryptographicOperations.FixedTimeEquals(key?.SecretHash ?? new byte[hash.Length], hash) && key is not null
                ? new Standing(key, Schemes.ApiKey, key.ExpiresAt)
                : null;
        }

        return await identities.FindAsync(token, ct) is { } identity
            && await reader.FindByIdentityAsync(identity.Issuer, identity.Subject, identity.IssuedAt, ct) is { } user
                ? new Standing(user, Schemes.Jwt, identity.ExpiresAt)
                : null;
    }

    private bool IsTrusted(Standing standing) =>
        !standing.Revoked.IsCancellationRequested
        && standing.ExpiresAt > clock.GetUtcNow()
        && clock.GetElapsedTime(Volatile.Read(ref _confirmedAt)) < TrustedFor;

    private void Forget(TokenKey key, Standing standing)
    {
        _known.TryRemove(new KeyValuePair<TokenKey, Standing>(key, standing));
        standing.End();
    }

    /// <summary>Bounded memory: those who would end first end now, and sign in again if they are still there.</summary>
    private void ForgetSome()
    {
        foreach (var (key, standing) in _known.OrderBy(one => one.Value.ExpiresAt).Take(Most / 10))
        {
            Forget(key, standing);
        }
    }

    /// <summary>SHA-256 of a token: the token itself is not kept in memory.</summary>
    private readonly record struct TokenKey(ulong A, ulong B, ulong C, ulong D)
    {
        public static TokenKey Of(string token)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            Span<byte> text = token.Length <= 256 ? stackalloc byte[token.Length * 3] : new byte[token.Length * 3];
            SHA256.HashData(text[..System.Text.Encoding.UTF8.GetBytes(token, text)], hash);
            return new TokenKey(
                BinaryPrimitives.ReadUInt64LittleEndian(hash), BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]),
                BinaryPrimitives.ReadUInt64LittleEndian(hash[16..]), BinaryPrimitives.ReadUInt64LittleEndian(hash[24..]));
        }
    }
}

/// <summary>How somebody was recognised.</summary>
internal static class Schemes
{
    public const string Session = "session";

    public const string ApiKey = "api-key";

    public const string Jwt = "jwt";

    /// <summary>A job of ours that goes on for somebody; nobody comes in with it.</summary>
    public const string Job = "job";
}
