using System.Collections.Frozen;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

public enum ProposalOrigin
{
    /// <summary>The policy and the figures say so.</summary>
    Plan,

    /// <summary>Somebody asked for it.</summary>
    Requisition,
}

public enum ProposalKind
{
    Normal,

    /// <summary>What would be missing before a normal order could arrive.</summary>
    Emergency,
}

public enum ProposalStatus
{
    Proposed,

    /// <summary>Somebody said from where it comes.</summary>
    Decided,

    /// <summary>It stands in a purchase order.</summary>
    Ordered,

    /// <summary>It left another site and is not here yet.</summary>
    InTransit,

    /// <summary>It came by transfer.</summary>
    Done,

    /// <summary>Somebody said that it is not needed.</summary>
    Dismissed,

    /// <summary>The need is gone.</summary>
    Withdrawn,
}

public enum ProposalStep
{
    Decide,

    Order,

    /// <summary>The goods left the other site.</summary>
    Ship,

    /// <summary>Some of them came.</summary>
    Receive,

    /// <summary>The last of them came.</summary>
    Arrive,

    /// <summary>No more of them come.</summary>
    Finish,
    Dismiss,
    Withdraw,
}

public enum SourceKind
{
    Buy,

    /// <summary>Bought on an agreement, at its price.</summary>
    CallOff,
    Transfer,
}

/// <summary>A need of an item at a site, and how it is met.</summary>
public sealed class ReorderProposal
{
    /// <summary>The life of a proposal, as its whole table.</summary>
    internal static readonly FrozenDictionary<(ProposalStatus From, ProposalStep Step), ProposalStatus> Steps =
        new Dictionary<(ProposalStatus From, ProposalStep Step), ProposalStatus>
        {
            [(ProposalStatus.Proposed, ProposalStep.Decide)] = ProposalStatus.Decided,
            [(ProposalStatus.Proposed, ProposalStep.Dismiss)] = ProposalStatus.Dismissed,
            [(ProposalStatus.Proposed, ProposalStep.Withdraw)] = ProposalStatus.Withdrawn,
            [(ProposalStatus.Decided, ProposalStep.Order)] = ProposalStatus.Ordered,
            [(ProposalStatus.Decided, ProposalStep.Ship)] = ProposalStatus.InTransit,
            [(ProposalStatus.InTransit, ProposalStep.Receive)] = ProposalStatus.InTransit,
            [(ProposalStatus.InTransit, ProposalStep.Arrive)] = ProposalStatus.Done,
            [(ProposalStatus.InTransit, ProposalStep.Finish)] = ProposalStatus.Done,
            [(ProposalStatus.Decided, ProposalStep.Dismiss)] = ProposalStatus.Dismissed,
        }.ToFrozenDictionary();

    private ReorderProposal()
    {
    }

    public ReorderProposalId Id { get; private set; }

    public string Number { get; private set; } = string.Empty;

    public ProposalOrigin Origin { get; private set; }

    public ProposalKind Kind { get; private set; }

    public ProposalStatus Status { get; private set; }

    public ItemId ItemId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    /// <summary>How much is needed, in base units.</summary>
    public decimal Quantity { get; private set; }

    public DateOnly NeededOn { get; private set; }

    /// <summary>The figures behind it, as JSON; null for what somebody asked for.</summary>
    public string? Arithmetic { get; private set; }

    public ReplenishmentRunId? RunId { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>The project or order that the goods are meant for.</summary>
    public string? Project { get; private set; }

    public SourceKind? Source { get; private set; }

    public SupplierId? SupplierId { get; private set; }

    public WarehouseId? FromWarehouseId { get; private set; }

    /// <summary>The agreement that is called off.</summary>
    public PurchaseAgreementId? AgreementId { get; private set; }

    /// <summary>The need of which it is a part.</summary>
    public ReorderProposalId? PartOfId { get; private set; }

    /// <summary>What is missing below the reorder point, or in all where it is urgent or was asked for, at the price of the recommended way.</summary>
    public decimal? Impact { get; private set; }

    /// <summary>How much left the other site, in base units.</summary>
    public decimal Shipped { get; private set; }

    /// <summary>How much of that is here.</summary>
    public decimal Arrived { get; private set; }

    /// <summary>Where it lies between the two.</summary>
    public BinId? TransitBinId { get; private set; }

    /// <summary>How much was decided to come, in base units.</summary>
    public decimal? DecidedQuantity { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public string? DecisionReason { get; private set; }

    public PurchaseOrderId? OrderId { get; private set; }

    public int? OrderLine { get; private set; }

    /// <summary>Until when the same need is not proposed again.</summary>
    public DateOnly? HushedUntil { get; private set; }

    public Guid? AskedBy { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal DomainError? Refuse(int version, ProposalStep step)
    {
        if (Version != version)
        {
            return new StaleVersion(nameof(ReorderProposal), Id.Value, version, Version);
        }

        return RefuseStep(step);
    }

    internal WrongProposalStatus? RefuseStep(ProposalStep step) =>
        Steps.ContainsKey((Status, step)) ? null : new WrongProposalStatus(Id, Status, step);

    internal void Decide(SourcingOption chosen, decimal quantity, string? reason, Envelope envelope)
    {
        Step(ProposalStep.Decide, envelope.Now);
        (Source, SupplierId, FromWarehouseId, DecidedQuantity) = (chosen.Kind, chosen.SupplierId, chosen.FromWarehouseId, quantity);
        AgreementId = chosen.AgreementId;
        (DecidedBy, DecidedAt, DecisionReason) = (envelope.Actor.Id, envelope.Now, reason);
    }

    internal void Order(PurchaseOrderId order, int line, DateTimeOffset at)
    {
        Step(ProposalStep.Order, at);
        (OrderId, OrderLine) = (order, line);
    }

    internal void Dismiss(string reason, DateOnly until, DateTimeOffset at)
    {
        Step(ProposalStep.Dismiss, at);
        (DecisionReason, HushedUntil) = (reason, until);
    }

    /// <summary>A part of the same need, met in another way.</summary>
    internal ReorderProposal PartOf(
        ReorderProposalId id, string number, SourcingOption chosen, decimal quantity, string reason, Envelope envelope)
    {
        var part = new ReorderProposal
        {
            Id = id,
            Number = number,
            Origin = Origin,
            Kind = Kind,
            Status = ProposalStatus.Proposed,
            ItemId = ItemId,
            WarehouseId = WarehouseId,
            Quantity = quantity,
            NeededOn = NeededOn,
            Arithmetic = Arithmetic,
            RunId = RunId,
            Reason = Reason,
            Project = Project,
            AskedBy = AskedBy,
            PartOfId = Id,
            CreatedAt = envelope.Now,
        };
        part.Decide(chosen, quantity, reason, envelope);
        return part;
    }

    internal void Ship(decimal quantity, BinId transit, DateTimeOffset at)
    {
        Step(ProposalStep.Ship, at);
        (Shipped, TransitBinId) = (quantity, transit);
    }

    internal ProposalStep Receive(decimal quantity, DateTimeOffset at)
    {
        var step = Arrived + quantity == Shipped ? ProposalStep.Arrive : ProposalStep.Receive;
        Step(step, at);
        Arrived += quantity;
        return step;
    }

    internal void Finish(DateTimeOffset at) => Step(ProposalStep.Finish, at);

    internal ProposalMoved Moved(ProposalStep step, ProposalStatus from, string? reason) => new(
        Id, Number, step, from, Status, Kind, ItemId, WarehouseId, DecidedQuantity ?? Quantity, NeededOn, Source, SupplierId, FromWarehouseId,
        OrderId, Version, reason);

    private void Step(ProposalStep step, DateTimeOffset at)
    {
        Status = Steps[(Status, step)];
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>A proposal took a step; everything a list shows of it stands in the event.</summary>
public sealed record ProposalMoved(
    ReorderProposalId ReorderProposal,
    string Number,
    ProposalStep Step,
    ProposalStatus From,
    ProposalStatus To,
    ProposalKind Kind,
    ItemId Item,
    WarehouseId Warehouse,
    decimal Quantity,
    DateOnly NeededOn,
    SourceKind? Source,
    SupplierId? Supplier,
    WarehouseId? FromWarehouse,
    PurchaseOrderId? Order,
    int Version,
    string? Reason) : IEvent
{
    public Subject Subject => new(nameof(Planning.ReorderProposal), ReorderProposal.Value);
}
