using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Finance;

/// <summary>The document behind a journal that no change of stock value stands for: an invoice, a credit, a payment.</summary>
public sealed class JournalDocument
{
    private JournalDocument()
    {
    }

    public long JournalId { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    /// <summary>What kind of document.</summary>
    public string Kind { get; private set; } = string.Empty;

    /// <summary>The document's number.</summary>
    public string Number { get; private set; } = string.Empty;

    public Guid DocumentId { get; private set; }

    public DateOnly PostingDate { get; private set; }

    public Guid BookedBy { get; private set; }

    public Guid CorrelationId { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    internal static JournalDocument Of(long journal, LegalEntityId entity, BookedDocument document, DateOnly day, Envelope envelope) => new()
    {
        JournalId = journal,
        LegalEntityId = entity,
        Kind = document.Kind,
        Number = document.Number,
        DocumentId = document.Id,
        PostingDate = day,
        BookedBy = envelope.Actor.Id,
        CorrelationId = envelope.CorrelationId,
        RecordedAt = envelope.Now,
    };
}

/// <summary>What is booked: the kind of document, its number and its id.</summary>
public sealed record BookedDocument(string Kind, string Number, Guid Id);

public sealed record PeriodClosed(LegalEntityId LegalEntity, DateOnly PostingDate) : DomainError
{
    public override string Message => $"The month of {PostingDate:yyyy-MM-dd} is closed; choose a posting date in an open one.";
}

/// <summary>Books journals of documents, in the transaction of whoever posts them. A closed month takes none (I-20).</summary>
public sealed class JournalBook(PlatformDb db)
{
    /// <summary>The journal's number; moves of nothing are left out.</summary>
    public async Task<Result<BookedJournal>> BookAsync(
        LedgerEntity entity, BookedDocument document, IEnumerable<JournalMove> moves, Envelope envelope, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        if (await db.SharePeriodAsync(entity.Id, day, ct) == PeriodStatus.Closed)
        {
            return new PeriodClosed(entity.Id, day);
        }

        var journal = new BookedJournal(await db.NextJournalAsync(ct), day);
        db.Add(JournalDocument.Of(journal.Id, entity.Id, document, day, envelope));
        await db.WriteJournalAsync(entity, journal, [.. moves.Where(move => move.Amount != 0m)], envelope.Now, ct);
        return journal;
    }
}

/// <summary>A journal as it was booked.</summary>
public sealed record BookedJournal(long Id, DateOnly PostingDate);
