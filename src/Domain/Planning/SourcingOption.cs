using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>Whether a way of meeting a need does.</summary>
public enum SourcingVerdict
{
    Fits,

    /// <summary>Less than is needed.</summary>
    Partial,

    /// <summary>After it is needed.</summary>
    Late,

    /// <summary>The supplier may be given no orders.</summary>
    Blocked,

    /// <summary>Nobody said how goods get from there to here.</summary>
    NoLane,
}

public enum SourcingOutcome
{
    Open,
    Chosen,
    Rejected,
}

/// <summary>Why a way was not taken.</summary>
public enum RejectedBecause
{
    Blocked,
    NoLane,
    Late,
    Partial,

    /// <summary>Its minimum or multiple is more than is needed.</summary>
    AboveNeed,
    Dearer,
    LessReliable,
    Later,

    /// <summary>It meets another part of the same need.</summary>
    Shared,

    /// <summary>Whoever decided said why, in words.</summary>
    Planner,
}

/// <summary>A way of meeting a need, with what speaks for and against it (PRC-06, PRC-07).</summary>
public sealed class SourcingOption
{
    private SourcingOption()
    {
    }

    public SourcingOptionId Id { get; private set; }

    public ReorderProposalId ProposalId { get; private set; }

    /// <summary>1 is recommended.</summary>
    public int Rank { get; private set; }

    public SourceKind Kind { get; private set; }

    public SupplierId? SupplierId { get; private set; }

    public WarehouseId? FromWarehouseId { get; private set; }

    /// <summary>The agreement that would be called off.</summary>
    public PurchaseAgreementId? AgreementId { get; private set; }

    /// <summary>How much of the item the supplier is meant to get here, in percent; null when nothing says so.</summary>
    public decimal? SharePercent { get; private set; }

    /// <summary>How much of the last year's orders among those suppliers it got.</summary>
    public decimal? SharedPercent { get; private set; }

    /// <summary>How much would come, in base units.</summary>
    public decimal Quantity { get; private set; }

    public decimal UnitCost { get; private set; }

    /// <summary>What it costs to get the goods here, in its currency.</summary>
    public decimal Cost { get; private set; }

    public string? CurrencyCode { get; private set; }

    /// <summary>The cost in the company's currency; null when nobody knows the rate.</summary>
    public decimal? Worth { get; private set; }

    public DateOnly? ArrivesOn { get; private set; }

    /// <summary>How many of a hundred deliveries of the supplier came when promised; null when none is known.</summary>
    public decimal? OnTimePercent { get; private set; }

    public SourcingVerdict Verdict { get; private set; }

    public SourcingOutcome Outcome { get; private set; }

    public RejectedBecause? RejectedBecause { get; private set; }

    internal bool IsPossible => Verdict is not (SourcingVerdict.Blocked or SourcingVerdict.NoLane);

    internal void Choose() => Outcome = SourcingOutcome.Chosen;

    /// <summary>It was taken for another part of the need.</summary>
    internal void GiveAway() => (Outcome, RejectedBecause) = (SourcingOutcome.Rejected, Planning.RejectedBecause.Shared);

    /// <summary>The same way, as the one that a part of the need takes.</summary>
    internal SourcingOption ChosenFor(ReorderProposalId part, Guid id)
    {
        var option = (SourcingOption)MemberwiseClone();
        (option.Id, option.ProposalId, option.Rank) = (new SourcingOptionId(id), part, 1);
        option.Choose();
        return option;
    }

    internal void Reject(SourcingOption chosen, decimal needed)
    {
        Outcome = SourcingOutcome.Rejected;
        RejectedBecause = WhyNot(chosen, needed);
    }

    /// <summary>The first thing that speaks against this way beside the one that was taken.</summary>
    internal RejectedBecause WhyNot(SourcingOption chosen, decimal needed) => this switch
    {
        { Verdict: SourcingVerdict.Blocked } => Planning.RejectedBecause.Blocked,
        { Verdict: SourcingVerdict.NoLane } => Planning.RejectedBecause.NoLane,
        { Verdict: SourcingVerdict.Late } when chosen.Verdict != SourcingVerdict.Late => Planning.RejectedBecause.Late,
        { Verdict: SourcingVerdict.Partial } when chosen.Quantity > Quantity => Planning.RejectedBecause.Partial,
        _ when Worth > chosen.Worth && Quantity > needed && chosen.Quantity < Quantity => Planning.RejectedBecause.AboveNeed,
        _ when Worth > chosen.Worth => Planning.RejectedBecause.Dearer,
        _ when ArrivesOn > chosen.ArrivesOn => Planning.RejectedBecause.Later,
        _ when OnTimePercent < chosen.OnTimePercent => Planning.RejectedBecause.LessReliable,
        _ => Planning.RejectedBecause.Planner,
    };
}
