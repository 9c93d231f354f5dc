using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Stock.Ledger;

/// <summary>One document's movements, as they were posted together.</summary>
public sealed class StockPosting
{
    private StockPosting()
    {
    }

    public StockPostingId Id { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public string DocumentKind { get; private set; } = string.Empty;

    public string? DocumentNumber { get; private set; }

    public Guid? DocumentId { get; private set; }

    public string? ReasonCode { get; private set; }

    public string? ReasonText { get; private set; }

    public string? Evidence { get; private set; }

    public Guid? ApprovalId { get; private set; }

    public ActorKind ActorKind { get; private set; }

    public Guid ActorId { get; private set; }

    public Guid CorrelationId { get; private set; }

    public DateOnly PostingDate { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }
}
