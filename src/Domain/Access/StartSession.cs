using System.Text.Json.Serialization;
using Platform.Domain.Kernel;

namespace Platform.Domain.Access;

/// <summary>Opens a session for somebody whom the host has recognised.</summary>
[Needs("access.door"), ByTheHostOnly]
[Refuses<UserNotFound>, Refuses<UserStatusWrong>]
public sealed record StartSession(
    UserId User,
    SessionKind Kind,
    [property: JsonIgnore] byte[] TokenHash,
    [property: JsonIgnore] byte[]? RefreshHash,
    DateTimeOffset ExpiresAt,
    DateTimeOffset EndsAt,
    string? Address,
    string? UserAgent) : ICommand<SessionStarted>;

public sealed record SessionStarted(SessionId Session, UserId User, SessionKind Kind, DateTimeOffset ExpiresAt) : IEvent
{
    public Subject Subject => new(nameof(Access.Session), Session.Value);
}

/// <summary>Changes the tokens of a session for new ones, once for each refresh token.</summary>
[Needs("access.door"), ByTheHostOnly]
[Refuses<SessionNotFound>]
public sealed record RefreshSession(
    SessionId Session,
    [property: JsonIgnore] byte[] RefreshHash,
    [property: JsonIgnore] byte[] NewTokenHash,
    [property: JsonIgnore] byte[] NewRefreshHash,
    DateTimeOffset ExpiresAt) : ICommand<SessionRefreshed>;

/// <param name="Session">Which one.</param>
/// <param name="WasReused">True when the refresh token came a second time: the session has ended instead.</param>
public sealed record SessionRefreshed(SessionId Session, bool WasReused) : IEvent
{
    public Subject Subject => new(nameof(Access.Session), Session.Value);
}

/// <summary>Ends one session.</summary>
[Needs("access.door"), ByTheHostOnly]
[Refuses<SessionNotFound>]
public sealed record EndSession(SessionId Session, UserId User, string Reason) : ICommand<SessionEnded>, IReasoned;

public sealed record SessionEnded(SessionId Session, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Access.Session), Session.Value);
}

/// <summary>Ends every session of somebody; they have to sign in again.</summary>
[Needs("access.users")]
[Refuses<InvalidField>, Refuses<UserNotFound>]
public sealed record RevokeSessions(UserId User, string Reason) : ICommand<SessionsRevoked>, IReasoned;

public sealed record SessionsRevoked(UserId User, int Version, int Sessions, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Access.User), User.Value);
}

internal sealed class StartSessionHandler(PlatformDb db) : ICommandHandler<StartSession, SessionStarted>
{
    public async Task<Result<SessionStarted>> HandleAsync(StartSession command, Envelope envelope, CancellationToken ct)
    {
        // Shared with other sign-ins, and waited for by whoever locks the account.
        if (await db.ShareUserAsync(command.User, ct) is not { } user)
        {
            return new UserNotFound(command.User);
        }

        if (user.Status is not UserStatus.Active)
        {
            return new UserStatusWrong(user.Id, user.Status);
        }

        var started = new SessionStarted(
            new SessionId(Guid.CreateVersion7(envelope.Now)), user.Id, command.Kind, command.ExpiresAt);
        db.Add(Session.Start(command, started, envelope.Now));
        db.Raise(started);
        return started;
    }
}

internal sealed class RefreshSessionHandler(PlatformDb db) : ICommandHandler<RefreshSession, SessionRefreshed>
{
    public async Task<Result<SessionRefreshed>> HandleAsync(RefreshSession command, Envelope envelope, CancellationToken ct)
    {
        var session = await db.LockSessionAsync(command.Session, ct);
        if (session is not { EndedAt: null } || session.EndsAt <= envelope.Now)
        {
            return new SessionNotFound(command.Session);
        }

        // A reuse is no refusal: a refusal would leave no trace, and the session has to end.
        var isCurrent = session.RefreshHash is { } current && current.AsSpan().SequenceEqual(command.RefreshHash);
        if (isCurrent)
        {
            session.Renew(command);
        }
        else
        {
            session.End("refresh token reused", envelope.Now);
        }

        await db.AnnounceAsync(session.UserId, ct);
        var refreshed = new SessionRefreshed(session.Id, WasReused: !isCurrent);
        db.Raise(refreshed);
        return refreshed;
    }
}

internal sealed class EndSessionHandler(PlatformDb db) : ICommandHandler<EndSession, SessionEnded>
{
    public async Task<Result<SessionEnded>> HandleAsync(EndSession command, Envelope envelope, CancellationToken ct)
    {
        var session = await db.LockSessionAsync(command.Session, ct);
        if (session is not { EndedAt: null } || session.UserId != command.User)
        {
            return new SessionNotFound(command.Session);
        }

        session.End(command.Reason, envelope.Now);
        await db.AnnounceAsync(session.UserId, ct);
        var ended = new SessionEnded(session.Id, command.Reason);
        db.Raise(ended);
        return ended;
    }
}

internal sealed class RevokeSessionsHandler(PlatformDb db) : ICommandHandler<RevokeSessions, SessionsRevoked>
{
    public async Task<Result<SessionsRevoked>> HandleAsync(RevokeSessions command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockUserRowAsync(command.User, ct) is not { } user)
        {
            return new UserNotFound(command.User);
        }

        user.TakeBack(envelope.Now);
        var ended = await db.EndSessionsAsync(user.Id, command.Reason, envelope.Now, ct);
        await db.AnnounceAsync(user.Id, ct);
        var revoked = new SessionsRevoked(user.Id, user.Version, ended, command.Reason);
        db.Raise(revoked);
        return revoked;
    }
}
