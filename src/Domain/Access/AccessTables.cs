using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Access;

/// <summary>The rows of accounts and sessions, and every lock on them.</summary>
internal static class AccessTables
{
    public static Task<User?> FindUserAsync(this PlatformDb db, UserId id, CancellationToken ct) =>
        db.Set<User>().SingleOrDefaultAsync(user => user.Id == id, ct);

    public static Task<bool> IsLoginTakenAsync(this PlatformDb db, string login, CancellationToken ct) =>
        db.Set<User>().AnyAsync(user => user.Login == login, ct);

    public static Task<User?> LockUserRowAsync(this PlatformDb db, UserId id, CancellationToken ct) =>
        db.Set<User>().FromSql($"select * from user_account where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<User?> ShareUserAsync(this PlatformDb db, UserId id, CancellationToken ct) =>
        db.Set<User>().FromSql($"select * from user_account where id = {id.Value} for share").AsNoTracking().SingleOrDefaultAsync(ct);

    /// <summary>An account at the version that was read, belonging to somebody other than the one who asks.</summary>
    public static async Task<Result<User>> LockOthersAsync(this PlatformDb db, UserId id, int version, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockUserRowAsync(id, ct) is not { } user)
        {
            return new UserNotFound(id);
        }

        if (user.Version != version)
        {
            return new StaleVersion(nameof(User), id.Value, version, user.Version);
        }

        return user.PersonId == envelope.Actor.Person ? new OwnAccess(id) : user;
    }

    /// <summary>The roles of all accounts that the same person has.</summary>
    public static async Task<IReadOnlyList<RoleGrant>> RolesOfPersonAsync(this PlatformDb db, User user, CancellationToken ct) =>
        await db.Set<RoleGrant>()
            .Where(grant => db.Set<User>().Any(other => other.Id == grant.UserId && other.PersonId == user.PersonId))
            .OrderBy(grant => grant.Role)
            .ToListAsync(ct);

    /// <summary>Locks the grants, so that two administrators cannot take each other's away at once.</summary>
    public static async Task<bool> IsLastAdministratorAsync(this PlatformDb db, UserId id, CancellationToken ct)
    {
        var administrators = await db.Set<RoleGrant>()
            .FromSql(
                $"""
                select g.* from role_grant g join user_account u on u.id = g.user_id
                where g.role = 'ADMINISTRATOR' and u.status = 'ACTIVE' order by g.user_id for update of g
                """)
            .AsNoTracking()
            .ToListAsync(ct);
        return administrators.Count == 1 && administrators[0].UserId == id;
    }

    /// <summary>The first limit that names nothing.</summary>
    public static async Task<RowLimitUnknown?> FindUnknownLimitAsync(this PlatformDb db, RowLimits rows, CancellationToken ct)
    {
        var entities = rows.LegalEntities ?? [];
        var knownEntities = await db.Set<LegalEntity>().Where(row => entities.Contains(row.Id)).Select(row => row.Id).ToListAsync(ct);
        if (entities.Except(knownEntities).Select(id => id.Value).ToList() is [var entity, ..])
        {
            return new RowLimitUnknown("legalEntities", entity);
        }

        var warehouses = rows.Warehouses ?? [];
        var knownWarehouses = await db.Set<Warehouse>().Where(row => warehouses.Contains(row.Id)).Select(row => row.Id).ToListAsync(ct);
        if (warehouses.Except(knownWarehouses).Select(id => id.Value).ToList() is [var warehouse, ..])
        {
            return new RowLimitUnknown("warehouses", warehouse);
        }

        var suppliers = rows.Suppliers ?? [];
        var knownSuppliers = await db.Set<Supplier>().Where(row => suppliers.Contains(row.Id)).Select(row => row.Id).ToListAsync(ct);
        return suppliers.Except(knownSuppliers).Select(id => id.Value).ToList() is [var supplier, ..]
            ? new RowLimitUnknown("suppliers", supplier)
            : null;
    }

    public static Task<Session?> LockSessionAsync(this PlatformDb db, SessionId id, CancellationToken ct) =>
        db.Set<Session>().FromSql($"select * from session where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    /// <summary>How many ended.</summary>
    public static async Task<int> EndSessionsAsync(this PlatformDb db, UserId user, string reason, DateTimeOffset at, CancellationToken ct)
    {
        await using var end = db.Statement("update session set ended_at = $2, end_reason = $3 where user_id = $1 and ended_at is null");
        end.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = user.Value });
        end.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at });
        end.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reason });
        return await end.ExecuteNonQueryAsync(ct);
    }

    public static Task<ApiKey?> LockApiKeyAsync(this PlatformDb db, ApiKeyId id, CancellationToken ct) =>
        db.Set<ApiKey>().FromSql($"select * from api_key where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<int> CountActiveKeysAsync(this PlatformDb db, UserId user, DateTimeOffset now, CancellationToken ct) =>
        db.Set<ApiKey>().CountAsync(key => key.UserId == user && key.ExpiresAt > now && (key.RevokedAt == null || key.RevokedAt > now), ct);

    public static Task<ExternalIdentity?> FindIdentityAsync(this PlatformDb db, string issuer, string subject, CancellationToken ct) =>
        db.Set<ExternalIdentity>().SingleOrDefaultAsync(identity => identity.Issuer == issuer && identity.SubjectName == subject, ct);

    /// <summary>Tells every node, at the commit, that what it remembers of the account is out of date.</summary>
    public static async Task AnnounceAsync(this PlatformDb db, UserId user, CancellationToken ct)
    {
        await using var notify = db.Statement($"select pg_notify('{AccessChanges.Channel}', $1)");
        notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = user.ToString() });
        await notify.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>Where changes of access are announced.</summary>
public static class AccessChanges
{
    /// <summary>PostgreSQL's notification; its payload is the user's id.</summary>
    public const string Channel = "platform_access";
}

internal sealed class UserMapping : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("user_account").HasKey(user => user.Id);
        builder.Property(user => user.Id).ValueGeneratedNever();
        builder.Property(user => user.Version).IsConcurrencyToken();
        builder.Property(user => user.LegalEntities).HasColumnType("uuid[]");
        builder.Property(user => user.Warehouses).HasColumnType("uuid[]");
        builder.Property(user => user.Suppliers).HasColumnType("uuid[]");
    }
}

internal sealed class RoleGrantMapping : IEntityTypeConfiguration<RoleGrant>
{
    public void Configure(EntityTypeBuilder<RoleGrant> builder)
    {
        builder.ToTable("role_grant").HasKey(grant => new { grant.UserId, grant.Role });
        builder.HasOne<User>().WithMany().HasForeignKey(grant => grant.UserId);
    }
}

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("session").HasKey(session => session.Id);
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.HasOne<User>().WithMany().HasForeignKey(session => session.UserId);
    }
}

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_key").HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Permissions).HasColumnType("text[]");
        builder.Ignore(key => key.EndsAt);
        builder.HasOne<User>().WithMany().HasForeignKey(key => key.UserId);
    }
}

internal sealed class ExternalIdentityMapping : IEntityTypeConfiguration<ExternalIdentity>
{
    public void Configure(EntityTypeBuilder<ExternalIdentity> builder)
    {
        builder.ToTable("external_identity").HasKey(identity => new { identity.Issuer, identity.SubjectName });
        builder.HasOne<User>().WithMany().HasForeignKey(identity => identity.UserId);
    }
}
