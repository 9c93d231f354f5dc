using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Ledger;

/// <summary>Goods that went from one place to another; never changed, never removed.</summary>
public sealed class StockMovement
{
    private StockMovement()
    {
    }

    public long Id { get; private set; }

    public StockPostingId PostingId { get; private set; }

    public int Line { get; private set; }

    public MovementType Type { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public ItemId ItemId { get; private set; }

    public LotId? LotId { get; private set; }

    public SerialId? SerialId { get; private set; }

    public HandlingUnitId? HandlingUnitId { get; private set; }

    public OwnerId OwnerId { get; private set; }

    public OwnerId? NewOwnerId { get; private set; }

    public PlaceKind FromPlace { get; private set; }

    public BinId? FromBinId { get; private set; }

    public StockCondition? FromCondition { get; private set; }

    public PlaceKind ToPlace { get; private set; }

    public BinId? ToBinId { get; private set; }

    public StockCondition? ToCondition { get; private set; }

    public decimal Quantity { get; private set; }

    public decimal? Weight { get; private set; }

    public decimal? EnteredQuantity { get; private set; }

    public string? EnteredUnit { get; private set; }

    public Guid? DocumentLineId { get; private set; }

    public PartnerId? PartnerId { get; private set; }

    public long? ReversesId { get; private set; }

    public long? ReturnsId { get; private set; }

    public DateTimeOffset OccurredAt { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }
}
