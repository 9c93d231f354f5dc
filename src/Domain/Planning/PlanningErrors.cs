using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

public sealed record ReplenishmentPolicyNotFound(ItemId Item, WarehouseId Warehouse) : DomainError
{
    public override string Message => $"Nothing says how item {Item} is replenished at warehouse {Warehouse}.";
}

public sealed record DemandNotFound(ItemDemandId Demand) : DomainError
{
    public override string Message => $"There is no demand {Demand}.";
}

public sealed record DemandNotSuspect(ItemDemandId Demand, DemandStatus Status) : DomainError
{
    public override string Message => $"Demand {Demand} is {Status}: there is nothing to decide.";
}

public sealed record ReorderProposalNotFound(ReorderProposalId Proposal) : DomainError
{
    public override string Message => $"There is no reorder proposal {Proposal}.";
}

public sealed record WrongProposalStatus(ReorderProposalId Proposal, ProposalStatus Status, ProposalStep Step) : DomainError
{
    public override string Message => $"Reorder proposal {Proposal} is {Status}: there is no step {Step} from there.";
}

public sealed record SourcingOptionNotFound(ReorderProposalId Proposal, SourcingOptionId Option) : DomainError
{
    public override string Message => $"Reorder proposal {Proposal} has no way {Option} to be met.";
}

/// <summary>Nothing can come this way: the supplier may be given no orders, or nobody said how goods get here.</summary>
public sealed record SourceNotPossible(SourcingOptionId Option, SourcingVerdict Verdict) : DomainError
{
    public override string Message => $"Nothing can come this way: {Verdict}.";
}

/// <summary>Another site has more than it needs; whoever buys all the same says why (PRC-07).</summary>
public sealed record TransferFirst(ReorderProposalId Proposal, WarehouseId FromWarehouse, decimal Surplus) : DomainError
{
    public override string Message => $"Warehouse {FromWarehouse} has {Surplus} more than it needs. Give a reason for buying.";
}

/// <summary>Another way than the recommended one is taken only for a reason.</summary>
public sealed record SourcingNeedsReason(ReorderProposalId Proposal, SourcingOptionId Recommended) : DomainError
{
    public override string Message => $"Another way than the recommended one ({Recommended}) needs a reason.";
}

/// <summary>The other site no longer has so much more than it needs.</summary>
public sealed record SurplusGone(WarehouseId FromWarehouse, decimal Surplus, decimal Asked) : DomainError
{
    public override string Message => $"Warehouse {FromWarehouse} has {Surplus} more than it needs, not {Asked}.";
}

/// <summary>What stands in one order is bought from one supplier for one site.</summary>
public sealed record ProposalsDiffer(ReorderProposalId Proposal, SupplierId? Supplier, WarehouseId Warehouse) : DomainError
{
    public override string Message => $"Reorder proposal {Proposal} is for warehouse {Warehouse} and supplier {Supplier}: it does not fit into this order.";
}

/// <summary>What is called off one agreement is not ordered together with anything else.</summary>
public sealed record AgreementsDiffer(ReorderProposalId Proposal, PurchaseAgreementId? Agreement) : DomainError
{
    public override string Message => $"Reorder proposal {Proposal} was decided on agreement {(Agreement is { } one ? one.ToString() : "none")}: it does not fit into this order.";
}

/// <summary>Nobody agreed with the supplier on a price of the item.</summary>
public sealed record NoTermsInForce(SupplierId Supplier, ItemId Item) : DomainError
{
    public override string Message => $"Nothing is agreed with supplier {Supplier} about item {Item}.";
}
