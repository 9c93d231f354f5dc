namespace Platform.Domain.Access;

/// <summary>
/// A machine's way in. It acts as its user and holds those of the user's permissions that it names, never more.
/// </summary>
public sealed class ApiKey
{
    private ApiKey()
    {
    }

    public ApiKeyId Id { get; private set; }

    public UserId UserId { get; private set; }

    public string Name { get; private set; } = string.Empty;

    /// <summary>The public part, by which it is found and told apart.</summary>
    public string Prefix { get; private set; } = string.Empty;

    public byte[] SecretHash { get; private set; } = [];

    public string[] Permissions { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Written once a minute at most.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>When it stopped working, or will.</summary>
    internal DateTimeOffset EndsAt => RevokedAt < ExpiresAt ? RevokedAt.Value : ExpiresAt;

    internal static ApiKey Create(ApiKeyCreated created, byte[] secretHash) => new()
    {
        Id = created.ApiKey,
        UserId = created.User,
        Name = created.Name,
        Prefix = created.Prefix,
        SecretHash = secretHash,
        Permissions = [.. created.Permissions],
        CreatedAt = created.At,
        ExpiresAt = created.ExpiresAt,
    };

    internal void EndAt(DateTimeOffset at) => RevokedAt = at;
}
