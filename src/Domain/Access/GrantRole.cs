using Platform.Domain.Kernel;

namespace Platform.Domain.Access;

/// <summary>Gives somebody else a role.</summary>
[Needs("access.roles")]
[Refuses<InvalidField>, Refuses<UserNotFound>, Refuses<StaleVersion>, Refuses<OwnAccess>]
[Refuses<RoleAlreadyHeld>, Refuses<RolesConflict>, Refuses<SupplierRowsMissing>]
public sealed record GrantRole(UserId User, int Version, Role Role) : ICommand<RoleGranted>;

public sealed record RoleGranted(UserId User, int Version, Role Role) : IEvent
{
    public Subject Subject => new(nameof(Access.User), User.Value);
}

/// <summary>Takes a role from somebody else; what it allowed is refused within seconds.</summary>
[Needs("access.roles")]
[Refuses<UserNotFound>, Refuses<StaleVersion>, Refuses<OwnAccess>, Refuses<RoleNotHeld>, Refuses<LastAdministrator>]
public sealed record RevokeRole(UserId User, int Version, Role Role) : ICommand<RoleRevoked>;

public sealed record RoleRevoked(UserId User, int Version, Role Role) : IEvent
{
    public Subject Subject => new(nameof(Access.User), User.Value);
}

internal sealed class GrantRoleHandler(PlatformDb db) : ICommandHandler<GrantRole, RoleGranted>
{
    public async Task<Result<RoleGranted>> HandleAsync(GrantRole command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Known<Role>("role", command.Role) is { } invalid)
        {
            return invalid;
        }

        var found = await db.LockOthersAsync(command.User, command.Version, envelope, ct);
        if (!found.Succeeded(out var user))
        {
            return found.Error!;
        }

        var result = Decide(command, user, await db.RolesOfPersonAsync(user, ct));
        if (result.Succeeded(out var granted))
        {
            db.Add(RoleGrant.Of(user.Id, command.Role, envelope));
            user.Touch(envelope.Now);
            await db.AnnounceAsync(user.Id, ct);
            db.Raise(granted);
        }

        return result;
    }

    /// <summary>Conflicts are looked for over all accounts of the person: a second account is no way around them.</summary>
    internal static Result<RoleGranted> Decide(GrantRole command, User user, IReadOnlyList<RoleGrant> held)
    {
        if (held.Any(grant => grant.UserId == user.Id && grant.Role == command.Role))
        {
            return new RoleAlreadyHeld(user.Id, command.Role);
        }

        if (RoleConflicts.Find(held.Select(grant => grant.Role), command.Role) is { } conflict)
        {
            return conflict;
        }

        return command.Role is Role.SupplierPortal && user.Suppliers is not { Length: > 0 }
            ? new SupplierRowsMissing(user.Id)
            : new RoleGranted(user.Id, user.Version + 1, command.Role);
    }
}

internal sealed class RevokeRoleHandler(PlatformDb db) : ICommandHandler<RevokeRole, RoleRevoked>
{
    public async Task<Result<RoleRevoked>> HandleAsync(RevokeRole command, Envelope envelope, CancellationToken ct)
    {
        var found = await db.LockOthersAsync(command.User, command.Version, envelope, ct);
        if (!found.Succeeded(out var user))
        {
            return found.Error!;
        }

        var held = (await db.RolesOfPersonAsync(user, ct)).SingleOrDefault(grant => grant.UserId == user.Id && grant.Role == command.Role);
        if (held is null)
        {
            return new RoleNotHeld(user.Id, command.Role);
        }

        if (command.Role is Role.Administrator && await db.IsLastAdministratorAsync(user.Id, ct))
        {
            return new LastAdministrator(user.Id);
        }

        var revoked = new RoleRevoked(user.Id, user.Version + 1, command.Role);
        db.Remove(held);
        user.Touch(envelope.Now);
        await db.AnnounceAsync(user.Id, ct);
        db.Raise(revoked);
        return revoked;
    }
}
