using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Access;

/// <summary>Gives an account a key for machines. The secret is made at the edge and shown once.</summary>
[Needs("access.keys"), ByTheHostOnly]
[Refuses<InvalidField>, Refuses<UserNotFound>, Refuses<TooManyApiKeys>]
public sealed record CreateApiKey(
    UserId User,
    string Name,
    string Prefix,
    [property: JsonIgnore] byte[] SecretHash,
    IReadOnlyList<string> Permissions,
    DateTimeOffset ExpiresAt) : ICommand<ApiKeyCreated>;

public sealed record ApiKeyCreated(
    ApiKeyId ApiKey, UserId User, string Name, string Prefix, IReadOnlyList<string> Permissions, DateTimeOffset ExpiresAt, DateTimeOffset At)
    : IEvent
{
    public Subject Subject => new(nameof(Access.ApiKey), ApiKey.Value);
}

/// <summary>Makes a new key like an old one, which goes on working for a while so that both sides can change over.</summary>
[Needs("access.keys"), ByTheHostOnly]
[Refuses<InvalidField>, Refuses<ApiKeyNotFound>, Refuses<ApiKeyEnded>]
public sealed record RotateApiKey(
    ApiKeyId ApiKey, string Prefix, [property: JsonIgnore] byte[] SecretHash, DateTimeOffset ExpiresAt, DateTimeOffset OldEndsAt)
    : ICommand<ApiKeyRotated>;

public sealed record ApiKeyRotated(ApiKeyId ApiKey, ApiKeyId Successor, string Prefix, DateTimeOffset OldEndsAt, DateTimeOffset ExpiresAt) : IEvent
{
    public Subject Subject => new(nameof(Access.ApiKey), ApiKey.Value);
}

/// <summary>Ends a key at once.</summary>
[Needs("access.keys")]
[Refuses<InvalidField>, Refuses<ApiKeyNotFound>, Refuses<ApiKeyEnded>]
public sealed record RevokeApiKey(ApiKeyId ApiKey, string Reason) : ICommand<ApiKeyRevoked>, IReasoned;

public sealed record ApiKeyRevoked(ApiKeyId ApiKey, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Access.ApiKey), ApiKey.Value);
}

internal sealed class CreateApiKeyHandler(PlatformDb db) : ICommandHandler<CreateApiKey, ApiKeyCreated>
{
    private const int MostActive = 20;

    public async Task<Result<ApiKeyCreated>> HandleAsync(CreateApiKey command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command, envelope.Now) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockUserRowAsync(command.User, ct) is not { } user)
        {
            return new UserNotFound(command.User);
        }

        var active = await db.CountActiveKeysAsync(user.Id, envelope.Now, ct);
        if (active >= MostActive)
        {
            return new TooManyApiKeys(user.Id, active, MostActive);
        }

        var created = new ApiKeyCreated(
            new ApiKeyId(Guid.CreateVersion7(envelope.Now)), user.Id, command.Name, command.Prefix,
            command.Permissions, command.ExpiresAt, envelope.Now);
        db.Add(ApiKey.Create(created, command.SecretHash));
        db.Raise(created);
        return created;
    }

    internal static InvalidField? Check(CreateApiKey command, DateTimeOffset now) =>
        Field.Text("name", command.Name, most: 100)
        ?? Field.Whole("permissions", command.Permissions.Count, least: 1, most: 200)
        ?? command.Permissions.Select(ApiKeyTerm.CheckPermission).FirstOrDefault(invalid => invalid is not null)
        ?? ApiKeyTerm.Check(command.ExpiresAt, now);
}

internal sealed class RotateApiKeyHandler(PlatformDb db) : ICommandHandler<RotateApiKey, ApiKeyRotated>
{
    public async Task<Result<ApiKeyRotated>> HandleAsync(RotateApiKey command, Envelope envelope, CancellationToken ct)
    {
        if (ApiKeyTerm.Check(command.ExpiresAt, envelope.Now) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockApiKeyAsync(command.ApiKey, ct) is not { } key)
        {
            return new ApiKeyNotFound(command.ApiKey);
        }

        if (key.EndsAt <= envelope.Now)
        {
            return new ApiKeyEnded(key.Id, key.EndsAt);
        }

        var successor = new ApiKeyCreated(
            new ApiKeyId(Guid.CreateVersion7(envelope.Now)), key.UserId, key.Name, command.Prefix,
            key.Permissions, command.ExpiresAt, envelope.Now);
        var ends = command.OldEndsAt < key.EndsAt ? command.OldEndsAt : key.EndsAt;
        db.Add(ApiKey.Create(successor, command.SecretHash));
        key.EndAt(ends);
        await db.AnnounceAsync(key.UserId, ct);
        var rotated = new ApiKeyRotated(key.Id, successor.ApiKey, command.Prefix, ends, command.ExpiresAt);
        db.Raise(rotated);
        return rotated;
    }
}

internal sealed class RevokeApiKeyHandler(PlatformDb db) : ICommandHandler<RevokeApiKey, ApiKeyRevoked>
{
    public async Task<Result<ApiKeyRevoked>> HandleAsync(RevokeApiKey command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockApiKeyAsync(command.ApiKey, ct) is not { } key)
        {
            return new ApiKeyNotFound(command.ApiKey);
        }

        if (key.EndsAt <= envelope.Now)
        {
            return new ApiKeyEnded(key.Id, key.EndsAt);
        }

        key.EndAt(envelope.Now);
        await db.AnnounceAsync(key.UserId, ct);
        var revoked = new ApiKeyRevoked(key.Id, command.Reason);
        db.Raise(revoked);
        return revoked;
    }
}

internal static partial class ApiKeyTerm
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static InvalidField? Check(DateTimeOffset expiresAt, DateTimeOffset now) =>
        expiresAt > now && expiresAt <= now + Longest
            ? null
            : Field.Invalid("expiresAt", "must lie in the future, a year ahead at most", expiresAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    public static InvalidField? CheckPermission(string permission) =>
        Field.Pattern("permissions", permission, Pattern(), "must be permissions such as stock.read");

    [GeneratedRegex(@"\A[a-z_-]{1,40}(\.[a-z_-]{1,40}){1,3}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Pattern();
}
