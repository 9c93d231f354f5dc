using Platform.Domain.Receiving;

namespace Platform.Api.Live.Rules;

/// <summary>What happens at a dock is heard of by the company, the site and the supplier it concerns.</summary>
internal sealed class ReceivingEvents : IEventRules
{
    private const string Read = "receiving.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.At<ReceiptPosted>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier.Value, ct)),
        Rule.At<ReceiptCounted>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier.Value, ct)),
        Rule.At<ReceiptReversed>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier.Value, ct)),
        Rule.At<ReceiptLineMoved>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier?.Value, ct)),
        Rule.At<ShipmentAnnounced>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier.Value, ct)),
        Rule.At<ShipmentMoved>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier.Value, ct)),
        Rule.At<ShipmentFlagged>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier.Value, ct)),
        Rule.At<DockAppointmentMoved>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier.Value, ct)),
        Rule.At<DiscrepancyFound>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier.Value, ct)),
        Rule.At<DiscrepancySettled>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier.Value, ct)),
        Rule.At<GoodsHeld>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier?.Value, ct)),
        Rule.At<HeldGoodsMoved>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity.Value, happened.Warehouse.Value, happened.Supplier?.Value, ct)),
        Rule.At<DockDoorChanged>(Read, (happened, places, ct) => places.OfWarehouseAsync(happened.Warehouse.Value, ct)),
    ];
}
