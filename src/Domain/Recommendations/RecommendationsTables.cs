using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Recommendations;

internal sealed class RecommendationsServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddScoped<RejectionReasons>()
        .AddScoped<ApprovedRecommendations>()
        .AddScoped<IApprovalFollower>(provider => provider.GetRequiredService<ApprovedRecommendations>())
        .AddScoped<ICarriedOutFollower>(provider => provider.GetRequiredService<ApprovedRecommendations>())
        .AddScoped<IMaterialFacts, RecommendationFacts>()
        .AddScoped<IMaterialFacts, TermsFacts>()
        .AddScoped<IPolicySimulation, ThresholdSimulation>();
}

/// <summary>The rows of recommendations, and every lock on them: the request first, then the recommendation.</summary>
internal static class RecommendationsTables
{
    public static Task LockRecommendationsAsync(
        this PlatformDb db, RecommendationKind kind, ItemId item, WarehouseId warehouse, CancellationToken ct)
    {
        var key = $"{kind} {item} {warehouse}";
        return db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.Recommendations}, hashtext({key}))", ct);
    }

    public static Task<Recommendation?> LockRecommendationAsync(this PlatformDb db, RecommendationId id, CancellationToken ct) =>
        db.Set<Recommendation>().FromSql($"select * from recommendation where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    /// <summary>The one that this transaction is just making is in no table yet.</summary>
    public static async Task<Recommendation?> FindOrLockRecommendationAsync(this PlatformDb db, RecommendationId id, CancellationToken ct) =>
        db.Set<Recommendation>().Local.FirstOrDefault(made => made.Id == id) ?? await db.LockRecommendationAsync(id, ct);

    public static async Task<Recommendation?> LockOpenRecommendationAsync(
        this PlatformDb db, RecommendationKind kind, ItemId item, WarehouseId warehouse, CancellationToken ct)
    {
        var open = await db.Set<Recommendation>().AsNoTracking()
            .Where(made => made.Kind == kind && made.ItemId == item && made.WarehouseId == warehouse && made.Status == RecommendationStatus.InQueue)
            .Select(made => new { made.Id, made.RequestId })
            .SingleOrDefaultAsync(ct);
        if (open is null)
        {
            return null;
        }

        await db.LockApprovalRequestAsync(open.RequestId!.Value, ct);
        var locked = await db.LockRecommendationAsync(open.Id, ct);

        // Somebody may have decided between the two statements.
        return locked!.Status == RecommendationStatus.InQueue ? locked : null;
    }

    public static async Task<ApprovalRequestId?> FindRequestOfAsync(this PlatformDb db, RecommendationId id, CancellationToken ct) =>
        await db.Set<Recommendation>().AsNoTracking().Where(made => made.Id == id).Select(made => made.RequestId).SingleOrDefaultAsync(ct);

    public static async Task<HashSet<(string Code, Guid Record)>> FindEvidenceKeysAsync(this PlatformDb db, RecommendationId id, CancellationToken ct)
    {
        var rows = await db.Set<RecommendationEvidence>().AsNoTracking()
            .Where(row => row.RecommendationId == id)
            .Select(row => new { row.ReasonCode, row.RecordId })
            .ToListAsync(ct);
        return [.. rows.Select(row => (row.ReasonCode, row.RecordId))];
    }

    public static Task<int> CountFiledAsync(this PlatformDb db, RecommendationKind kind, DateTimeOffset since, CancellationToken ct) =>
        db.Set<Recommendation>().CountAsync(made => made.Kind == kind && made.ProposedAt > since, ct);

    /// <summary>What somebody rejected of the same subject while the same policy holds.</summary>
    public static Task<Recommendation?> FindRejectedAsync(
        this PlatformDb db, RecommendPolicyChange again, DateTimeOffset since, CancellationToken ct) =>
        db.Set<Recommendation>().AsNoTracking()
            .Where(made => made.Kind == again.Kind && made.ItemId == again.Change.Item && made.WarehouseId == again.Change.Warehouse)
            .Where(made => made.Status == RecommendationStatus.Rejected && made.DecidedAt > since)
            .OrderByDescending(made => made.DecidedAt)
            .FirstOrDefaultAsync(ct);

    public static Task<List<Recommendation>> FindFiledAsync(this PlatformDb db, DateTimeOffset since, int most, CancellationToken ct) =>
        db.Set<Recommendation>().AsNoTracking()
            .Where(made => made.ProposedAt > since)
            .OrderByDescending(made => made.ProposedAt)
            .Take(most)
            .ToListAsync(ct);

    /// <summary>Of those of the kind whose outcome is known, how many were right; unclear ones count for neither.</summary>
    public static async Task<TrackRecord> TrackRecordAsync(this PlatformDb db, RecommendationKind kind, CancellationToken ct)
    {
        var known = db.Set<Recommendation>().Where(made => made.Kind == kind && (made.Outcome == OutcomeVerdict.Right || made.Outcome == OutcomeVerdict.Wrong));
        return new TrackRecord(await known.CountAsync(made => made.Outcome == OutcomeVerdict.Right, ct), await known.CountAsync(ct));
    }

    public static async Task<Subject?> FindTermsSubjectAsync(this PlatformDb db, SupplierId supplier, ItemId item, CancellationToken ct)
    {
        var newest = await db.Set<SupplierItemTerms>().AsNoTracking()
            .Where(terms => terms.SupplierId == supplier && terms.ItemId == item)
            .OrderByDescending(terms => terms.Number)
            .FirstOrDefaultAsync(ct);
        return newest is null ? null : new Subject(nameof(SupplierItemTerms), newest.Id.Value);
    }

    /// <summary>The newest terms of the pair whose version is named, with every writer of the pair kept waiting until the commit.</summary>
    public static async Task<SupplierItemTerms?> LockTermsAsync(this PlatformDb db, Guid id, CancellationToken ct)
    {
        var named = await db.Set<SupplierItemTerms>().AsNoTracking().SingleOrDefaultAsync(terms => terms.Id == SupplierItemTermsId.From(id), ct);
        return named is null ? null : await db.LockNewestTermsAsync(named.SupplierId, named.ItemId, ct);
    }

    /// <summary>Open ones whose policy or terms were replaced since, with their requests locked first.</summary>
    public static Task<List<ApprovalRequest>> LockOutdatedRequestsAsync(this PlatformDb db, int most, CancellationToken ct) =>
        db.Set<ApprovalRequest>()
            .FromSql(
                $"""
                select r.* from approval_request r
                join recommendation m on m.request_id = r.id
                where m.status = 'IN_QUEUE' and r.status in ('PENDING', 'APPROVED')
                  and (exists (select from replenishment_policy p where p.item_id = m.item_id and p.warehouse_id = m.warehouse_id
                          and p.number > (m.action_input ->> 'number')::int)
                      or exists (select from supplier_item_terms t where t.item_id = m.item_id and t.supplier_id = m.supplier_id and t.agreed_at > m.proposed_at))
                order by r.id limit {most} for no key update of r skip locked
                """)
            .ToListAsync(ct);

    /// <summary>Decided ones that are old enough to ask what really happened.</summary>
    public static Task<List<Recommendation>> LockFollowedAsync(this PlatformDb db, DateTimeOffset decidedBefore, int most, CancellationToken ct) =>
        db.Set<Recommendation>()
            .FromSql(
                $"""
                select * from recommendation where status in ('EXECUTED', 'REJECTED') and outcome is null and decided_at <= {decidedBefore}
                order by decided_at, id limit {most} for no key update skip locked
                """)
            .ToListAsync(ct);

    /// <summary>How long the supplier's orders of the item took that were sent since.</summary>
    public static async Task<List<double>> FindLeadTimesSinceAsync(
        this PlatformDb db, SupplierId supplier, ItemId item, DateTimeOffset since, CancellationToken ct)
    {
        var seen = await db.Set<LeadTimeObservation>().AsNoTracking()
            .Where(one => one.SupplierId == supplier && one.ItemId == item && one.OrderedAt >= since)
            .Select(one => new { one.LineId, one.OrderedAt, one.ReceivedAt })
            .ToListAsync(ct);
        return [.. seen.GroupBy(one => one.LineId).Select(line => line.Min(one => (one.ReceivedAt - one.OrderedAt).TotalDays))];
    }
}
