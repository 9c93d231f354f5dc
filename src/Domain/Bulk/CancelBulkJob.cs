using Platform.Domain.Kernel;

namespace Platform.Domain.Bulk;

/// <summary>Ends a job of one's own. Rows written until then stay in its file, and lines that landed stay where they landed.</summary>
[Needs("export.run"), WithinRows]
[Refuses<BulkJobNotFound>, Refuses<BulkJobHasEnded>]
public sealed record CancelBulkJob(BulkJobId Job) : ICommand<BulkJobEnded>;

/// <summary>A job came to its end, by itself or by somebody.</summary>
/// <param name="Job">The id of the job.</param>
/// <param name="Kind">Whether it exported or imported.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Done">How many rows or lines were done.</param>
/// <param name="Refused">How many of them were refused.</param>
/// <param name="Problem">Why it could not go on; null when it did.</param>
/// <param name="Version">The version of the job.</param>
public sealed record BulkJobEnded(
    BulkJobId Job, BulkKind Kind, BulkStatus Status, long Done, long Refused, string? Problem, int Version) : IEvent
{
    public Subject Subject => new(nameof(BulkJob), Job.Value);
}

internal sealed class CancelBulkJobHandler(PlatformDb db) : ICommandHandler<CancelBulkJob, BulkJobEnded>
{
    public async Task<Result<BulkJobEnded>> HandleAsync(CancelBulkJob command, Envelope envelope, CancellationToken ct)
    {
        var job = await db.LockBulkJobAsync(command.Job, ct);
        if (job is null || job.ActorId != envelope.Actor.Id)
        {
            return new BulkJobNotFound(command.Job);
        }

        if (!job.IsOpen)
        {
            return new BulkJobHasEnded(command.Job, job.Status);
        }

        var ended = job.End(BulkStatus.Cancelled, problem: null, envelope.Now);
        db.Raise(ended);
        return ended;
    }
}

/// <summary>The node that worked on a job says how it ended; run by that node only.</summary>
/// <param name="Job">The id of the job.</param>
/// <param name="Lease">The node's own lease: whoever lost it has nothing to say.</param>
/// <param name="Problem">Why it could not go on; null when it is done.</param>
[Needs("bulk.work"), ByTheHostOnly]
[Refuses<BulkJobNotFound>]
public sealed record EndBulkJob(BulkJobId Job, Guid Lease, string? Problem) : ICommand<BulkJobEnded>;

internal sealed class EndBulkJobHandler(PlatformDb db) : ICommandHandler<EndBulkJob, BulkJobEnded>
{
    public async Task<Result<BulkJobEnded>> HandleAsync(EndBulkJob command, Envelope envelope, CancellationToken ct)
    {
        var job = await db.LockBulkJobAsync(command.Job, ct);
        if (job is null || job.Lease != command.Lease || job.Status != BulkStatus.Running)
        {
            return new BulkJobNotFound(command.Job);
        }

        var ended = job.End(command.Problem is null ? BulkStatus.Done : BulkStatus.Failed, command.Problem, envelope.Now);
        db.Raise(ended);
        return ended;
    }
}
