using Platform.Api.Reading.Declaring;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Ledger;

namespace Platform.Api.Stock;

internal sealed class StockPostingType : Readable<StockPosting>
{
    public StockPostingType()
        : base("StockPosting", "stockPostings", "stock.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        ScopedByParts<StockMovement>(movement => movement.PostingId);
        Column(row => row.DocumentKind, "The kind of document.");
        Column(row => row.DocumentNumber, "The document's number.");
        Column(row => row.DocumentId, "The document's id.");
        Column(row => row.ReasonCode, "Why, by a code.");
        Column(row => row.ReasonText, "Why, in words.");
        Column(row => row.Evidence, "What proves it.");
        Column(row => row.ApprovalId, "The approval it was posted under.");
        Column(row => row.ActorKind, "What kind of actor posted it.");
        Column(row => row.ActorId, "Who posted it.");
        Column(row => row.CorrelationId, "The request it was posted by.");
        Column(row => row.PostingDate);
        Column(row => row.RecordedAt);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "In whose books it stands.");
        Many<StockMovement>("movements", row => row.PostingId, "Its movements.");
        Many<ValueEntry>("valueEntries", row => row.PostingId, "What it did to the value of stock.");
    }
}
