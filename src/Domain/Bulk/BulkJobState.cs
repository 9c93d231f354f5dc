using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;

namespace Platform.Domain.Bulk;

/// <summary>A job as its asker sees it.</summary>
public sealed record BulkJobState(
    BulkJobId Job,
    BulkKind Kind,
    BulkStatus Status,
    ExportFormat? Format,
    ImportPolicy? Policy,
    bool IsDryRun,
    long Done,
    long Refused,
    long? Total,
    long Bytes,
    string? Problem,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt);

/// <summary>Whose jobs stand how. Somebody else's are not found.</summary>
public sealed class BulkJobs(IServiceScopeFactory scopes)
{
    public Task<BulkJobState?> FindAsync(BulkJobId id, Guid actor, CancellationToken ct) =>
        ReadAsync(jobs => jobs.Where(job => job.Id == id && job.ActorId == actor).Select(State).SingleOrDefaultAsync(ct));

    public Task<List<BulkJobState>> NewestAsync(Guid actor, int most, CancellationToken ct) => ReadAsync(jobs => jobs
        .Where(job => job.ActorId == actor).OrderByDescending(job => job.CreatedAt).ThenBy(job => job.Id).Take(most).Select(State).ToListAsync(ct));

    private static System.Linq.Expressions.Expression<Func<BulkJob, BulkJobState>> State => job => new BulkJobState(
        job.Id, job.Kind, job.Status, job.Format, job.Policy, job.IsDryRun, job.Done, job.Refused, job.Total, job.Bytes, job.Problem,
        job.CreatedAt, job.StartedAt, job.EndedAt);

    private async Task<T> ReadAsync<T>(Func<IQueryable<BulkJob>, Task<T>> read)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<PlatformDb>().Set<BulkJob>().AsNoTracking());
    }
}
