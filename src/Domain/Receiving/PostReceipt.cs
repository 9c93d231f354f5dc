using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

/// <summary>
/// Takes goods in against the lines they were ordered on: stock, the orders and what we owe for it change together, or not at all
/// (RCV-15). Several receipts may serve one line (RCV-09). What comes with a shipment that was flagged is counted only, and posted
/// once somebody else validated it (RCV-14); what is too much is refused or waits, as the rules say (RCV-04).
/// </summary>
[Needs("receiving.receive"), WithinRows]
[RefusesLike<PostMovements>]
[Refuses<InvalidField>, Refuses<BinNotFound>, Refuses<NotAReceivingBin>, Refuses<OrderLineNotFound>]
[Refuses<ShipmentNotFound>, Refuses<WrongShipmentStatus>, Refuses<OrderForAnotherWarehouse>, Refuses<SeveralSuppliers>, Refuses<OrderNotOpenTo>, Refuses<BeyondTheLine>, Refuses<PackNotFound>]
[Refuses<ShelfLifeTooShort>, Refuses<OverReceipt>, Refuses<NoExchangeRate>, Refuses<ExpiryUnknown>, Refuses<LotDatesDiffer>]
[Refuses<SerialTaken>]
public sealed record PostReceipt(
    WarehouseId Warehouse, BinId Bin, InboundShipmentId? Shipment, string? DeliveryNote, DateTimeOffset? HappenedAt,
    IReadOnlyList<ReceivedGoods> Lines) : ICommand<GoodsReceived>;

/// <summary>One line as it was taken in.</summary>
public sealed record PostedReceiptLine(
    ReceiptLineId ReceiptLine, PurchaseOrderLineId OrderLine, ItemId Item, LotId? Lot, SerialId? Serial, decimal Quantity,
    ReceivedCondition Condition, ReceiptLineState State, decimal Available, decimal? Accrued)
{
    /// <summary>Lines beyond these are read by the receipt's id.</summary>
    private const int Most = 100;

    internal static IReadOnlyList<PostedReceiptLine> Of(IEnumerable<ReceiptLine> lines) =>
    [
        .. lines.Take(Most).Select(line => new PostedReceiptLine(
            line.Id, line.OrderLineId, line.ItemId, line.LotId, line.SerialId, line.Quantity, line.Condition, line.State, line.Available, line.Accrued)),
    ];
}

/// <summary>What became of a delivery.</summary>
/// <param name="Receipt">The receipt; null where everything waits for a decision.</param>
/// <param name="Number">Its number.</param>
/// <param name="Status">Posted, or counted and to be counted again.</param>
/// <param name="Posting">The posting of the ledger; null until it is posted.</param>
/// <param name="LineCount">How many lines it has.</param>
/// <param name="Lines">The first hundred of them.</param>
/// <param name="Held">What is too much and waits.</param>
public sealed record GoodsReceived(
    ReceiptId? Receipt, string? Number, ReceiptStatus? Status, StockPostingId? Posting, int LineCount, IReadOnlyList<PostedReceiptLine> Lines,
    IReadOnlyList<HeldGoodsId> Held)
{
    internal static GoodsReceived Of(Receipt receipt, IReadOnlyList<ReceiptLine> lines, IReadOnlyList<HeldGoodsId> held) =>
        new(receipt.Id, receipt.Number, receipt.Status, receipt.PostingId, lines.Count, PostedReceiptLine.Of(lines), held);

    internal static GoodsReceived Waiting(IReadOnlyList<HeldGoodsId> held) =>
        new(Receipt: null, Number: null, Status: null, Posting: null, LineCount: 0, [], held);
}

/// <summary>Goods of a flagged shipment were counted once; stock and money hear of them when somebody else has counted them too.</summary>
public sealed record ReceiptCounted(
    ReceiptId Receipt,
    string Number,
    InboundShipmentId Shipment,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId Supplier,
    DateTimeOffset OccurredAt,
    int LineCount,
    IReadOnlyList<PostedReceiptLine> Lines) : IDatedEvent
{
    public Subject Subject => new(nameof(Receiving.Receipt), Receipt.Value);

    internal static ReceiptCounted Of(Receipt receipt, IReadOnlyList<ReceiptLine> lines) => new(
        receipt.Id, receipt.Number, receipt.ShipmentId!.Value, receipt.LegalEntityId, receipt.WarehouseId, receipt.SupplierId, receipt.HappenedAt,
        lines.Count, PostedReceiptLine.Of(lines));
}

/// <summary>Goods came in. Lines beyond the first hundred are read by the receipt's id.</summary>
public sealed record ReceiptPosted(
    ReceiptId Receipt,
    string Number,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId Supplier,
    string? DeliveryNote,
    StockPostingId Posting,
    DateTimeOffset OccurredAt,
    int LineCount,
    IReadOnlyList<PostedReceiptLine> Lines) : IDatedEvent
{
    public Subject Subject => new(nameof(Receiving.Receipt), Receipt.Value);

    internal static ReceiptPosted Of(Receipt receipt, IReadOnlyList<ReceiptLine> lines) => new(
        receipt.Id, receipt.Number, receipt.LegalEntityId, receipt.WarehouseId, receipt.SupplierId, receipt.DeliveryNote,
        receipt.PostingId!.Value, receipt.HappenedAt, lines.Count, PostedReceiptLine.Of(lines));
}

internal sealed class PostReceiptHandler(PlatformDb db, GoodsIn goodsIn)
    : ICommandHandler<PostReceipt, GoodsReceived>
{
    public async Task<Result<GoodsReceived>> HandleAsync(PostReceipt command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command, envelope.Now) is { } invalid)
        {
            return invalid;
        }

        if (await db.RefuseDockAsync(command.Warehouse, command.Bin, ct) is { } notHere)
        {
            return notHere;
        }

        var happened = command.HappenedAt ?? envelope.Now;
        return await goodsIn.ReceiveAsync(
            new Delivery(
                command.Warehouse, command.Bin, command.Shipment, command.DeliveryNote, ArrivedAt: null, happened, command.Lines, AgreedUpTo: null),
            envelope,
            ct);
    }

    private static InvalidField? Check(PostReceipt command, DateTimeOffset now) =>
        Field.OptionalText("deliveryNote", command.DeliveryNote, most: 100)
        ?? (command.HappenedAt > now ? Field.Invalid("happenedAt", "must not lie in the future", command.HappenedAt.Value.ToString("O")) : null)
        ?? Field.Whole("lines", command.Lines.Count, least: 1, most: GoodsIn.MostLines)
        ?? command.Lines.Select((line, at) => line.Check($"lines.{at}")).FirstOrDefault(found => found is not null);
}
