namespace Platform.Domain.Finance;

/// <summary>One line of a journal: an amount goes from one account to another, so no journal is ever out of balance.</summary>
public readonly record struct JournalMove(AccountRole Debit, AccountRole Credit, decimal Amount)
{
    /// <summary>A signed amount: a negative one goes the other way, nothing goes nowhere.</summary>
    public static void Add(ICollection<JournalMove> journal, AccountRole debit, AccountRole credit, decimal amount)
    {
        if (amount > 0m)
        {
            journal.Add(new JournalMove(debit, credit, amount));
        }
        else if (amount < 0m)
        {
            journal.Add(new JournalMove(credit, debit, -amount));
        }
    }
}
