using Platform.Domain.Kernel;

namespace Platform.Domain.Bulk;

/// <summary>
/// Runs a query from its first page to its last and keeps the rows in a file. It sees what the one who asked may see, while it
/// runs; it survives restarts.
/// </summary>
/// <param name="Document">A query with one root field: a connection, which is paged through, or a list.</param>
/// <param name="Variables">The query's variables, as a JSON object; null when it has none.</param>
/// <param name="Format">How rows are written.</param>
[Needs("export.run"), WithinRows]
[Refuses<InvalidField>, Refuses<DocumentNotUsable>, Refuses<TooManyJobs>]
public sealed record StartExport(string Document, string? Variables, ExportFormat Format) : ICommand<ExportStarted>;

/// <summary>An export waits for its turn.</summary>
public sealed record ExportStarted(BulkJobId Job, ExportFormat Format, DateTimeOffset At) : IEvent
{
    public Subject Subject => new(nameof(BulkJob), Job.Value);
}

internal sealed class StartExportHandler(PlatformDb db, IEnumerable<IBulkDocuments> documents) : ICommandHandler<StartExport, ExportStarted>
{
    public async Task<Result<ExportStarted>> HandleAsync(StartExport command, Envelope envelope, CancellationToken ct)
    {
        if ((BulkText.Check("document", command.Document)
                ?? (command.Variables is null ? null : BulkText.Check("variables", command.Variables))
                ?? Field.Known<ExportFormat>("format", command.Format)) is { } invalid)
        {
            return invalid;
        }

        if (documents.Select(known => known.FaultOfExport(command.Document, command.Variables)).FirstOrDefault(fault => fault is not null) is { } fault)
        {
            return new DocumentNotUsable(fault);
        }

        var open = await db.OpenJobsAsync(envelope.Actor, ct);
        if (open >= BulkJob.MostOpenPerActor)
        {
            return new TooManyJobs(open, BulkJob.MostOpenPerActor);
        }

        var id = new BulkJobId(Guid.CreateVersion7(envelope.Now));
        db.Add(BulkJob.Of(id, command, envelope));
        var started = new ExportStarted(id, command.Format, envelope.Now);
        db.Raise(started);
        return started;
    }
}

/// <summary>Knows the language that documents are written in; the domain does not.</summary>
public interface IBulkDocuments
{
    /// <summary>Why the document cannot be exported; null when it can.</summary>
    string? FaultOfExport(string document, string? variables);

    /// <summary>Why no line can be imported by the document; null when it can.</summary>
    string? FaultOfImport(string document);

    /// <summary>Which of the columns are no part of the document's variables; null when all are.</summary>
    string? FaultOfColumns(string document, IReadOnlyList<string> columns);
}

internal static class BulkText
{
    private const int Longest = 50_000;

    public static InvalidField? Check(string field, string text) =>
        text.Length is > 0 and <= Longest ? null : Field.Invalid(field, $"must have 1 to {Longest} characters", $"{text.Length} characters");
}
