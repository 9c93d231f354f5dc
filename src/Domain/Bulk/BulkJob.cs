using Platform.Domain.Kernel;

namespace Platform.Domain.Bulk;

/// <summary>Whether a job takes rows out or brings lines in.</summary>
public enum BulkKind
{
    Export,
    Import,
}

/// <summary>Where a job stands.</summary>
public enum BulkStatus
{
    /// <summary>It has not begun.</summary>
    Waiting,

    /// <summary>A node works on it; another goes on should that one stop.</summary>
    Running,

    /// <summary>It came to its end; an import says line by line what became of it.</summary>
    Done,

    /// <summary>It could not go on; the problem says why.</summary>
    Failed,

    /// <summary>Somebody ended it; what it did until then stands.</summary>
    Cancelled,
}

/// <summary>How the rows of an export are written.</summary>
public enum ExportFormat
{
    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>Comma-separated values with a header, as in RFC 4180.</summary>
    Csv,
}

/// <summary>An export or import, from its request to its end. Its progress is written by the node that works on it.</summary>
public sealed class BulkJob
{
    /// <summary>Jobs of one person that have not ended; more wait outside.</summary>
    public const int MostOpenPerActor = 10;

    private BulkJob()
    {
    }

    public BulkJobId Id { get; private set; }

    public BulkKind Kind { get; private set; }

    public BulkStatus Status { get; private set; }

    public string Document { get; private set; } = string.Empty;

    public string? Variables { get; private set; }

    public ExportFormat? Format { get; private set; }

    public ImportPolicy? Policy { get; private set; }

    public bool IsDryRun { get; private set; }

    public BulkFileId? FileId { get; private set; }

    public ActorKind ActorKind { get; private set; }

    public Guid ActorId { get; private set; }

    public Guid PersonId { get; private set; }

    public string ActorName { get; private set; } = string.Empty;

    /// <summary>What the asker held when asking: the job may do no more, and less when something was taken back since.</summary>
    public string[] Permissions { get; private set; } = [];

    public long Done { get; private set; }

    public long Refused { get; private set; }

    public long? Total { get; private set; }

    public string? Position { get; private set; }

    public long Bytes { get; private set; }

    public int Pieces { get; private set; }

    public string? Problem { get; private set; }

    public int Attempts { get; private set; }

    public Guid? Lease { get; private set; }

    public DateTimeOffset? LeasedUntil { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public int Version { get; private set; }

    public bool IsOpen => Status is BulkStatus.Waiting or BulkStatus.Running;

    internal static BulkJob Of(BulkJobId id, StartExport asked, Envelope envelope) => Of(id, BulkKind.Export, asked.Document, envelope, job =>
    {
        job.Variables = asked.Variables;
        job.Format = asked.Format;
    });

    internal static BulkJob Of(BulkJobId id, StartImport asked, BulkFile file, Envelope envelope) =>
        Of(id, BulkKind.Import, asked.Document, envelope, job =>
        {
            job.FileId = asked.File;
            job.Policy = asked.Policy;
            job.IsDryRun = asked.IsDryRun;
            job.Total = file.Lines;
        });

    internal BulkJobEnded End(BulkStatus status, string? problem, DateTimeOffset at)
    {
        Status = status;
        Problem = problem;
        EndedAt = at;
        Lease = null;
        LeasedUntil = null;
        Version++;
        return new BulkJobEnded(Id, Kind, status, Done, Refused, problem, Version);
    }

    private static BulkJob Of(BulkJobId id, BulkKind kind, string document, Envelope envelope, Action<BulkJob> more)
    {
        var job = new BulkJob
        {
            Id = id,
            Kind = kind,
            Status = BulkStatus.Waiting,
            Document = document,
            ActorKind = envelope.Actor.Kind,
            ActorId = envelope.Actor.Id,
            PersonId = envelope.Actor.Person,
            ActorName = envelope.Actor.Name,
            Permissions = [.. envelope.Permissions.Order(StringComparer.Ordinal)],
            CreatedAt = envelope.Now,
            Version = 1,
        };
        more(job);
        return job;
    }
}

/// <summary>What somebody uploaded to be imported; it is whole, and is forgotten after a day.</summary>
public sealed class BulkFile
{
    private BulkFile()
    {
    }

    public BulkFileId Id { get; private set; }

    public Guid OwnerId { get; private set; }

    public string Name { get; private set; } = string.Empty;

    public long Bytes { get; private set; }

    public int Lines { get; private set; }

    /// <summary>What the cells of its lines are; null when each line is a JSON object.</summary>
    public IReadOnlyList<string>? Columns { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }
}
