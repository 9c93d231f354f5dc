using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

/// <summary>
/// Takes down goods that came without an order that anybody knows, or instead of others. They wait in their own queue, are neither
/// stock nor debt, and a case says who looks after them (RCV-10).
/// </summary>
[Needs("receiving.receive"), WithinRows]
[Refuses<InvalidField>, Refuses<WarehouseNotFound>, Refuses<BinNotFound>, Refuses<NotAReceivingBin>, Refuses<SupplierNotFound>]
[Refuses<ItemNotFound>, Refuses<ShipmentNotFound>]
public sealed record HoldGoods(
    WarehouseId Warehouse, BinId Bin, HoldReason Reason, SupplierId? Supplier, ItemId? Item, InboundShipmentId? Shipment, string Description,
    string? DeliveryNote, DateTimeOffset? HappenedAt, HeldLabel Label) : ICommand<GoodsHeld>;

internal sealed class HoldGoodsHandler(PlatformDb db, Findings findings) : ICommandHandler<HoldGoods, GoodsHeld>
{
    public async Task<Result<GoodsHeld>> HandleAsync(HoldGoods command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command, envelope.Now) is { } invalid)
        {
            return invalid;
        }

        var warehouse = await db.Set<Warehouse>().AsNoTracking().SingleOrDefaultAsync(place => place.Id == command.Warehouse, ct);
        if (warehouse is null)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        if (await RefuseAsync(command, ct) is { } refusal)
        {
            return refusal;
        }

        var held = await findings.HoldAsync(
            new HeldGoodsArrival(
                command.Reason, warehouse.LegalEntityId, command.Warehouse, command.Bin, command.Supplier, command.Item, command.Shipment,
                OrderLine: null, command.Description, command.Label, command.DeliveryNote, command.HappenedAt ?? envelope.Now),
            envelope,
            ct);
        return GoodsHeld.Of(held);
    }

    private async Task<DomainError?> RefuseAsync(HoldGoods command, CancellationToken ct)
    {
        if (await db.RefuseDockAsync(command.Warehouse, command.Bin, ct) is { } notHere)
        {
            return notHere;
        }

        if (command.Supplier is { } supplier && await db.FindSupplierAsync(supplier, ct) is null)
        {
            return new SupplierNotFound(supplier);
        }

        if (command.Item is { } item && !await db.Set<Item>().AnyAsync(one => one.Id == item, ct))
        {
            return new ItemNotFound(item);
        }

        return command.Shipment is { } shipment && !await db.Set<InboundShipment>().AnyAsync(one => one.Id == shipment, ct)
            ? new ShipmentNotFound(shipment)
            : null;
    }

    private static InvalidField? Check(HoldGoods command, DateTimeOffset now)
    {
        var label = command.Label;
        return Field.Known<HoldReason>("reason", command.Reason)
            ?? (command.Reason == HoldReason.OverReceipt
                ? Field.Invalid("reason", "is for goods of an order, which are held by receiving them", nameof(HoldReason.OverReceipt))
                : null)
            ?? Field.Text("description", command.Description, most: 200)
            ?? Field.OptionalText("deliveryNote", command.DeliveryNote, most: 100)
            ?? (command.HappenedAt > now ? Field.Invalid("happenedAt", "must not lie in the future", command.HappenedAt.Value.ToString("O")) : null)
            // The same rules as for goods of an order; the line is not known yet.
            ?? label.For(default).Check("label");
    }
}
