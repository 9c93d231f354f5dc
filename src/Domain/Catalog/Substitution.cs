using Platform.Domain.Partners;

namespace Platform.Domain.Catalog;

/// <summary>Whether a rule names the customers it is for, or those it is not for.</summary>
public enum CustomerRule
{
    Allow,
    Deny,
}

/// <summary>Whether one customer takes the substitute.</summary>
public sealed record SubstituteCustomer(CustomerId Customer, CustomerRule Rule);

/// <summary>One item may stand in for another, in one direction or in both (CAT-07).</summary>
public sealed class ItemSubstitute
{
    private readonly List<ItemSubstituteCustomer> _customers = [];

    private ItemSubstitute()
    {
    }

    public ItemSubstituteId Id { get; private set; }

    public ItemId ItemId { get; private set; }

    public ItemId SubstituteId { get; private set; }

    public bool IsSymmetric { get; private set; }

    /// <summary>The lowest is offered first.</summary>
    public int Rank { get; private set; }

    public DateOnly ValidFrom { get; private set; }

    public DateOnly? ValidTo { get; private set; }

    public bool NeedsApproval { get; private set; }

    public RowStatus Status { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public IReadOnlyList<ItemSubstituteCustomer> Customers => _customers;

    /// <summary>Whether it may be offered in the place of an item, on a day, to a customer.</summary>
    public bool StandsInFor(ItemId item, DateOnly day, CustomerId customer)
    {
        var pointsThatWay = ItemId == item || (IsSymmetric && SubstituteId == item);
        return pointsThatWay
            && Status == RowStatus.Active
            && ValidFrom <= day
            && (ValidTo is null || ValidTo >= day)
            && Takes(customer);
    }

    /// <summary>No rule: everybody. Allowed ones: only they. Denied ones: all but they.</summary>
    private bool Takes(CustomerId customer)
    {
        var own = _customers.Find(rule => rule.CustomerId == customer);
        return own is null ? !_customers.Exists(rule => rule.Rule == CustomerRule.Allow) : own.Rule == CustomerRule.Allow;
    }

    internal static ItemSubstitute Create(SubstituteLinked linked, DateTimeOffset now)
    {
        var link = new ItemSubstitute
        {
            Id = linked.Link,
            ItemId = linked.Item,
            SubstituteId = linked.Substitute,
            IsSymmetric = linked.IsSymmetric,
            Rank = linked.Rank,
            ValidFrom = linked.ValidFrom,
            ValidTo = linked.ValidTo,
            NeedsApproval = linked.NeedsApproval,
            Status = RowStatus.Active,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        link._customers.AddRange(linked.Customers.Select(rule => new ItemSubstituteCustomer(linked.Link, rule)));
        return link;
    }

    internal void Retire(DateTimeOffset now)
    {
        Status = RowStatus.Retired;
        Version++;
        UpdatedAt = now;
    }
}

/// <summary>One customer's rule about one substitution.</summary>
public sealed class ItemSubstituteCustomer
{
    private ItemSubstituteCustomer()
    {
    }

    internal ItemSubstituteCustomer(ItemSubstituteId link, SubstituteCustomer rule)
    {
        ItemSubstituteId = link;
        CustomerId = rule.Customer;
        Rule = rule.Rule;
    }

    public ItemSubstituteId ItemSubstituteId { get; private set; }

    public CustomerId CustomerId { get; private set; }

    public CustomerRule Rule { get; private set; }
}
