namespace Platform.Domain.Finance;

/// <summary>An amount that went from one account to another.</summary>
public sealed class JournalLine
{
    private JournalLine()
    {
    }

    public long JournalId { get; private set; }

    public short Line { get; private set; }

    public int DebitAccountId { get; private set; }

    public int CreditAccountId { get; private set; }

    public decimal Amount { get; private set; }

    public DateOnly PostingDate { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }
}
