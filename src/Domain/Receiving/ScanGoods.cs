using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

/// <summary>
/// Takes in what a scanner reads: the code of an item, of one of its packs or of an announced carton. What of it is expected in the
/// warehouse, of the shipment or the order that is named, is received on its lines in the order in which they are due; a code that
/// nobody knows is refused (RCV-02).
/// </summary>
/// <param name="Warehouse">Where.</param>
/// <param name="Bin">In which bin it stands.</param>
/// <param name="Shipment">The shipment that is being received, where it is known.</param>
/// <param name="Order">The order, where no shipment was announced.</param>
/// <param name="Barcode">What was scanned.</param>
/// <param name="HappenedAt">When it was scanned, where that is earlier than now.</param>
/// <param name="Label">How many of the pack that was scanned, and what else stands on it. Its unit is that of the code.</param>
[Needs("receiving.receive"), WithinRows]
[RefusesLike<PostReceipt>]
[Refuses<BarcodeUnknown>, Refuses<NothingExpected>]
public sealed record ScanGoods(
    WarehouseId Warehouse, BinId Bin, InboundShipmentId? Shipment, PurchaseOrderId? Order, string Barcode, DateTimeOffset? HappenedAt,
    HeldLabel Label) : ICommand<GoodsReceived>;

internal sealed class ScanGoodsHandler(PlatformDb db, GoodsIn goodsIn) : ICommandHandler<ScanGoods, GoodsReceived>
{
    public async Task<Result<GoodsReceived>> HandleAsync(ScanGoods command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.Text("barcode", command.Barcode, most: 80)
            ?? (command.Shipment is null == command.Order is null ? Field.Invalid("order", "is given exactly where no shipment is", given: null) : null)
            ?? (command.HappenedAt > envelope.Now ? Field.Invalid("happenedAt", "must not lie in the future", command.HappenedAt.Value.ToString("O")) : null)
            ?? command.Label.For(default).Check("label");
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.RefuseDockAsync(command.Warehouse, command.Bin, ct) is { } notHere)
        {
            return notHere;
        }

        var scanned = await db.FindScannedAsync(command.Barcode, command.Shipment, ct);
        if (scanned.Count == 0)
        {
            return new BarcodeUnknown(command.Barcode);
        }

        var expected = await db.FindExpectedAsync(command, scanned, ct);
        if (expected is not { } found)
        {
            return new NothingExpected(command.Barcode, scanned[0].Item);
        }

        return await goodsIn.ReceiveAsync(
            new Delivery(
                command.Warehouse, command.Bin, command.Shipment, DeliveryNote: null, ArrivedAt: null, command.HappenedAt ?? envelope.Now,
                [(command.Label with { Unit = found.Unit }).For(found.Line)], AgreedUpTo: null),
            envelope,
            ct);
    }
}

/// <summary>What a code stands for.</summary>
internal sealed record ScannedCode(Catalog.ItemId Item, string Unit, PurchaseOrderLineId? OrderLine);
