using System.Text.Json;
using Platform.Domain.Kernel;

namespace Platform.Domain.Exceptions;

/// <summary>A signal as it came.</summary>
public sealed class ExceptionSignal
{
    private ExceptionSignal()
    {
    }

    public Guid Id { get; private set; }

    public ExceptionCaseId CaseId { get; private set; }

    public string SourceKind { get; private set; } = string.Empty;

    public Guid SourceId { get; private set; }

    public string SourceEvent { get; private set; } = string.Empty;

    public decimal? ValueAtStake { get; private set; }

    public string? CurrencyCode { get; private set; }

    public string Facts { get; private set; } = "[]";

    public Guid SignalledBy { get; private set; }

    public DateTimeOffset SignalledAt { get; private set; }

    internal static ExceptionSignal Of(ExceptionCaseId id, Signal signal, Envelope envelope) => new()
    {
        Id = Guid.CreateVersion7(envelope.Now),
        CaseId = id,
        SourceKind = signal.Source.Kind,
        SourceId = signal.Source.Id,
        SourceEvent = signal.SourceEvent,
        ValueAtStake = signal.ValueAtStake,
        CurrencyCode = signal.Currency,
        Facts = JsonSerializer.Serialize(signal.Facts, KernelJson.Options),
        SignalledBy = envelope.Actor.Id,
        SignalledAt = envelope.Now,
    };
}

/// <summary>What somebody wrote into a case: a comment, evidence, a decision. It stays.</summary>
public sealed class ExceptionNote
{
    private ExceptionNote()
    {
    }

    public ExceptionNoteId Id { get; private set; }

    public ExceptionCaseId CaseId { get; private set; }

    public NoteKind Kind { get; private set; }

    public string Body { get; private set; } = string.Empty;

    /// <summary>Where the photo or the document is kept.</summary>
    public string? Evidence { get; private set; }

    public Guid AuthorId { get; private set; }

    public string Author { get; private set; } = string.Empty;

    public DateTimeOffset At { get; private set; }

    internal static ExceptionNote Write(ExceptionNoteId id, AddCaseNote note, Envelope envelope) => new()
    {
        Id = id,
        CaseId = note.Case,
        Kind = note.Kind,
        Body = note.Body,
        Evidence = note.Evidence,
        AuthorId = envelope.Actor.Id,
        Author = envelope.Actor.Name,
        At = envelope.Now,
    };
}
