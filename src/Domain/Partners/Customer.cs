using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>How important a customer is; scarce goods go by it.</summary>
public enum CustomerTier
{
    Key,
    Standard,
    Occasional,
}

/// <summary>Whether goods may leave in parts (CAT-17).</summary>
public enum ShippingPreference
{
    Partial,
    LineComplete,
    ShipComplete,
}

/// <summary>Whether a customer takes another item in place of the one ordered.</summary>
public enum SubstituteAcceptance
{
    Never,
    AfterApproval,
    Always,
}

/// <summary>What a customer was promised, whole.</summary>
public sealed record CustomerService(
    CustomerTier Tier,
    string? Segment,
    int? ServiceDays,
    ShippingPreference Shipping,
    SubstituteAcceptance Substitutes,
    string? LabelRule) : PartnerChange
{
    public override RecordKind Kind => RecordKind.Customer;

    public override FieldGroup Group => FieldGroup.Service;

    internal override InvalidField? Check() =>
        Field.Known<CustomerTier>("tier", Tier)
        ?? Field.OptionalText("segment", Segment, most: 100)
        ?? Field.Whole("serviceDays", ServiceDays, least: 0, most: 365)
        ?? Field.Known<ShippingPreference>("shipping", Shipping)
        ?? Field.Known<SubstituteAcceptance>("substitutes", Substitutes)
        ?? Field.OptionalText("labelRule", LabelRule, most: 500);
}

/// <summary>How far we trust a customer with goods not yet paid, whole. No limit means unlimited.</summary>
public sealed record CustomerCredit(string Currency, int PaymentTermsDays, decimal? CreditLimit) : PartnerChange
{
    private const decimal MostCredit = 100_000_000_000m;

    public override RecordKind Kind => RecordKind.Customer;

    public override FieldGroup Group => FieldGroup.Credit;

    internal override InvalidField? Check() =>
        CurrencyRule.Check("currency", Currency)
        ?? Field.Whole("paymentTermsDays", PaymentTermsDays, least: 0, most: 365)
        ?? (CreditLimit is < 0 or > MostCredit
            ? Field.Invalid("creditLimit", $"must lie between 0 and {MostCredit}", $"{CreditLimit}")
            : null);
}

/// <summary>A partner we sell to; it shares the partner's id.</summary>
public sealed class Customer : IPartnerRecord
{
    private Customer()
    {
    }

    public CustomerId Id { get; private set; }

    public CustomerTier Tier { get; private set; }

    public string? Segment { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    public int PaymentTermsDays { get; private set; }

    public int? ServiceDays { get; private set; }

    public ShippingPreference ShippingPreference { get; private set; }

    public SubstituteAcceptance AcceptsSubstitutes { get; private set; }

    public string? LabelRule { get; private set; }

    public decimal? CreditLimit { get; private set; }

    public bool IsOnCreditHold { get; private set; }

    public string? CreditHoldReason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>CAT-17: nothing leaves for a customer on hold.</summary>
    public CustomerOnCreditHold? RefuseDelivery() =>
        IsOnCreditHold ? new CustomerOnCreditHold(Id, CreditHoldReason!) : null;

    internal CustomerService Service() =>
        new(Tier, Segment, ServiceDays, ShippingPreference, AcceptsSubstitutes, LabelRule);

    internal CustomerCredit Credit() => new(CurrencyCode, PaymentTermsDays, CreditLimit);

    PartnerChange IPartnerRecord.Current(FieldGroup group) =>
        group == FieldGroup.Credit ? Credit() : Service();

    void IPartnerRecord.Apply(PartnerChange change, DateTimeOffset at)
    {
        if (change is CustomerCredit credit)
        {
            Fill(credit);
        }
        else
        {
            Fill((CustomerService)change);
        }

        Touch(at);
    }

    internal static Customer Create(CustomerRegistered registered, DateTimeOffset now)
    {
        var customer = new Customer { Id = registered.Customer, CreatedAt = now };
        customer.Fill(registered.Service);
        customer.Fill(registered.Credit);
        customer.Touch(now);
        return customer;
    }

    internal void Hold(string reason, DateTimeOffset at)
    {
        IsOnCreditHold = true;
        CreditHoldReason = reason;
        Touch(at);
    }

    internal void Release(DateTimeOffset at)
    {
        IsOnCreditHold = false;
        CreditHoldReason = null;
        Touch(at);
    }

    private void Fill(CustomerService service) =>
        (Tier, Segment, ServiceDays, ShippingPreference, AcceptsSubstitutes, LabelRule) = service;

    private void Fill(CustomerCredit credit) => (CurrencyCode, PaymentTermsDays, CreditLimit) = credit;

    private void Touch(DateTimeOffset at)
    {
        Version++;
        UpdatedAt = at;
    }
}
