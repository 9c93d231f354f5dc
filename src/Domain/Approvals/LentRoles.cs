using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

/// <summary>Whoever keeps accounts says what a person may do at this moment; approvals themselves know no accounts.</summary>
public interface IHeldPermissions
{
    /// <summary>What the person may do through any of their accounts, as it stays until the commit.</summary>
    Task<IReadOnlySet<string>> OfAsync(Guid person, CancellationToken ct);
}

/// <summary>What was lent to somebody and is still worth something: a role serves no longer than its lender holds it.</summary>
internal sealed class LentRoles(PlatformDb db, IEnumerable<IHeldPermissions> accounts)
{
    public async Task<IReadOnlyList<LentRole>> ToAsync(Guid person, DateTimeOffset now, CancellationToken ct)
    {
        var lent = new List<LentRole>();
        foreach (var one in await db.FindLentRolesAsync(person, now, ct))
        {
            lent.Add(one with { Roles = await StillHeldAsync(one, ct) });
        }

        return lent;
    }

    /// <summary>Whether a person may sit in one of the seats; true where nobody keeps accounts.</summary>
    public async Task<bool> HoldsOneOfAsync(Guid person, IEnumerable<string> roles, CancellationToken ct)
    {
        var wanted = roles.Select(ApprovalSeats.PermissionOf).ToList();
        foreach (var keeper in accounts)
        {
            if (!(await keeper.OfAsync(person, ct)).Overlaps(wanted))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<IReadOnlyList<string>> StillHeldAsync(LentRole lent, CancellationToken ct)
    {
        var roles = lent.Roles;
        foreach (var keeper in accounts)
        {
            var held = await keeper.OfAsync(lent.FromPerson, ct);
            roles = [.. roles.Where(role => held.Contains(ApprovalSeats.PermissionOf(role)))];
        }

        return roles;
    }
}
