using Microsoft.EntityFrameworkCore;
using Platform.Domain.Access;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;

namespace Platform.Api.Access;

/// <summary>What a person may do at this moment, through the roles of all their active accounts.</summary>
internal sealed class AccountPermissions(PlatformDb db) : IHeldPermissions
{
    public async Task<IReadOnlySet<string>> OfAsync(Guid person, CancellationToken ct)
    {
        // Held until the commit: a role that is taken back meanwhile waits for who acts by it.
        var grants = await db.Set<RoleGrant>()
            .FromSql(
                $"""
                select g.* from role_grant g join user_account u on u.id = g.user_id
                where u.person_id = {person} and u.status = 'ACTIVE' for share
                """)
            .AsNoTracking()
            .ToListAsync(ct);
        return RolePermissions.Of(grants.Select(grant => grant.Role));
    }
}
