using Platform.Domain.Catalog;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Ledger;

/// <summary>How far stock may run below zero, and what an adjustment may be worth without approval.</summary>
public sealed class StockPolicy
{
    private StockPolicy()
    {
    }

    public StockPolicyId Id { get; private set; }

    public ItemId? ItemId { get; private set; }

    public WarehouseId? WarehouseId { get; private set; }

    public decimal Floor { get; private set; }

    public decimal AdjustWithoutApproval { get; private set; }

    public bool NeedsEvidence { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }
}
