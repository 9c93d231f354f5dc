using Platform.Api.Reading.Declaring;
using Platform.Domain.Finance;
using Platform.Domain.Stock.Ledger;

namespace Platform.Api.Finance;

internal sealed class JournalLineType : Readable<JournalLine>
{
    public JournalLineType()
        : base("JournalLine", "journalLines", "finance.read")
    {
        ScopedLike<Account>(row => row.DebitAccountId);
        Column(row => row.Line, "Its place in the journal.");
        Column(row => row.Amount, "How much, in the currency of the books.");
        Column(row => row.PostingDate);
        Column(row => row.RecordedAt);
        One<ValueEntry>("valueEntry", row => row.JournalId, "The change of stock value that it books, where it books one.");
        One<JournalDocument>("document", row => row.JournalId, "The document that it books, where no change of stock value stands for it.");
        One<Account>("debitAccount", row => row.DebitAccountId, "Where the amount went to.");
        One<Account>("creditAccount", row => row.CreditAccountId, "Where the amount came from.");
    }
}
