using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

public enum BuyerTaskKind
{
    /// <summary>A need without a decision from where it comes.</summary>
    Decide,

    /// <summary>A decision to buy without an order.</summary>
    Order,

    /// <summary>A case that waits for those who buy.</summary>
    Case,
}

/// <summary>What buyers have to do: ordered by its impact, the queue from which they work (PRC-19). Read only.</summary>
public sealed class BuyerTask
{
    private BuyerTask()
    {
    }

    public Guid Id { get; private set; }

    public BuyerTaskKind Kind { get; private set; }

    public ReorderProposalId? ProposalId { get; private set; }

    public ExceptionCaseId? CaseId { get; private set; }

    public string Title { get; private set; } = string.Empty;

    public bool IsUrgent { get; private set; }

    public LegalEntityId? LegalEntityId { get; private set; }

    public WarehouseId? WarehouseId { get; private set; }

    public SupplierId? SupplierId { get; private set; }

    public ItemId? ItemId { get; private set; }

    public decimal? Impact { get; private set; }

    public string? CurrencyCode { get; private set; }

    public DateOnly DueOn { get; private set; }

    public DateTimeOffset Since { get; private set; }
}
