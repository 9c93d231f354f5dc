using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality.Disposing;

/// <summary>What becomes of goods that failed (QLT-03).</summary>
public enum DispositionKind
{
    /// <summary>Used all the same; somebody else than whoever quarantined or inspected it says so.</summary>
    UseAsIs,

    /// <summary>Put right, then inspected again.</summary>
    Rework,
    ReturnToSupplier,
    Scrap,

    /// <summary>Kept apart as second choice.</summary>
    Downgrade,
}

public enum DispositionStatus
{
    /// <summary>Others decide about it.</summary>
    Proposed,
    CarriedOut,

    /// <summary>It was not agreed to, or could not be done any more.</summary>
    Ended,
}

/// <summary>What somebody proposes for goods that failed; it happens when those who must have agreed.</summary>
public sealed class Disposition
{
    /// <summary>The one kind of document line that is named where no inspection says which it was.</summary>
    internal const string ReceiptLineKind = "ReceiptLine";

    private Disposition()
    {
    }

    public DispositionId Id { get; private set; }

    public string Number { get; private set; } = string.Empty;

    public DispositionKind Kind { get; private set; }

    public DispositionStatus Status { get; private set; }

    /// <summary>The document line that brought the goods, where it is known.</summary>
    public string? SourceKind { get; private set; }

    public Guid? SourceId { get; private set; }

    public InspectionId? InspectionId { get; private set; }

    public InspectionPartId? InspectionPartId { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public BinId BinId { get; private set; }

    public ItemId ItemId { get; private set; }

    public LotId? LotId { get; private set; }

    public SerialId? SerialId { get; private set; }

    public HandlingUnitId? HandlingUnitId { get; private set; }

    public OwnerId OwnerId { get; private set; }

    public SupplierId? SupplierId { get; private set; }

    public StockCondition Condition { get; private set; }

    /// <summary>What the goods are when they are used: usable, or received again where their release waits for putaway.</summary>
    public StockCondition UsedAs { get; private set; }

    public decimal Quantity { get; private set; }

    public decimal? Weight { get; private set; }

    /// <summary>What the goods stand at in the books.</summary>
    public decimal Value { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    public string Reason { get; private set; } = string.Empty;

    /// <summary>Where the photo or the document is kept.</summary>
    public string? Evidence { get; private set; }

    public Guid ProposedBy { get; private set; }

    public Guid ProposedByPerson { get; private set; }

    public DateTimeOffset ProposedAt { get; private set; }

    public Guid? CarriedOutByPerson { get; private set; }

    public DateTimeOffset? CarriedOutAt { get; private set; }

    public StockPostingId? PostingId { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndReason { get; private set; }

    public int Version { get; private set; }

    internal Piece Piece => new(BinId, ItemId, OwnerId, LotId, SerialId, HandlingUnitId, Condition, Quantity, Weight);

    internal static Disposition Propose(DispositionId id, string number, ProposeDisposition command, DisposedGoods goods, Envelope envelope) => new()
    {
        Id = id,
        Number = number,
        Kind = command.Kind,
        Status = DispositionStatus.Proposed,
        SourceKind = goods.Inspection?.SourceKind ?? (command.Source is null ? null : ReceiptLineKind),
        SourceId = goods.Inspection?.SourceId ?? command.Source,
        UsedAs = goods.UsedAs,
        InspectionId = goods.Inspection?.Id,
        InspectionPartId = goods.Part?.Id,
        LegalEntityId = command.LegalEntity,
        WarehouseId = goods.Warehouse,
        BinId = command.Spot.Bin,
        ItemId = command.Spot.Item,
        LotId = command.Spot.Lot,
        SerialId = command.Spot.Serial,
        HandlingUnitId = command.Spot.HandlingUnit,
        OwnerId = goods.Owner,
        SupplierId = command.Supplier ?? goods.Inspection?.SupplierId,
        Condition = command.Spot.Condition,
        Quantity = command.Quantity,
        Weight = command.Weight,
        Value = goods.Value,
        CurrencyCode = goods.Currency,
        Reason = command.Reason,
        Evidence = command.Evidence,
        ProposedBy = envelope.Actor.Id,
        ProposedByPerson = envelope.Actor.Person,
        ProposedAt = envelope.Now,
        Version = 1,
    };

    internal void CarryOut(StockPostingId posting, Envelope envelope)
    {
        Status = DispositionStatus.CarriedOut;
        (CarriedOutByPerson, CarriedOutAt, PostingId) = (envelope.Actor.Person, envelope.Now, posting);
        Version++;
    }

    internal void End(string? reason, DateTimeOffset at)
    {
        Status = DispositionStatus.Ended;
        (EndedAt, EndReason) = (at, reason);
        Version++;
    }

    internal DispositionMoved Moved() => new(
        Id, Number, Kind, Status, LegalEntityId, WarehouseId, ItemId, SupplierId, Quantity, Value, CurrencyCode, SourceKind, SourceId,
        InspectionId, PostingId, Version, EndReason);
}

/// <summary>A proposal went on its way, was carried out, or ended; everything a list shows of it stands in the event.</summary>
public sealed record DispositionMoved(
    DispositionId Disposition,
    string Number,
    DispositionKind Kind,
    DispositionStatus Status,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    ItemId Item,
    SupplierId? Supplier,
    decimal Quantity,
    decimal Value,
    string Currency,
    string? SourceKind,
    Guid? SourceId,
    InspectionId? Inspection,
    StockPostingId? Posting,
    int Version,
    string? Reason) : IEvent
{
    public Subject Subject => new(nameof(Disposing.Disposition), Disposition.Value);
}

/// <summary>Goods about which something is proposed, as whoever brought them would know them.</summary>
/// <param name="Source">The document line that brought them; null where nobody says it.</param>
/// <param name="Warehouse">Where they lie.</param>
/// <param name="Item">What they are.</param>
/// <param name="Lot">Their lot.</param>
/// <param name="Serial">Their serial number.</param>
public sealed record DisposedOf(Guid? Source, WarehouseId Warehouse, ItemId Item, LotId? Lot, SerialId? Serial);

/// <summary>What is known of the document line that brought goods.</summary>
/// <param name="Held">How much of it waits for a decision.</param>
/// <param name="UsedAs">What its goods are when they are used.</param>
public sealed record DispositionSource(decimal Held, StockCondition UsedAs);

/// <summary>Hears what becomes of goods that failed; contributed by the capability that brought them, and told in the same transaction.</summary>
public interface IDispositionFollower
{
    /// <summary>Whether it brought goods of such a source; of goods whose source nobody named, it may have.</summary>
    bool Follows(string? sourceKind);

    /// <summary>The line that brought such goods; null when it is not known.</summary>
    Task<DispositionSource?> FindSourceAsync(DisposedOf goods, CancellationToken ct);

    /// <summary>A disposition was carried out.</summary>
    Task CarriedOutAsync(Disposition done, Envelope envelope, CancellationToken ct);
}
