using Platform.Domain.Kernel;

namespace Platform.Domain.Access;

/// <summary>Limits an account to other rows. Open streams go on with the new limits within seconds.</summary>
[Needs("access.roles")]
[Refuses<InvalidField>, Refuses<UserNotFound>, Refuses<StaleVersion>, Refuses<OwnAccess>, Refuses<RowLimitUnknown>, Refuses<SupplierRowsMissing>]
public sealed record ChangeRowScope(UserId User, int Version, RowLimits Rows) : ICommand<RowScopeChanged>;

public sealed record RowScopeChanged(UserId User, int Version, RowLimits Rows) : IEvent
{
    public Subject Subject => new(nameof(Access.User), User.Value);
}

internal sealed class ChangeRowScopeHandler(PlatformDb db) : ICommandHandler<ChangeRowScope, RowScopeChanged>
{
    public async Task<Result<RowScopeChanged>> HandleAsync(ChangeRowScope command, Envelope envelope, CancellationToken ct)
    {
        if (command.Rows.Check() is { } invalid)
        {
            return invalid;
        }

        var found = await db.LockOthersAsync(command.User, command.Version, envelope, ct);
        if (!found.Succeeded(out var user))
        {
            return found.Error!;
        }

        if (await db.FindUnknownLimitAsync(command.Rows, ct) is { } unknown)
        {
            return unknown;
        }

        var roles = await db.RolesOfPersonAsync(user, ct);
        if (roles.Any(grant => grant.UserId == user.Id && grant.Role is Role.SupplierPortal) && command.Rows.Suppliers is not { Count: > 0 })
        {
            return new SupplierRowsMissing(user.Id);
        }

        var changed = new RowScopeChanged(user.Id, user.Version + 1, command.Rows);
        user.Apply(changed, envelope.Now);
        await db.AnnounceAsync(user.Id, ct);
        db.Raise(changed);
        return changed;
    }
}
