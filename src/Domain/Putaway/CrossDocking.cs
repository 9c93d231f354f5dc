using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Putaway;

/// <summary>Goods went from the dock straight to where orders leave. Without a scan there it is a failure of process, and counted as one.</summary>
public sealed class CrossDockMove
{
    private CrossDockMove()
    {
    }

    public Guid Id { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public ItemId ItemId { get; private set; }

    public LotId? LotId { get; private set; }

    public BinId FromBinId { get; private set; }

    public BinId ToBinId { get; private set; }

    public WarehouseTaskId? TaskId { get; private set; }

    public decimal Quantity { get; private set; }

    /// <summary>Whether somebody scanned the goods where they were put.</summary>
    public bool IsConfirmed { get; private set; }

    public Guid MovedBy { get; private set; }

    public string Mover { get; private set; } = string.Empty;

    public DateTimeOffset MovedAt { get; private set; }

    internal static CrossDockMove Confirmed(WarehouseTask task, BinId bin, decimal quantity, Envelope envelope) => new()
    {
        Id = Guid.CreateVersion7(envelope.Now),
        LegalEntityId = task.LegalEntityId,
        WarehouseId = task.WarehouseId,
        ItemId = task.ItemId,
        LotId = task.LotId,
        FromBinId = task.FromBinId,
        ToBinId = bin,
        TaskId = task.Id,
        Quantity = quantity,
        IsConfirmed = true,
        MovedBy = envelope.Actor.Id,
        Mover = envelope.Actor.Name,
        MovedAt = envelope.Now,
    };

    internal static CrossDockMove Unconfirmed(MoveStock move, WarehouseId warehouse, Envelope envelope) => new()
    {
        Id = Guid.CreateVersion7(envelope.Now),
        LegalEntityId = move.LegalEntity,
        WarehouseId = warehouse,
        ItemId = move.From.Item,
        LotId = move.From.Lot,
        FromBinId = move.From.Bin,
        ToBinId = move.To,
        Quantity = move.Quantity,
        IsConfirmed = false,
        MovedBy = envelope.Actor.Id,
        Mover = envelope.Actor.Name,
        MovedAt = envelope.Now,
    };
}

/// <summary>
/// Watches plain moves from the dock to where orders leave: nobody has scanned the goods there. While the rules ask for scans such a
/// move is refused; otherwise it is made and counted (RCV-11, SCN-02).
/// </summary>
internal sealed class CrossDockWatch(PlatformDb db, PutawayDesk desk) : IMoveWatch
{
    public async Task<ScanRequired?> BeforeAsync(MoveStock move, Envelope envelope, CancellationToken ct)
    {
        var bins = await db.FindMoveBinsAsync(move.From.Bin, move.To, ct);
        var from = bins.Find(bin => bin.Id == move.From.Bin);
        var to = bins.Find(bin => bin.Id == move.To);
        if (from is not { Role: BinRole.Dock or BinRole.Receiving } || to is not { Role: BinRole.Staging or BinRole.Packing } || move.Quantity <= 0m)
        {
            return null;
        }

        var (rules, _) = await desk.RulesAsync(envelope.Now, ct);
        if (rules.ScanCompliance)
        {
            return new ScanRequired(move.From.Bin, move.To, move.From.Item);
        }

        db.Add(CrossDockMove.Unconfirmed(move, from.WarehouseId, envelope));
        return null;
    }
}
