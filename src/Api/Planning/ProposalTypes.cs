using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Planning;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Api.Planning;

internal sealed class ReplenishmentPositionType : Readable<ReplenishmentPosition>
{
    public ReplenishmentPositionType()
        : base("ReplenishmentPosition", "replenishmentPositions", "planning.read")
    {
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Free);
        Column(row => row.Waiting);
        Column(row => row.InTransit, "On the way here from another site.");
        Column(row => row.OnOrder);
        Column(row => row.Overdue);
        Column(row => row.DecidedIn);
        Column(row => row.DecidedOut);
        Column(row => row.Promised, "Promised to customers and not allocated yet.");
        Column(row => row.Committed);
        Column(row => row.Projected);
        Column(row => row.DemandPerDay, "The demand of a day.");
        Column(row => row.DemandSpread);
        Column(row => row.DemandSource, "Where the demand is taken from.");
        Column(row => row.LeadTimeDays, "How long it takes.");
        Column(row => row.LeadTimeSpreadDays, "The standard deviation of that.");
        Column(row => row.LeadTimeSource, "Who says how long it takes.");
        Column(row => row.ReviewDays, "How long the item is not looked at, in days.");
        Column(row => row.ServiceFactor);
        Column(row => row.SafetyStock);
        Column(row => row.ReorderPoint);
        Column(row => row.OrderUpTo, "Up to this much is ordered.");
        Column(row => row.Multiple, "What is proposed comes in multiples of this.");
        Column(row => row.Gap);
        Column(row => row.RunsOutOn);
        Column(row => row.EmergencyQuantity, "What is proposed in a hurry.");
        Column(row => row.OrderQuantity, "What is proposed as usual.");
        Column(row => row.Surplus);
        Column(row => row.IsDue, "Whether it was looked at, not only counted.");
        Column(row => row.ComputedAt, "When it was counted.");
        One<Item>("item", row => row.ItemId, "The item.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<ReplenishmentPolicy>("policy", row => row.PolicyId, "How it is replenished.");
        One<ReplenishmentRun>("run", row => row.RunId, "The run that counted it.");
    }
}

internal sealed class ReorderProposalType : Readable<ReorderProposal>
{
    public ReorderProposalType()
        : base("ReorderProposal", "reorderProposals", "planning.read")
    {
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Number, "Its number.");
        Column(row => row.Origin, "Whether the plan or a person says so.");
        Column(row => row.Kind, "Whether it is in a hurry.");
        Column(row => row.Status, "How far it has come.");
        Column(row => row.Quantity);
        Column(row => row.NeededOn, "When it is needed.");
        Column(row => row.Arithmetic);
        Column(row => row.Reason, "Why somebody asked for it.");
        Column(row => row.Project);
        Column(row => row.Source, "Whether it is bought or moved.");
        Column(row => row.DecidedQuantity);
        Column(row => row.DecidedBy, "The account that decided.");
        Column(row => row.DecidedAt, "When it was decided.");
        Column(row => row.DecisionReason, "Why it was decided so.");
        Column(row => row.OrderLine, "The line of the order.");
        Column(row => row.Impact);
        Column(row => row.Shipped);
        Column(row => row.Arrived);
        Column(row => row.HushedUntil);
        Column(row => row.AskedBy, "The account that asked for it.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Number);
        One<Item>("item", row => row.ItemId, "What is needed.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "Where.");
        One<ReplenishmentRun>("run", row => row.RunId, "The run that proposed or revised it last.");
        One<Supplier>("supplier", row => row.SupplierId, "From whom it is bought.");
        One<Warehouse>("fromWarehouse", row => row.FromWarehouseId, "From where it is moved.");
        One<PurchaseOrder>("order", row => row.OrderId, "The order it stands in.");
        One<PurchaseAgreement>("agreement", row => row.AgreementId, "The agreement that is called off.");
        One<ReorderProposal>("partOf", row => row.PartOfId, "The need of which it is a part.");
        One<Bin>("transitBin", row => row.TransitBinId, "Where its goods lie between the two sites.");
        Many<ReorderProposal>("parts", row => row.PartOfId, "The other parts of the need, where it was split.");
        Many<SourcingOption>("options", row => row.ProposalId, "Every way in which it could be met, with what speaks for and against it.");
    }
}

internal sealed class SourcingOptionType : Readable<SourcingOption>
{
    public SourcingOptionType()
        : base("SourcingOption", "sourcingOptions", "planning.read")
    {
        ScopedLike<ReorderProposal>(row => row.ProposalId);
        Column(row => row.Rank);
        Column(row => row.Kind, "Whether it would be bought or moved.");
        Column(row => row.Quantity);
        Column(row => row.UnitCost, "What one base unit costs, or its way here.");
        Column(row => row.Cost);
        Column(row => row.Worth);
        Column(row => row.ArrivesOn, "When it would be here.");
        Column(row => row.OnTimePercent);
        Column(row => row.SharePercent);
        Column(row => row.SharedPercent);
        Column(row => row.Verdict, "Whether it meets the need.");
        Column(row => row.Outcome, "Whether it was taken.");
        Column(row => row.RejectedBecause, "Why it was not taken.");
        One<ReorderProposal>("proposal", row => row.ProposalId, "The need.");
        One<Supplier>("supplier", row => row.SupplierId, "Who would deliver.");
        One<PurchaseAgreement>("agreement", row => row.AgreementId, "The agreement that would be called off.");
        One<Warehouse>("fromWarehouse", row => row.FromWarehouseId, "From where it would be moved.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of the cost.");
    }
}
