using Platform.Api.Access;
using Platform.Domain.Bulk;

namespace Platform.Api.Bulk;

/// <summary>As whom a job runs: as its asker, who holds what they held when asking and still hold.</summary>
internal sealed class JobPrincipals
{
    public ValueTask<Principal?> FindAsync(BulkWork work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult<Principal?>(new Principal(work.Actor, work.Permissions, RowScope.Everything));
    }
}
