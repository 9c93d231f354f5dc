using System.Collections.Frozen;
using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>Where a supplier stands with us (CAT-14).</summary>
public enum Onboarding
{
    Candidate,
    Approved,
    Suspended,
}

/// <summary>The steps by which a supplier is let in, stopped and let in again.</summary>
public enum OnboardingStep
{
    Approve,
    Suspend,
    Reinstate,
}

/// <summary>The conditions agreed with a supplier, whole.</summary>
public sealed record SupplierTerms(string Currency, int PaymentTermsDays, decimal? MinimumOrder, int? LeadTimeDays)
    : PartnerChange
{
    public override RecordKind Kind => RecordKind.Supplier;

    public override FieldGroup Group => FieldGroup.Terms;

    internal override InvalidField? Check() =>
        CurrencyRule.Check("currency", Currency)
        ?? Field.Whole("paymentTermsDays", PaymentTermsDays, least: 0, most: 365)
        ?? Field.Positive("minimumOrder", MinimumOrder, most: 100_000_000_000m, decimals: 4)
        ?? Field.Whole("leadTimeDays", LeadTimeDays, least: 0, most: 730);
}

/// <summary>A partner we buy from; it shares the partner's id.</summary>
public sealed class Supplier : IPartnerRecord
{
    /// <summary>The state machine of onboarding, as its whole table.</summary>
    internal static readonly FrozenDictionary<(Onboarding From, OnboardingStep Step), Onboarding> Steps =
        new Dictionary<(Onboarding From, OnboardingStep Step), Onboarding>
        {
            [(Onboarding.Candidate, OnboardingStep.Approve)] = Onboarding.Approved,
            [(Onboarding.Approved, OnboardingStep.Suspend)] = Onboarding.Suspended,
            [(Onboarding.Suspended, OnboardingStep.Reinstate)] = Onboarding.Approved,
        }.ToFrozenDictionary();

    private Supplier()
    {
    }

    public SupplierId Id { get; private set; }

    public Onboarding Onboarding { get; private set; }

    public string? OnboardingReason { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    public int PaymentTermsDays { get; private set; }

    public decimal? MinimumOrder { get; private set; }

    public int? LeadTimeDays { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>CAT-14: orders go to approved suppliers only.</summary>
    public SupplierNotApproved? RefuseOrders() =>
        Onboarding == Onboarding.Approved ? null : new SupplierNotApproved(Id, Onboarding);

    internal SupplierTerms Terms() => new(CurrencyCode, PaymentTermsDays, MinimumOrder, LeadTimeDays);

    PartnerChange IPartnerRecord.Current(FieldGroup group) => Terms();

    void IPartnerRecord.Apply(PartnerChange change, DateTimeOffset at) => Apply((SupplierTerms)change, at);

    internal static Supplier Create(SupplierRegistered registered, DateTimeOffset now)
    {
        var supplier = new Supplier
        {
            Id = registered.Supplier,
            Onboarding = Onboarding.Candidate,
            CreatedAt = now,
        };
        supplier.Apply(registered.Terms, now);
        return supplier;
    }

    internal void Apply(SupplierTerms terms, DateTimeOffset at)
    {
        (CurrencyCode, PaymentTermsDays, MinimumOrder, LeadTimeDays) = terms;
        Version++;
        UpdatedAt = at;
    }

    internal void Apply(OnboardingStep step, string reason, DateTimeOffset at)
    {
        Onboarding = Steps[(Onboarding, step)];
        OnboardingReason = reason;
        Version++;
        UpdatedAt = at;
    }
}
