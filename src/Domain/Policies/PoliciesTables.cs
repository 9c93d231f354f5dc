using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Policies;

internal sealed class PolicyVersionMapping : IEntityTypeConfiguration<PolicyVersion>
{
    public void Configure(EntityTypeBuilder<PolicyVersion> builder)
    {
        builder.ToTable("policy_version").HasKey(policy => policy.Id);
        builder.Property(policy => policy.Id).ValueGeneratedNever();
        builder.Property(policy => policy.Body).HasColumnType("jsonb");
        builder.Property(policy => policy.Simulation).HasColumnType("jsonb");
        builder.Property(policy => policy.Version).IsConcurrencyToken();
    }
}

/// <summary>The rules in force, and from which version they are.</summary>
internal sealed record PolicyInForce<TBody>(PolicyVersionId Id, int Number, TBody Body);

internal static class PoliciesTables
{
    public static Task<PolicyVersion?> LockPolicyAsync(this PlatformDb db, PolicyVersionId id, CancellationToken ct) =>
        db.Set<PolicyVersion>()
            .FromSql($"select * from policy_version where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    /// <summary>Null where nobody has published any.</summary>
    public static async Task<PolicyInForce<TBody>?> FindPolicyInForceAsync<TBody>(
        this PlatformDb db, PolicyKind kind, DateTimeOffset now, CancellationToken ct)
        where TBody : class
    {
        var policy = await db.Set<PolicyVersion>()
            .AsNoTracking()
            .Where(one => one.Kind == kind && one.Status == PolicyStatus.Published && one.EffectiveFrom <= now)
            .OrderByDescending(one => one.EffectiveFrom)
            .ThenByDescending(one => one.Number)
            .FirstOrDefaultAsync(ct);
        return policy is null ? null : new PolicyInForce<TBody>(policy.Id, policy.Number, policy.Read<TBody>());
    }

    public static TBody Read<TBody>(this PolicyVersion policy)
        where TBody : class => JsonSerializer.Deserialize<TBody>(policy.Body, KernelJson.Options)!;

    /// <summary>Writes the next version of a kind; one at a time, so that numbers have no holes.</summary>
    public static async Task<PolicyDrafted> DraftPolicyAsync(
        this PlatformDb db, PolicyKind kind, object body, string note, Envelope envelope, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.PolicyNumbers}, {(int)kind})", ct);
        var number = 1 + (await db.Set<PolicyVersion>().Where(one => one.Kind == kind).MaxAsync(one => (int?)one.Number, ct) ?? 0);
        var id = new PolicyVersionId(Guid.CreateVersion7(envelope.Now));
        db.Add(PolicyVersion.Draft(id, kind, number, body, note, envelope));
        var drafted = new PolicyDrafted(id, kind, number, note);
        db.Raise(drafted);
        return drafted;
    }
}
