using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Access;

namespace Platform.Api.Access;

/// <summary>
/// Somebody recognised, as long as it holds. When anything it rests on changes it ends, with every stream that was opened
/// under it; who comes again is recognised anew.
/// </summary>
internal sealed class Standing
{
    /// <summary>Never disposed: streams may still register with it, and it holds no timer and no handle.</summary>
    private readonly Action _revoke;

    private long _expiresAt;
    private int _wasUsed;

    public Standing(Recognised who, string scheme, DateTimeOffset expiresAt)
    {
        var revoked = new CancellationTokenSource();
        Revoked = revoked.Token;
        _revoke = revoked.Cancel;
        Credential = who.Credential;
        User = who.User;
        Version = who.Version;
        Scheme = scheme;
        _expiresAt = expiresAt.UtcTicks;
        Principal = PrincipalOf(who);
        Claims = new ClaimsPrincipal(new PrincipalIdentity(Principal, scheme) { Revoked = Revoked });
        PermissionScope = ScopeOf(Principal);
        MayReadSchema = Principal.Holds("schema.read");
    }

    /// <summary>The session, the API key, or for identities elsewhere the user.</summary>
    public Guid Credential { get; }

    public UserId User { get; }

    public int Version { get; }

    public string Scheme { get; }

    public Principal Principal { get; }

    public ClaimsPrincipal Claims { get; }

    /// <summary>Equal for those who may see the same.</summary>
    public string PermissionScope { get; }

    public bool MayReadSchema { get; }

    public DateTimeOffset ExpiresAt => new(Volatile.Read(ref _expiresAt), TimeSpan.Zero);

    public CancellationToken Revoked { get; }

    /// <summary>A cookie slides along while it is used; a key's end can be brought forward.</summary>
    public void ExpireAt(DateTimeOffset at) => Volatile.Write(ref _expiresAt, at.UtcTicks);

    public void MarkUsed() => Volatile.Write(ref _wasUsed, 1);

    /// <summary>Whether it was used since this was last asked.</summary>
    public bool TakeUse() => Interlocked.Exchange(ref _wasUsed, 0) == 1;

    public void End() => _revoke();

    private static Principal PrincipalOf(Recognised who)
    {
        var ofRoles = RolePermissions.Of(who.Roles);
        IReadOnlySet<string> held = who.Permissions is null
            ? ofRoles
            : who.Permissions.Where(ofRoles.Contains).ToHashSet(StringComparer.Ordinal);
        return new Principal(who.Actor, held, who.Rows) { Roles = who.Roles };
    }

    private static string ScopeOf(Principal principal)
    {
        var text = string.Join(' ', principal.Permissions.Order(StringComparer.Ordinal))
            + '|' + Text(principal.Rows.LegalEntities) + '|' + Text(principal.Rows.Warehouses) + '|' + Text(principal.Rows.Suppliers);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string Text(IReadOnlySet<Guid>? ids) => ids is null ? "*" : string.Join(' ', ids.Order());
}
