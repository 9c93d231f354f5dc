using Platform.Domain.Partners;

namespace Platform.Domain.Finance;

/// <summary>A month of a legal entity's books; a month without a row is open.</summary>
public sealed class AccountingPeriod
{
    private AccountingPeriod()
    {
    }

    public Guid Id { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public DateOnly FirstDay { get; private set; }

    public PeriodStatus Status { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public Guid? ClosedBy { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }
}
