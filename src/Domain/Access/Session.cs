namespace Platform.Domain.Access;

public enum SessionKind
{
    /// <summary>A token in a header, with a second one that renews it.</summary>
    Bearer,

    /// <summary>A browser's cookie, which slides along while it is used.</summary>
    Cookie,
}

/// <summary>One sign-in. Tokens are known by their hashes alone.</summary>
public sealed class Session
{
    private Session()
    {
    }

    public SessionId Id { get; private set; }

    public UserId UserId { get; private set; }

    public SessionKind Kind { get; private set; }

    /// <summary>SHA-256 of the token; 256 random bits need no slow hash.</summary>
    public byte[] TokenHash { get; private set; } = [];

    public byte[]? RefreshHash { get; private set; }

    /// <summary>The refresh token before this one: whoever still has it shows that one of the two was stolen.</summary>
    public byte[]? SpentRefreshHash { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>When the token ends.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>When the session ends, however often it is renewed.</summary>
    public DateTimeOffset EndsAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndReason { get; private set; }

    /// <summary>Where it was opened from, for the one who looks at their sessions.</summary>
    public string? Address { get; private set; }

    public string? UserAgent { get; private set; }

    internal static Session Start(StartSession command, SessionStarted started, DateTimeOffset now) => new()
    {
        Id = started.Session,
        UserId = command.User,
        Kind = command.Kind,
        TokenHash = command.TokenHash,
        RefreshHash = command.RefreshHash,
        StartedAt = now,
        ExpiresAt = command.ExpiresAt,
        EndsAt = command.EndsAt,
        Address = command.Address,
        UserAgent = command.UserAgent,
    };

    internal void Renew(RefreshSession command)
    {
        SpentRefreshHash = RefreshHash;
        RefreshHash = command.NewRefreshHash;
        TokenHash = command.NewTokenHash;
        ExpiresAt = command.ExpiresAt < EndsAt ? command.ExpiresAt : EndsAt;
    }

    internal void End(string reason, DateTimeOffset at)
    {
        EndedAt = at;
        EndReason = reason;
    }
}
