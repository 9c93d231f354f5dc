using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

/// <summary>So much for one line of an order.</summary>
/// <param name="OrderLine">The line that it was ordered on.</param>
/// <param name="Unit">One of the item's units.</param>
/// <param name="Quantity">How many of the unit.</param>
/// <param name="LotCode">The lot, where one is known.</param>
/// <param name="ExpiresOn">The last day of its shelf life, where it is known.</param>
/// <param name="Carton">The label of the carton or pallet (SSCC).</param>
public sealed record AnnouncedLine(
    PurchaseOrderLineId OrderLine, string Unit, decimal Quantity, string? LotCode, DateOnly? ExpiresOn, string? Carton)
{
    internal InvalidField? Check(string at) =>
        Field.Text($"{at}.unit", Unit, most: 20)
        ?? Field.Positive($"{at}.quantity", Quantity, most: 1_000_000_000m, decimals: 6)
        ?? Field.OptionalText($"{at}.lotCode", LotCode, most: 60)
        ?? LotDates.Check($"{at}.expiresOn", ExpiresOn)
        ?? Field.OptionalText($"{at}.carton", Carton, most: 40);
}

/// <summary>
/// Announces a delivery (an advance shipment notice), by the supplier's own people or ours. More than is open of an order is
/// announced all the same, and becomes a case.
/// </summary>
[Needs("receiving.announce"), WithinRows]
[Refuses<InvalidField>, Refuses<OrderLineNotFound>, Refuses<OrderForAnotherWarehouse>, Refuses<SeveralSuppliers>, Refuses<PackNotFound>]
[Refuses<ShipmentAlreadyAnnounced>]
public sealed record AnnounceShipment(
    SupplierId Supplier, WarehouseId Warehouse, string Reference, string? Carrier, string? Tracking, DateTimeOffset ExpectedAt,
    IReadOnlyList<AnnouncedLine> Lines) : ICommand<ShipmentAnnounced>;

public sealed record ShipmentAnnounced(
    InboundShipmentId Shipment,
    string Number,
    string Reference,
    DateTimeOffset ExpectedAt,
    int Lines,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId Supplier) : IEvent
{
    public Subject Subject => new(nameof(InboundShipment), Shipment.Value);
}

internal sealed class AnnounceShipmentHandler(PlatformDb db, OrderDesk orders, ExceptionDesk exceptions)
    : ICommandHandler<AnnounceShipment, ShipmentAnnounced>, IConstraintRefusals<AnnounceShipment>
{
    private const int MostLines = 1000;

    public async Task<Result<ShipmentAnnounced>> HandleAsync(AnnounceShipment command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        var ordered = await orders.ReadAsync([.. command.Lines.Select(line => line.OrderLine)], ct);
        if (RefuseLines(command, ordered) is { } refusal)
        {
            return refusal;
        }

        var id = new InboundShipmentId(Guid.CreateVersion7(envelope.Now));
        var made = await MakeLinesAsync(command, id, ordered, envelope, ct);
        if (!made.Succeeded(out var lines))
        {
            return made.Error!;
        }

        var entity = ordered.Values.First().LegalEntity;
        var shipment = InboundShipment.Announce(id, await db.NextShipmentNumberAsync(ct), entity, command, envelope);
        db.Add(shipment);
        db.AddRange(lines);
        var announced = new ShipmentAnnounced(
            id, shipment.Number, shipment.Reference, shipment.ExpectedAt, lines.Count, entity, shipment.WarehouseId, shipment.SupplierId);
        db.Raise(announced);
        await ReportExcessAsync(shipment, lines, ordered, envelope, ct);
        return announced;
    }

    public DomainError? RefusalFor(AnnounceShipment command, string constraint) =>
        constraint == "inbound_shipment_reference" ? new ShipmentAlreadyAnnounced(command.Supplier, command.Reference) : null;

    private static InvalidField? Check(AnnounceShipment command) =>
        Field.Text("reference", command.Reference, most: 60)
        ?? Field.OptionalText("carrier", command.Carrier, most: 100)
        ?? Field.OptionalText("tracking", command.Tracking, most: 100)
        ?? Field.Whole("lines", command.Lines.Count, least: 1, most: MostLines)
        ?? command.Lines.Select((line, at) => line.Check($"lines.{at}")).FirstOrDefault(found => found is not null);

    private static DomainError? RefuseLines(AnnounceShipment command, Dictionary<PurchaseOrderLineId, OrderLineTerms> ordered)
    {
        foreach (var line in command.Lines)
        {
            if (!ordered.TryGetValue(line.OrderLine, out var terms))
            {
                return new OrderLineNotFound(line.OrderLine);
            }

            if (terms.Supplier != command.Supplier)
            {
                return new SeveralSuppliers(command.Supplier, terms.Supplier);
            }

            if (terms.Warehouse != command.Warehouse)
            {
                return new OrderForAnotherWarehouse(terms.Order, terms.Warehouse, command.Warehouse);
            }
        }

        return null;
    }

    private async Task<Result<IReadOnlyList<InboundShipmentLine>>> MakeLinesAsync(
        AnnounceShipment command, InboundShipmentId shipment, Dictionary<PurchaseOrderLineId, OrderLineTerms> ordered, Envelope envelope,
        CancellationToken ct)
    {
        var ids = ordered.Values.Select(line => line.Item).Distinct().ToList();
        var items = await db.Set<Item>().AsNoTracking().Where(item => ids.Contains(item.Id)).ToDictionaryAsync(item => item.Id, ct);
        var units = (await db.Set<ItemUnit>().AsNoTracking().Where(unit => ids.Contains(unit.ItemId)).ToListAsync(ct)).ToLookup(unit => unit.ItemId);
        var lines = new List<InboundShipmentLine>(command.Lines.Count);
        foreach (var announced in command.Lines)
        {
            var terms = ordered[announced.OrderLine];
            var converted = new ItemUnits(items[terms.Item], units[terms.Item])
                .InBase($"lines.{lines.Count}.quantity", announced.Quantity, announced.Unit);
            if (!converted.Succeeded(out var quantity))
            {
                return converted.Error!;
            }

            lines.Add(InboundShipmentLine.Of(
                new InboundShipmentLineId(Guid.CreateVersion7(envelope.Now)), shipment, lines.Count + 1, announced, terms, quantity.Amount));
        }

        return lines;
    }

    /// <summary>More than is open comes: somebody should know before the lorry does (ASN beside the order).</summary>
    private async Task ReportExcessAsync(
        InboundShipment shipment, IReadOnlyList<InboundShipmentLine> lines, Dictionary<PurchaseOrderLineId, OrderLineTerms> ordered,
        Envelope envelope, CancellationToken ct)
    {
        var onTheWay = await db.FindAnnouncedAsync([.. ordered.Keys], ct);
        var excess = lines.GroupBy(line => line.OrderLineId)
            .Select(line => (Terms: ordered[line.Key], Announced: line.Sum(one => one.Quantity) + onTheWay.GetValueOrDefault(line.Key)))
            .Where(line => line.Announced > line.Terms.Open)
            .ToList();
        if (excess.Count > 0)
        {
            await exceptions.SignalAsync(
                ReceivingSignals.Mismatch(
                    shipment,
                    $"Shipment {shipment.Number} brings more than is open",
                    nameof(ShipmentAnnounced),
                    [.. excess.Select(line => new CaseFact(
                        string.Create(CultureInfo.InvariantCulture, $"{line.Terms.Number} line {line.Terms.Line}"),
                        string.Create(CultureInfo.InvariantCulture, $"{line.Announced} announced, {line.Terms.Open} open")))]),
                envelope,
                ct);
        }
    }
}
