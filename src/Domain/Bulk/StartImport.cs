using Platform.Domain.Kernel;

namespace Platform.Domain.Bulk;

/// <summary>
/// Runs a mutation once for every line of an uploaded file, and keeps line by line what became of it. A line that was run is
/// not run again, whatever happens to the node.
/// </summary>
/// <param name="Document">A mutation with one root field.</param>
/// <param name="File">The uploaded file: one JSON object of variables a line, or comma-separated rows under the paths of variables.</param>
/// <param name="Policy">What happens to the other lines when some are wrong.</param>
/// <param name="IsDryRun">Whether everything is tried and nothing is kept.</param>
[Needs("import.run"), WithinRows]
[Refuses<InvalidField>, Refuses<DocumentNotUsable>, Refuses<BulkFileNotFound>, Refuses<FileHasTooManyLines>, Refuses<TooManyJobs>]
public sealed record StartImport(string Document, BulkFileId File, ImportPolicy Policy, bool IsDryRun) : ICommand<ImportStarted>
{
    /// <summary>One transaction holds locks until it ends.</summary>
    public const int MostTogether = 5_000;

    internal bool IsTogether => IsDryRun || Policy == ImportPolicy.RejectEverything;
}

/// <summary>An import waits for its turn.</summary>
public sealed record ImportStarted(BulkJobId Job, BulkFileId File, ImportPolicy Policy, bool IsDryRun, DateTimeOffset At) : IEvent
{
    public Subject Subject => new(nameof(BulkJob), Job.Value);
}

internal sealed class StartImportHandler(PlatformDb db, IEnumerable<IBulkDocuments> documents) : ICommandHandler<StartImport, ImportStarted>
{
    public async Task<Result<ImportStarted>> HandleAsync(StartImport command, Envelope envelope, CancellationToken ct)
    {
        if ((BulkText.Check("document", command.Document) ?? Field.Known<ImportPolicy>("policy", command.Policy)) is { } invalid)
        {
            return invalid;
        }

        if (documents.Select(known => known.FaultOfImport(command.Document)).FirstOrDefault(fault => fault is not null) is { } fault)
        {
            return new DocumentNotUsable(fault);
        }

        // Whoever else's is not found.
        var file = await db.FindBulkFileAsync(command.File, envelope.Actor, envelope.Now, ct);
        if (file is null)
        {
            return new BulkFileNotFound(command.File);
        }

        if (file.Columns is { } columns
            && documents.Select(known => known.FaultOfColumns(command.Document, columns)).FirstOrDefault(fault => fault is not null) is { } unknown)
        {
            return new DocumentNotUsable(unknown);
        }

        if (command.IsTogether && file.Lines > StartImport.MostTogether)
        {
            return new FileHasTooManyLines(command.File, file.Lines, StartImport.MostTogether);
        }

        var open = await db.OpenJobsAsync(envelope.Actor, ct);
        if (open >= BulkJob.MostOpenPerActor)
        {
            return new TooManyJobs(open, BulkJob.MostOpenPerActor);
        }

        var id = new BulkJobId(Guid.CreateVersion7(envelope.Now));
        db.Add(BulkJob.Of(id, command, file, envelope));
        var started = new ImportStarted(id, command.File, command.Policy, command.IsDryRun, envelope.Now);
        db.Raise(started);
        return started;
    }
}
