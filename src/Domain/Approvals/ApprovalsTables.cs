using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Approvals;

internal sealed class ApprovalKindMapping : IEntityTypeConfiguration<ApprovalKind>
{
    public void Configure(EntityTypeBuilder<ApprovalKind> builder)
    {
        builder.ToTable("approval_kind").HasKey(kind => kind.Code);
        builder.Property(kind => kind.Version).IsConcurrencyToken();
    }
}

internal sealed class ApprovalRequestMapping : IEntityTypeConfiguration<ApprovalRequest>
{
    public void Configure(EntityTypeBuilder<ApprovalRequest> builder)
    {
        builder.ToTable("approval_request").HasKey(request => request.Id);
        builder.Property(request => request.Id).ValueGeneratedNever();
        builder.Property(request => request.Effects).HasColumnType("jsonb");
        builder.Property(request => request.Preconditions).HasColumnType("jsonb");
        builder.Property(request => request.Steps).HasColumnType("jsonb");
        builder.Property(request => request.Outcome).HasColumnType("jsonb");
        builder.Property(request => request.Amount).HasPrecision(19, 4);
        builder.Property(request => request.JudgedAmount).HasPrecision(28, 8);
        builder.Property(request => request.ExecutorPermissions).HasColumnType("text[]");
        builder.Property(request => request.Version).IsConcurrencyToken();
        builder.HasOne<ApprovalKind>().WithMany().HasForeignKey(request => request.Kind);
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(request => request.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(request => request.WarehouseId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(request => request.SupplierId);
    }
}

internal sealed class ApprovalDecisionMapping : IEntityTypeConfiguration<ApprovalDecision>
{
    public void Configure(EntityTypeBuilder<ApprovalDecision> builder)
    {
        builder.ToTable("approval_decision").HasKey(decision => decision.Id);
        builder.Property(decision => decision.Id).ValueGeneratedNever();
        builder.HasOne<ApprovalRequest>().WithMany().HasForeignKey(decision => decision.RequestId);
    }
}

internal sealed class ApprovalCommentMapping : IEntityTypeConfiguration<ApprovalComment>
{
    public void Configure(EntityTypeBuilder<ApprovalComment> builder)
    {
        builder.ToTable("approval_comment").HasKey(comment => comment.Id);
        builder.Property(comment => comment.Id).ValueGeneratedNever();
        builder.HasOne<ApprovalRequest>().WithMany().HasForeignKey(comment => comment.RequestId);
    }
}

internal sealed class ApprovalDelegationMapping : IEntityTypeConfiguration<ApprovalDelegation>
{
    public void Configure(EntityTypeBuilder<ApprovalDelegation> builder)
    {
        builder.ToTable("approval_delegation").HasKey(delegation => delegation.Id);
        builder.Property(delegation => delegation.Id).ValueGeneratedNever();
        builder.Property(delegation => delegation.Roles).HasColumnType("text[]");
        builder.Property(delegation => delegation.Version).IsConcurrencyToken();
    }
}

internal sealed class AutomationLimitMapping : IEntityTypeConfiguration<AutomationLimit>
{
    public void Configure(EntityTypeBuilder<AutomationLimit> builder)
    {
        builder.ToTable("automation_limit").HasKey(limit => limit.Id);
        builder.Property(limit => limit.Id).ValueGeneratedNever();
        builder.Property(limit => limit.MostValuePerDay).HasPrecision(19, 4);
        builder.Property(limit => limit.Version).IsConcurrencyToken();
        builder.HasOne<ApprovalKind>().WithMany().HasForeignKey(limit => limit.Kind);
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(limit => limit.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(limit => limit.WarehouseId);
    }
}

internal sealed class ApprovalsServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddScoped<ShownActions>()
        .AddScoped<Automation>()
        .AddScoped<AmendedApproval>()
        .AddScoped<RequestEnds>()
        .AddScoped<LentRoles>()
        .AddScoped<RequestDesk>()
        .AddScoped(provider => new ApprovalDesk(
            provider.GetRequiredService<PlatformDb>(),
            provider.GetRequiredService<ShownActions>(),
            provider.GetRequiredService<ExchangeRates>(),
            provider.GetRequiredService<Automation>()))
        .AddScoped<IMaterialFacts, KindFacts>()
        .AddScoped<IPolicySimulation, MatrixSimulation>();
}

/// <summary>The rows of approvals, and every lock on them. A request is locked first, then what it is about.</summary>
internal static class ApprovalsTables
{
    public static Task LockApprovalSubjectAsync(this PlatformDb db, Guid subject, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.ApprovalSubjects}, hashtext({subject.ToString()}))", ct);

    public static async Task<bool> IsApprovalOpenAsync(this PlatformDb db, string kind, Guid subject, CancellationToken ct) =>
        db.Set<ApprovalRequest>().Local.Any(request => request.Kind == kind && request.SubjectId == subject && request.EndedAt is null)
        || await db.Set<ApprovalRequest>().AnyAsync(
            request => request.Kind == kind && request.SubjectId == subject && request.EndedAt == null, ct);

    public static Task<ApprovalRequest?> LockApprovalRequestAsync(this PlatformDb db, ApprovalRequestId id, CancellationToken ct) =>
        db.Set<ApprovalRequest>()
            .FromSql($"select * from approval_request where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    public static async Task<IReadOnlyList<StandingWord>> FindStandingWordsAsync(
        this PlatformDb db, ApprovalRequestId id, CancellationToken ct)
    {
        var decisions = await db.Set<ApprovalDecision>()
            .AsNoTracking()
            .Where(decision => decision.RequestId == id && decision.UndoneAt == null)
            .ToListAsync(ct);
        return decisions.ConvertAll(decision => new StandingWord(decision.Step, decision.Role, decision.PersonId, decision.Authority));
    }

    public static Task<ApprovalDecision> LockDecisionAsync(
        this PlatformDb db, ApprovalRequestId id, Guid person, CancellationToken ct) =>
        db.Set<ApprovalDecision>()
            .FromSql(
                $"""
                select * from approval_decision
                where request_id = {id.Value} and person_id = {person} and undone_at is null for no key update
                """)
            .SingleAsync(ct);

    public static async Task<IReadOnlyList<LentRole>> FindLentRolesAsync(
        this PlatformDb db, Guid person, DateTimeOffset now, CancellationToken ct)
    {
        var delegations = await db.Set<ApprovalDelegation>()
            .FromSql($"select * from approval_delegation where to_person = {person} and revoked_at is null and valid_until > {now} order by id for share")
            .AsNoTracking()
            .ToListAsync(ct);
        return [.. delegations.Where(one => one.ValidFrom <= now).Select(one => new LentRole(one.FromPerson, one.Roles))];
    }

    public static Task<ApprovalDelegation?> LockDelegationAsync(this PlatformDb db, ApprovalDelegationId id, CancellationToken ct) =>
        db.Set<ApprovalDelegation>()
            .FromSql($"select * from approval_delegation where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<ApprovalKind?> LockApprovalKindAsync(this PlatformDb db, string code, CancellationToken ct) =>
        db.Set<ApprovalKind>().FromSql($"select * from approval_kind where code = {code} for no key update").SingleOrDefaultAsync(ct);

    public static async Task<HashSet<string>> FindApprovalKindsAsync(this PlatformDb db, CancellationToken ct) =>
        (await db.Set<ApprovalKind>().Select(kind => kind.Code).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Kept as it is until the end: a kind that is put on the list meanwhile waits for what passed before.</summary>
    public static async Task<bool> NeedsHumanAsync(this PlatformDb db, string code, CancellationToken ct) =>
        (await db.Set<ApprovalKind>().FromSql($"select * from approval_kind where code = {code} for share").AsNoTracking().SingleAsync(ct))
        .NeedsHuman;

    /// <summary>What was asked for from a supplier lately, as long as nobody refused it.</summary>
    public static async Task<List<(string Currency, decimal Amount)>> SumRequestedAsync(
        this PlatformDb db, ApprovalSheet sheet, DateTimeOffset since, CancellationToken ct)
    {
        var sums = await db.Set<ApprovalRequest>()
            .Where(request => request.SupplierId == sheet.Supplier && request.LegalEntityId == sheet.LegalEntity)
            .Where(request => request.Kind == sheet.Kind && request.RequestedAt >= since && request.SubjectId != sheet.Subject.Id)
            .Where(request => request.Status == ApprovalStatus.Pending || request.Status == ApprovalStatus.Approved
                || request.Status == ApprovalStatus.Executed)
            .Where(request => request.Amount != null)
            .GroupBy(request => request.CurrencyCode!)
            .Select(group => new { Currency = group.Key, Amount = group.Sum(request => request.Amount!.Value) })
            .ToListAsync(ct);
        return sums.ConvertAll(sum => (sum.Currency, sum.Amount));
    }

    public static Task<List<AutomationLimit>> LockAutomationLimitsAsync(this PlatformDb db, ApprovalSheet sheet, CancellationToken ct)
    {
        var (entity, warehouse) = (sheet.LegalEntity?.Value, sheet.Warehouse?.Value);
        return db.Set<AutomationLimit>()
            .FromSql(
                $"""
                select * from automation_limit
                where kind = {sheet.Kind} and (legal_entity_id is null or legal_entity_id = {entity})
                  and (warehouse_id is null or warehouse_id = {warehouse})
                order by id for no key update
                """)
            .ToListAsync(ct);
    }

    public static Task<AutomationLimit?> LockAutomationLimitAsync(this PlatformDb db, AutomationLimitId id, CancellationToken ct) =>
        db.Set<AutomationLimit>()
            .FromSql($"select * from automation_limit where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<AutomationLimit?> LockAutomationLimitAsync(
        this PlatformDb db, string kind, LegalEntityId? entity, WarehouseId? warehouse, CancellationToken ct)
    {
        var (entityId, warehouseId) = (entity?.Value, warehouse?.Value);
        return db.Set<AutomationLimit>()
            .FromSql(
                $"""
                select * from automation_limit
                where kind = {kind} and legal_entity_id is not distinct from {entityId}::uuid
                  and warehouse_id is not distinct from {warehouseId}::uuid
                for no key update
                """)
            .SingleOrDefaultAsync(ct);
    }

    public static Task<List<AutomationLimit>> LockRunningLimitsAsync(this PlatformDb db, string? kind, CancellationToken ct) =>
        db.Set<AutomationLimit>()
            .FromSql(
                $"""
                select * from automation_limit where not is_stopped and ({kind}::text is null or kind = {kind}::text)
                order by id for no key update
                """)
            .ToListAsync(ct);

    /// <summary>What passed under a limit since a moment, with what this transaction itself let pass.</summary>
    public static async Task<List<(string Currency, decimal Amount)>> FindPassedAsync(
        this PlatformDb db, AutomationLimit limit, DateTimeOffset since, CancellationToken ct)
    {
        var stored = await db.Set<ApprovalRequest>()
            .AsNoTracking()
            .Where(request => request.IsAutomatic && request.Kind == limit.Kind && request.EndedAt >= since)
            .Where(request => limit.LegalEntityId == null || request.LegalEntityId == limit.LegalEntityId)
            .Where(request => limit.WarehouseId == null || request.WarehouseId == limit.WarehouseId)
            .Select(request => new { request.CurrencyCode, request.Amount })
            .ToListAsync(ct);
        var own = db.ChangeTracker.Entries<ApprovalRequest>()
            .Where(entry => entry.State == EntityState.Added && entry.Entity.IsAutomatic && entry.Entity.Kind == limit.Kind)
            .Select(entry => new { entry.Entity.CurrencyCode, entry.Entity.Amount });
        return [.. stored.Concat(own).Select(passed => (passed.CurrencyCode!, passed.Amount!.Value))];
    }

    public static Task<List<ApprovalRequest>> LockLateRequestsAsync(
        this PlatformDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        db.Set<ApprovalRequest>()
            .FromSql(
                $"""
                select * from approval_request
                where status = 'PENDING' and (expires_at <= {now} or (escalates_at <= {now} and escalated_at is null))
                order by requested_at, id limit {most} for no key update skip locked
                """)
            .ToListAsync(ct);

    /// <summary>Those whose moment has come, or to whose document something happened since they were put to sleep.</summary>
    public static Task<List<ApprovalRequest>> LockSleptRequestsAsync(
        this PlatformDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        db.Set<ApprovalRequest>()
            .FromSql(
                $"""
                select * from approval_request r
                where status = 'PENDING' and snoozed_at is not null
                  and (snoozed_until <= {now} or exists (
                      select from event e where e.aggregate_id = r.snoozed_until_event_of and e.recorded_at > r.snoozed_at))
                order by requested_at, id limit {most} for no key update skip locked
                """)
            .ToListAsync(ct);

    public static Task<List<ApprovalRequestId>> FindDueRequestsAsync(
        this PlatformDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        db.Set<ApprovalRequest>()
            .Where(request => request.Status == ApprovalStatus.Approved && request.ExecutesAt <= now)
            .OrderBy(request => request.ExecutesAt)
            .ThenBy(request => request.Id)
            .Take(most)
            .Select(request => request.Id)
            .ToListAsync(ct);

    public static Task<List<ApprovalRequest>> FindRequestsSinceAsync(
        this PlatformDb db, DateTimeOffset since, int most, CancellationToken ct) =>
        db.Set<ApprovalRequest>()
            .AsNoTracking()
            .Where(request => request.RequestedAt >= since)
            .OrderByDescending(request => request.RequestedAt)
            .ThenBy(request => request.Id)
            .Take(most)
            .ToListAsync(ct);

    /// <summary>What the matrix looks at, of a request that was filed.</summary>
    public static ApprovalSheet ToSheet(this ApprovalRequest request) => new()
    {
        Kind = request.Kind,
        Subject = new Subject(request.SubjectKind, request.SubjectId),
        Title = request.Title,
        Effects = [],
        Preconditions = [],
        Amount = request.Amount,
        Currency = request.CurrencyCode,
        LegalEntity = request.LegalEntityId,
        Warehouse = request.WarehouseId,
        Supplier = request.SupplierId,
        SupplierCategory = request.SupplierCategory,
        Criticality = request.Criticality,
        ExceptionType = request.ExceptionType,
        IsOffContract = request.IsOffContract,
    };
}
