using System.Collections.Frozen;
using System.Security.Claims;
using Platform.Domain.Access;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;

namespace Platform.Api.Access;

/// <summary>Who sent a request, what they hold and which rows are theirs, as found when the request was authenticated.</summary>
public sealed record Principal(Actor Actor, IReadOnlySet<string> Permissions, RowScope Rows)
{
    /// <summary>Not signed in: holds nothing, sees nothing.</summary>
    public static Principal Nobody { get; } = new(
        new Actor(ActorKind.Service, Guid.Empty, Guid.Empty, "nobody"), FrozenSet<string>.Empty, RowScope.Nothing);

    /// <summary>The roles that the permissions come from, for those who ask who they are.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];

    public static Principal Of(ClaimsPrincipal user)
    {
        // Asked several times in every request.
        foreach (var identity in user.Identities)
        {
            if (identity is PrincipalIdentity known)
            {
                return known.Principal;
            }
        }

        return Nobody;
    }

    public static Principal Of(RequestContext request) => Of(request.User);

    /// <summary>As they are by now, for what outlives a request.</summary>
    public static Principal Now(ClaimsPrincipal user) => PrincipalIdentity.Now(user) is { } now ? Of(now.User) : Of(user);

    public bool Holds(string permission) => Permissions.Contains(permission);

    /// <summary>The same one as the domain knows them.</summary>
    public Caller Asking(Guid correlationId, string? idempotencyKey) =>
        new(Actor, Permissions, correlationId, idempotencyKey) { Rows = Rows };
}

/// <summary>
/// How a <see cref="Principal"/> travels with ASP.NET Core's user: through requests, sockets and every event of a subscription.
/// </summary>
public sealed class PrincipalIdentity(Principal principal, string scheme) : ClaimsIdentity(
    [new Claim(ClaimTypes.NameIdentifier, principal.Actor.Id.ToString()), new Claim(ClaimTypes.Name, principal.Actor.Name)], scheme), IPolicyIdentity
{
    public Principal Principal { get; } = principal;

    /// <summary>The name of a policy is the permission it asks for.</summary>
    public bool Meets(string policy) => Principal.Holds(policy);

    /// <summary>Raised when what the principal rests on was taken back.</summary>
    public CancellationToken Revoked { get; init; }

    /// <summary>Who it is by now: their rows may be others while the credentials hold.</summary>
    public Func<CurrentCaller>? Latest { get; init; }

    /// <summary>Asked before every event of a stream.</summary>
    public static bool IsCurrent(ClaimsPrincipal user) =>
        !user.Identities.OfType<PrincipalIdentity>().Any(identity => identity.Revoked.IsCancellationRequested);

    /// <summary>Null for those who never change.</summary>
    public static CurrentCaller? Now(ClaimsPrincipal user) =>
        user.Identities.OfType<PrincipalIdentity>().FirstOrDefault()?.Latest?.Invoke();
}
