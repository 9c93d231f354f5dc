using Platform.Api.Access;
using Platform.Domain.Access;
using Platform.Domain.Bulk;

namespace Platform.Api.Bulk;

/// <summary>
/// As whom a job runs: as its asker, with what they held when asking and still hold, and the rows that are theirs now. Asked
/// again for every piece, so that a lock or a narrowed scope holds from the next piece on.
/// </summary>
internal sealed class JobPrincipals(AccessReader reader)
{
    /// <summary>Null when the asker may come in no more.</summary>
    public async ValueTask<Principal?> FindAsync(BulkWork work, CancellationToken ct)
    {
        if (await reader.FindAccountAsync(new UserId(work.Actor.Id), ct) is not { } account)
        {
            return null;
        }

        var held = RolePermissions.Of(account.Roles);
        return new Principal(account.Actor, held.Where(work.Permissions.Contains).ToHashSet(StringComparer.Ordinal), account.Rows);
    }
}
