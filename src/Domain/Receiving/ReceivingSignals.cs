using System.Globalization;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Receiving;

/// <summary>What receiving tells of trouble: one key for one trouble, so that it is one case however often it is told.</summary>
internal static class ReceivingSignals
{
    public static Signal Of(Difference found)
    {
        var (category, title) = found.Kind switch
        {
            DiscrepancyKind.Short => ("SHORT_RECEIPT", "came short"),
            DiscrepancyKind.Over => ("OVER_RECEIPT", "came with more than was ordered"),
            DiscrepancyKind.Damaged => ("DAMAGE", "came damaged"),
            DiscrepancyKind.Unannounced => ("ASN_MISMATCH", "came and was not announced"),
        };
        var ordered = found.Ordered;
        var difference = decimal.Abs(found.Expected - found.Actual);
        return new Signal
        {
            Category = category,
            CorrelationKey = found.Kind == DiscrepancyKind.Damaged ? $"{category}/{found.Line!.Id}" : $"{category}/{ordered.Id}",
            Title = string.Create(CultureInfo.InvariantCulture, $"Line {ordered.Line} of order {ordered.Number} {title}"),
            Source = found.Shipment is { } shipment
                ? new Subject(nameof(InboundShipment), shipment.Id.Value)
                : new Subject(nameof(Receipt), found.Line?.ReceiptId.Value ?? ordered.Id.Value),
            SourceEvent = nameof(DiscrepancyFound),
            ServiceImpact = found.Kind == DiscrepancyKind.Short ? ServiceImpact.Delay : ServiceImpact.None,
            ValueAtStake = decimal.Round(difference * ordered.BaseUnitPrice, 4),
            Currency = ordered.Currency,
            LegalEntity = ordered.LegalEntity,
            Warehouse = ordered.Warehouse,
            Supplier = ordered.Supplier,
            Item = ordered.Item,
            Facts =
            [
                new CaseFact("expected", Write(found.Expected)),
                new CaseFact("actual", Write(found.Actual)),
                new CaseFact("percent", Write(found.Percent)),
                .. found.Line?.EvidenceUri is { } uri ? new[] { new CaseFact("evidence", uri), new CaseFact("sha256", found.Line.EvidenceSha256!) } : [],
            ],
        };
    }

    /// <summary>The shipment as a whole is not what the supplier said; the supplier hears of it once.</summary>
    public static Signal Mismatch(InboundShipment shipment, string title, string happened, IReadOnlyList<CaseFact> facts) => new()
    {
        Category = "ASN_MISMATCH",
        CorrelationKey = $"ASN_MISMATCH/{shipment.Id}",
        Title = title,
        Source = new Subject(nameof(InboundShipment), shipment.Id.Value),
        SourceEvent = happened,
        LegalEntity = shipment.LegalEntityId,
        Warehouse = shipment.WarehouseId,
        Supplier = shipment.SupplierId,
        Facts = facts,
    };

    public static Signal HighRisk(InboundShipment shipment, IReadOnlyList<string> reasons, decimal threshold) => new()
    {
        Category = "HIGH_RISK_INBOUND",
        CorrelationKey = $"HIGH_RISK_INBOUND/{shipment.Id}",
        Title = $"Shipment {shipment.Number} is to be counted twice",
        Source = new Subject(nameof(InboundShipment), shipment.Id.Value),
        SourceEvent = nameof(ShipmentFlagged),
        LegalEntity = shipment.LegalEntityId,
        Warehouse = shipment.WarehouseId,
        Supplier = shipment.SupplierId,
        Facts =
        [
            new CaseFact("risk", Write(shipment.Risk!.Value)),
            new CaseFact("threshold", Write(threshold)),
            .. reasons.Select((reason, at) => new CaseFact(string.Create(CultureInfo.InvariantCulture, $"reason {at + 1}"), reason)),
        ],
    };

    /// <summary>What a planner sees as a stock-out may only be a posting that came late (KPI-04, RCV-16).</summary>
    public static Signal LatePosting(Receipt receipt, TimeSpan delay, int mostHours) => new()
    {
        Category = "LATE_POSTING",
        CorrelationKey = $"LATE_POSTING/{receipt.Id}",
        Title = string.Create(CultureInfo.InvariantCulture, $"Receipt {receipt.Number} was posted {delay.TotalHours:0.#} hours after the count"),
        Source = new Subject(nameof(Receipt), receipt.Id.Value),
        SourceEvent = nameof(ReceiptPosted),
        LegalEntity = receipt.LegalEntityId,
        Warehouse = receipt.WarehouseId,
        Supplier = receipt.SupplierId,
        Facts =
        [
            new CaseFact("counted", receipt.HappenedAt.ToString("O")),
            new CaseFact("posted", receipt.PostedAt!.Value.ToString("O")),
            new CaseFact("hours allowed", mostHours.ToString(CultureInfo.InvariantCulture)),
        ],
    };

    public static Signal Held(HeldGoods held)
    {
        var (category, title) = held.Reason switch
        {
            HoldReason.NoReference => ("NO_PO_REFERENCE", "nobody seems to have ordered"),
            HoldReason.OverReceipt => ("OVER_RECEIPT", "are more than was ordered"),
            HoldReason.WrongItem => ("ASN_MISMATCH", "are not what was ordered"),
        };
        return new Signal
        {
            Category = category,
            CorrelationKey = $"{category}/{held.Id}",
            Title = $"Goods {held.Number} {title}",
            Source = new Subject(nameof(HeldGoods), held.Id.Value),
            SourceEvent = nameof(GoodsHeld),
            LegalEntity = held.LegalEntityId,
            Warehouse = held.WarehouseId,
            Supplier = held.SupplierId,
            Item = held.ItemId,
            Facts = [new CaseFact("what", held.Description), new CaseFact("quantity", $"{Write(held.Quantity)} {held.Unit}")],
        };
    }

    private static string Write(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
