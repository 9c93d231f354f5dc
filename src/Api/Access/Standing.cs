using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Access;
using Platform.GraphQL.Execution;

namespace Platform.Api.Access;

/// <summary>
/// Somebody recognised, as long as it holds. When only their rows change it goes on, and with it every stream, as who
/// they are now. When anything else it rests on changes it ends, with every stream that was opened under it; who comes
/// again is recognised anew.
/// </summary>
internal sealed class Standing
{
    /// <summary>Never disposed: streams may still register with it, and it holds no timer and no handle.</summary>
    private readonly Action _revoke;

    private readonly Lock _gate = new();
    private volatile Face _face;
    private long _expiresAt;
    private int _wasUsed;

    public Standing(Recognised who, string scheme, DateTimeOffset expiresAt)
    {
        var revoked = new CancellationTokenSource();
        Revoked = revoked.Token;
        _revoke = revoked.Cancel;
        Credential = who.Credential;
        User = who.User;
        Scheme = scheme;
        _expiresAt = expiresAt.UtcTicks;
        _face = FaceOf(who);
    }

    /// <summary>The session, the API key, or for identities elsewhere the user.</summary>
    public Guid Credential { get; }

    public UserId User { get; }

    /// <summary>As the database told it last.</summary>
    public Recognised Who => _face.Who;

    public int Version => _face.Who.Version;

    public string Scheme { get; }

    public Principal Principal => _face.Principal;

    public ClaimsPrincipal Claims => _face.Caller.User;

    /// <summary>Equal for those who may see the same.</summary>
    public string PermissionScope => _face.Caller.PermissionScope!;

    public bool MayReadSchema => _face.Principal.Holds("schema.read");

    public DateTimeOffset ExpiresAt => new(Volatile.Read(ref _expiresAt), TimeSpan.Zero);

    public CancellationToken Revoked { get; }

    /// <summary>A cookie slides along while it is used; a key's end can be brought forward.</summary>
    public void ExpireAt(DateTimeOffset at) => Volatile.Write(ref _expiresAt, at.UtcTicks);

    public void MarkUsed() => Volatile.Write(ref _wasUsed, 1);

    /// <summary>Whether it was used since this was last asked.</summary>
    public bool TakeUse() => Interlocked.Exchange(ref _wasUsed, 0) == 1;

    public void End() => _revoke();

    /// <summary>
    /// Goes on as who they are now. False when what they may do has changed as well, or their access was taken back in
    /// between: then it has to end.
    /// </summary>
    public bool TryBecome(Recognised who)
    {
        Face before;
        lock (_gate)
        {
            before = _face;
            var after = FaceOf(who with { Permissions = before.Who.Permissions });
            if (Revoked.IsCancellationRequested || who.TokensSince != before.Who.TokensSince
                || !after.Principal.Permissions.SetEquals(before.Principal.Permissions))
            {
                return false;
            }

            if (who.Version <= before.Who.Version)
            {
                return true; // Somebody else was faster.
            }

            _face = after;
        }

        before.Outdate();
        return true;
    }

    private Face FaceOf(Recognised who)
    {
        var changed = new CancellationTokenSource();
        var principal = PrincipalOf(who);
        var claims = new ClaimsPrincipal(new PrincipalIdentity(principal, Scheme) { Revoked = Revoked, Latest = () => _face.Caller });
        return new Face(who, principal, new CurrentCaller(claims, ScopeOf(principal), changed.Token), changed.Cancel);
    }

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

    /// <summary>Who they are from one change to the next.</summary>
    private sealed record Face(Recognised Who, Principal Principal, CurrentCaller Caller, Action Outdate);
}
