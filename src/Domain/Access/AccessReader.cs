using Npgsql;
using Platform.Domain.Kernel;

namespace Platform.Domain.Access;

/// <summary>Somebody as their credentials name them, and what they may do at this moment.</summary>
/// <param name="Credential">The session or API key they came with; the user itself for an identity elsewhere.</param>
/// <param name="Permissions">What an API key names; null when the roles alone decide.</param>
/// <param name="Version">The account's version this was read at.</param>
public sealed record Recognised(
    Guid Credential,
    UserId User,
    Actor Actor,
    RowScope Rows,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<string>? Permissions,
    int Version,
    DateTimeOffset ExpiresAt)
{
    /// <summary>SHA-256 of an API key's secret, for the comparison at the edge.</summary>
    public byte[]? SecretHash { get; init; }

    /// <summary>When everything that was given out before was taken back, if it ever was.</summary>
    public DateTimeOffset? TokensSince { get; init; }
}

/// <summary>What a password is judged by.</summary>
public sealed record PasswordOnFile(UserId User, Actor Actor, string? Hash, bool IsTemporary, bool IsActive);

/// <summary>Looks credentials up. It reads rows as they are; whoever remembers them asks again.</summary>
public sealed class AccessReader(NpgsqlDataSource source)
{
    private const string Account =
        """
        u.id, u.kind, u.person_id, u.name, u.legal_entities, u.warehouses, u.suppliers,
        array(select g.role from role_grant g where g.user_id = u.id order by g.role), u.version, u.tokens_since
        """;

    private const string BySession =
        $"""
        select s.id, s.expires_at, null::text[], null::bytea, {Account}
        from session s join user_account u on u.id = s.user_id
        where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and u.status = 'ACTIVE'
        """;

    private const string ByApiKey =
        $"""
        select k.id, least(k.expires_at, k.revoked_at), k.permissions, k.secret_hash, {Account}
        from api_key k join user_account u on u.id = k.user_id
        where k.prefix = $1 and least(k.expires_at, k.revoked_at) > $2 and u.status = 'ACTIVE'
        """;

    private const string ByIdentity =
        $"""
        select u.id, 'infinity'::timestamptz, null::text[], null::bytea, {Account}
        from external_identity e join user_account u on u.id = e.user_id
        where e.issuer = $1 and e.subject_name = $2 and u.status = 'ACTIVE' and (u.tokens_since is null or u.tokens_since <= $3)
        """;

    private const string ByAccount =
        $"""
        select u.id, 'infinity'::timestamptz, null::text[], null::bytea, {Account}
        from user_account u where u.id = $1 and u.status = 'ACTIVE'
        """;

    private const string Standing =
        """
        select s.id, u.version, s.expires_at from session s join user_account u on u.id = s.user_id
        where s.id = any ($1) and s.ended_at is null and s.expires_at > $2 and u.status = 'ACTIVE'
        union all
        select k.id, u.version, least(k.expires_at, k.revoked_at) from api_key k join user_account u on u.id = k.user_id
        where k.id = any ($1) and least(k.expires_at, k.revoked_at) > $2 and u.status = 'ACTIVE'
        union all
        select u.id, u.version, 'infinity' from user_account u where u.id = any ($1) and u.status = 'ACTIVE'
        """;

    private const string Used =
        """
        update api_key set last_used_at = $2 where id = any ($1) and (last_used_at is null or last_used_at < $2 - interval '1 minute');
        update session set expires_at = least(ends_at, $2 + $3)
        where id = any ($1) and kind = 'COOKIE' and ended_at is null and expires_at < least(ends_at, $2 + $3 - interval '1 minute')
        """;

    public Task<Recognised?> FindBySessionAsync(byte[] tokenHash, DateTimeOffset now, CancellationToken ct) =>
        FindAsync(BySession, [new NpgsqlParameter<byte[]> { TypedValue = tokenHash }, At(now)], ct);

    public Task<Recognised?> FindByApiKeyAsync(string prefix, DateTimeOffset now, CancellationToken ct) =>
        FindAsync(ByApiKey, [new NpgsqlParameter<string> { TypedValue = prefix }, At(now)], ct);

    /// <summary>By an identity elsewhere; what was given out before the account's access was taken back is good for nothing.</summary>
    public Task<Recognised?> FindByIdentityAsync(string issuer, string subject, DateTimeOffset issuedAt, CancellationToken ct) =>
        FindAsync(
            ByIdentity,
            [new NpgsqlParameter<string> { TypedValue = issuer }, new NpgsqlParameter<string> { TypedValue = subject }, At(issuedAt)],
            ct);

    /// <summary>Forgets sessions that ended long ago; the audit log keeps that they were.</summary>
    public async Task SweepAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var sweep = source.CreateCommand("delete from session where ends_at < $1");
        sweep.Parameters.Add(At(before));
        await sweep.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Somebody who is not there: as whom a job goes on that they asked for. Null when they may come in no more.</summary>
    public Task<Recognised?> FindAccountAsync(UserId user, CancellationToken ct) =>
        FindAsync(ByAccount, [new NpgsqlParameter<Guid> { TypedValue = user.Value }], ct);

    /// <summary>Which of these credentials still hold, at which version of their account and until when.</summary>
    public async Task<IReadOnlyDictionary<Guid, (int Version, DateTimeOffset ExpiresAt)>> FindStandingAsync(
        IReadOnlyCollection<Guid> credentials, DateTimeOffset now, CancellationToken ct)
    {
        await using var find = source.CreateCommand(Standing);
        find.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. credentials] });
        find.Parameters.Add(At(now));
        await using var rows = await find.ExecuteReaderAsync(ct);
        var standing = new Dictionary<Guid, (int, DateTimeOffset)>(credentials.Count);
        while (await rows.ReadAsync(ct))
        {
            standing[rows.GetGuid(0)] = (rows.GetInt32(1), rows.GetFieldValue<DateTimeOffset>(2));
        }

        return standing;
    }

    /// <summary>Notes when API keys were last used, and lets the cookies of those who are there slide along.</summary>
    public async Task NoteUseAsync(IReadOnlyCollection<Guid> credentials, DateTimeOffset now, TimeSpan idle, CancellationToken ct)
    {
        var statements = Used.Split(';');
        await using var batch = source.CreateBatch();
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement)
            {
                Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. credentials] }, At(now) },
            };
            if (statement.Contains("$3", StringComparison.Ordinal))
            {
                command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = idle });
            }

            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The password on file for a login, if there is such an account.</summary>
    public async Task<PasswordOnFile?> FindPasswordAsync(string login, CancellationToken ct)
    {
        await using var find = source.CreateCommand(
            """
            select u.id, u.kind, u.person_id, u.name, p.hash, coalesce(p.is_temporary, false), u.status = 'ACTIVE'
            from user_account u left join user_password p on p.user_id = u.id where u.login = $1
            """);
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = login });
        await using var row = await find.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new PasswordOnFile(
                new UserId(row.GetGuid(0)), ActorOf(row, 0), await row.IsDBNullAsync(4, ct) ? null : row.GetString(4),
                row.GetBoolean(5), row.GetBoolean(6))
            : null;
    }

    /// <summary>The session that a refresh token belongs to, or belonged to before it was used.</summary>
    public async Task<SessionId?> FindByRefreshAsync(byte[] refreshHash, CancellationToken ct)
    {
        await using var find = source.CreateCommand(
            "select id from session where refresh_hash = $1 union all select id from session where spent_refresh_hash = $1 limit 1");
        find.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = refreshHash });
        return await find.ExecuteScalarAsync(ct) is Guid id ? new SessionId(id) : null;
    }

    private async Task<Recognised?> FindAsync(string sql, IReadOnlyList<NpgsqlParameter> parameters, CancellationToken ct)
    {
        await using var find = source.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            find.Parameters.Add(parameter);
        }

        await using var row = await find.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
        {
            return null;
        }

        const int account = 4;
        return new Recognised(
            row.GetGuid(0),
            new UserId(row.GetGuid(account)),
            ActorOf(row, account),
            new RowScope(SetAt(row, account + 4), SetAt(row, account + 5), SetAt(row, account + 6)),
            [.. row.GetFieldValue<string[]>(account + 7).Select(Stored.ToEnum<Role>)],
            row.IsDBNull(2) ? null : row.GetFieldValue<string[]>(2),
            row.GetInt32(account + 8),
            row.GetFieldValue<DateTimeOffset>(1))
        {
            SecretHash = row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3),
            TokensSince = row.IsDBNull(account + 9) ? null : row.GetFieldValue<DateTimeOffset>(account + 9),
        };
    }

    private static Actor ActorOf(NpgsqlDataReader row, int at) =>
        new(Stored.ToEnum<ActorKind>(row.GetString(at + 1)), row.GetGuid(at), row.GetGuid(at + 2), row.GetString(at + 3));

    private static HashSet<Guid>? SetAt(NpgsqlDataReader row, int at) =>
        row.IsDBNull(at) ? null : [.. row.GetFieldValue<Guid[]>(at)];

    private static NpgsqlParameter<DateTimeOffset> At(DateTimeOffset now) => new() { TypedValue = now };
}

/// <summary>Enums as their columns hold them.</summary>
file static class Stored
{
    public static TEnum ToEnum<TEnum>(string text)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(text.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true);
}
