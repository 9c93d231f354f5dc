using Platform.Api.Reading.Declaring;
using Platform.Domain.Finance;
using Platform.Domain.Partners;

namespace Platform.Api.Finance;

internal sealed class PeriodReconciliationType : Readable<PeriodReconciliation>
{
    public PeriodReconciliationType()
        : base("PeriodReconciliation", "periodReconciliations", "finance.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Column(row => row.FirstDay, "The first day of the month.");
        Column(row => row.ThroughDay);
        Column(row => row.Differences);
        Column(row => row.MadeBy, "The account that compared.");
        Column(row => row.MadeAt, "When it was compared.");
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "Whose books.");
        Many<PeriodReconciliationLine>("lines", row => row.ReconciliationId, "Every figure that was compared.");
    }
}

internal sealed class PeriodReconciliationLineType : Readable<PeriodReconciliationLine>
{
    public PeriodReconciliationLineType()
        : base("PeriodReconciliationLine", "periodReconciliationLines", "finance.read")
    {
        ScopedLike<PeriodReconciliation>(row => row.ReconciliationId);
        Column(row => row.Line, "Its place in the report.");
        Column(row => row.CheckName);
        Column(row => row.What);
        Column(row => row.Expected, "What should be there, in the currency of the books.");
        Column(row => row.Found, "What is there.");
        Column(row => row.Difference, "By how much they differ.");
        One<PeriodReconciliation>("reconciliation", row => row.ReconciliationId, "The report.");
    }
}

internal sealed class JournalDocumentType : Readable<JournalDocument>
{
    public JournalDocumentType()
        : base("JournalDocument", "journalDocuments", "finance.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Column(row => row.Kind);
        Column(row => row.Number);
        Column(row => row.DocumentId, "The id of the document.");
        Column(row => row.PostingDate, "The day of the books.");
        Column(row => row.BookedBy, "The account that booked it.");
        Column(row => row.CorrelationId, "The larger cause.");
        Column(row => row.RecordedAt);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "In whose books it is.");
        Many<JournalLine>("lines", row => row.JournalId, "What it moved from account to account.");
    }
}
