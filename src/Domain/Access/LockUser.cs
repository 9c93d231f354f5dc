using Platform.Domain.Kernel;

namespace Platform.Domain.Access;

/// <summary>Takes an account's access away: sessions, keys and streams end within seconds.</summary>
[Needs("access.users")]
[Refuses<InvalidField>, Refuses<UserNotFound>, Refuses<StaleVersion>, Refuses<OwnAccess>, Refuses<UserStatusWrong>, Refuses<LastAdministrator>]
public sealed record LockUser(UserId User, int Version, string Reason) : ICommand<UserLocked>, IReasoned;

public sealed record UserLocked(UserId User, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Access.User), User.Value);
}

/// <summary>Gives a locked account its access back; sessions that ended stay ended.</summary>
[Needs("access.users")]
[Refuses<UserNotFound>, Refuses<StaleVersion>, Refuses<OwnAccess>, Refuses<UserStatusWrong>]
public sealed record UnlockUser(UserId User, int Version) : ICommand<UserUnlocked>;

public sealed record UserUnlocked(UserId User, int Version) : IEvent
{
    public Subject Subject => new(nameof(Access.User), User.Value);
}

internal sealed class LockUserHandler(PlatformDb db) : ICommandHandler<LockUser, UserLocked>
{
    public async Task<Result<UserLocked>> HandleAsync(LockUser command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var found = await db.LockOthersAsync(command.User, command.Version, envelope, ct);
        if (!found.Succeeded(out var user))
        {
            return found.Error!;
        }

        if (user.Status is UserStatus.Locked)
        {
            return new UserStatusWrong(user.Id, user.Status);
        }

        if (await db.IsLastAdministratorAsync(user.Id, ct))
        {
            return new LastAdministrator(user.Id);
        }

        var locked = new UserLocked(user.Id, user.Version + 1, command.Reason);
        user.Apply(locked, envelope.Now);
        await db.EndSessionsAsync(user.Id, "locked", envelope.Now, ct);
        await db.AnnounceAsync(user.Id, ct);
        db.Raise(locked);
        return locked;
    }
}

internal sealed class UnlockUserHandler(PlatformDb db) : ICommandHandler<UnlockUser, UserUnlocked>
{
    public async Task<Result<UserUnlocked>> HandleAsync(UnlockUser command, Envelope envelope, CancellationToken ct)
    {
        var found = await db.LockOthersAsync(command.User, command.Version, envelope, ct);
        if (!found.Succeeded(out var user))
        {
            return found.Error!;
        }

        if (user.Status is UserStatus.Active)
        {
            return new UserStatusWrong(user.Id, user.Status);
        }

        var unlocked = new UserUnlocked(user.Id, user.Version + 1);
        user.Apply(unlocked, envelope.Now);
        await db.AnnounceAsync(user.Id, ct);
        db.Raise(unlocked);
        return unlocked;
    }
}
