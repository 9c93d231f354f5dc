using Platform.Domain.Catalog;
using Platform.Domain.Kernel;

namespace Platform.Domain.Stock.Costing;

public sealed record CostingScopeNotValid(string Why) : InvalidInput
{
    public override string Message => Why;
}

public sealed record CostingRuleStands(CostingRuleId Rule, CostingMethod? Method) : DomainError
{
    public override string Message => Method is null ? "There is no such rule to take back." : $"The rule says {Method} already.";
}

public sealed record CostingRuleNotFound(CostingRuleId Rule) : DomainError
{
    public override string Message => $"There is no rule {Rule}.";
}

public sealed record AmountNotPossible(decimal Amount, string Currency, int Digits) : DomainError
{
    public override string Message => $"{Amount} is no amount of {Currency}, which has {Digits} digits, or it is nothing.";
}

public sealed record UnitCostNotPossible(decimal UnitCost) : DomainError
{
    public override string Message => $"{UnitCost} is not a possible cost of one unit.";
}

/// <summary>Only what came in at a cost of its own can turn out to have cost something else.</summary>
public sealed record NotAReceipt(long Movement) : DomainError
{
    public override string Message => $"Movement {Movement} is no receipt into valued stock of this legal entity.";
}

public sealed record ReceiptWasReversed(long Movement) : DomainError
{
    public override string Message => $"Movement {Movement} was reversed; a cost of it is no cost of stock.";
}

public sealed record NothingToRevalue(ItemId Item) : DomainError
{
    public override string Message => $"Nothing of item {Item} lies in stock, so there is nothing to revalue.";
}

public sealed record CostedAtStandard(ItemId Item) : DomainError
{
    public override string Message => $"Item {Item} is worth its standard cost; change that instead.";
}

public sealed record NotCostedAtStandard(ItemId Item, CostingMethod Method) : DomainError
{
    public override string Message => $"Item {Item} is costed by {Method}; it has no standard cost to change.";
}
