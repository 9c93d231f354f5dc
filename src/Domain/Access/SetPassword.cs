using System.Text.Json.Serialization;
using Npgsql;
using Platform.Domain.Kernel;

namespace Platform.Domain.Access;

/// <summary>Replaces a password and ends every session that the old one opened. The hash is made at the edge.</summary>
/// <param name="User">Whose.</param>
/// <param name="Hash">What the password is verified against; it appears in no log, event or answer.</param>
/// <param name="IsTemporary">Good for nothing but choosing another.</param>
[Needs("access.door"), ByTheHostOnly]
[Refuses<UserNotFound>]
public sealed record SetPassword(UserId User, [property: JsonIgnore] string Hash, bool IsTemporary) : ICommand<PasswordSet>;

public sealed record PasswordSet(UserId User, int Version, bool IsTemporary) : IEvent
{
    public Subject Subject => new(nameof(Access.User), User.Value);
}

internal sealed class SetPasswordHandler(PlatformDb db) : ICommandHandler<SetPassword, PasswordSet>
{
    /// <summary>No entity: what is mapped is read by queries and shown in the audit log.</summary>
    private const string Store =
        """
        insert into user_password (user_id, hash, is_temporary, changed_at) values ($1, $2, $3, $4)
        on conflict (user_id) do update set hash = excluded.hash, is_temporary = excluded.is_temporary, changed_at = excluded.changed_at
        """;

    public async Task<Result<PasswordSet>> HandleAsync(SetPassword command, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockUserRowAsync(command.User, ct) is not { } user)
        {
            return new UserNotFound(command.User);
        }

        await using (var store = db.Statement(Store))
        {
            store.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = user.Id.Value });
            store.Parameters.Add(new NpgsqlParameter<string> { TypedValue = command.Hash });
            store.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = command.IsTemporary });
            store.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = envelope.Now });
            await store.ExecuteNonQueryAsync(ct);
        }

        user.TakeBack(envelope.Now);
        await db.EndSessionsAsync(user.Id, "password changed", envelope.Now, ct);
        await db.AnnounceAsync(user.Id, ct);
        var set = new PasswordSet(user.Id, user.Version, command.IsTemporary);
        db.Raise(set);
        return set;
    }
}
