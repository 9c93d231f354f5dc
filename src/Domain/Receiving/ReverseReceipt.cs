using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;
using Platform.Domain.Quality;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Receiving;

/// <summary>
/// Takes a receipt back that was a mistake, by the exact mirror of its movements: only while nobody downstream has used what came
/// (RCV-17).
/// </summary>
[Needs("receiving.reverse"), WithinRows]
[RefusesLike<PostMovements>]
[Refuses<InvalidField>, Refuses<ReceiptNotFound>, Refuses<StaleVersion>, Refuses<WrongReceiptStatus>, Refuses<ReceiptConsumed>]
[Refuses<WrongInspectionStatus>, Refuses<OrderLineNotFound>, Refuses<OrderNotOpenTo>, Refuses<BeyondTheLine>]
public sealed record ReverseReceipt(ReceiptId Receipt, int Version, string Reason) : ICommand<ReceiptReversed>, IReasoned;

public sealed record ReceiptReversed(
    ReceiptId Receipt,
    string Number,
    Partners.LegalEntityId LegalEntity,
    Warehouses.WarehouseId Warehouse,
    Partners.SupplierId Supplier,
    string Reason,
    int Version) : IEvent
{
    public Subject Subject => new(nameof(Receiving.Receipt), Receipt.Value);
}

internal sealed class ReverseReceiptHandler(PlatformDb db, OrderDesk orders, StockPoster poster, InspectionDesk inspections, Findings findings)
    : ICommandHandler<ReverseReceipt, ReceiptReversed>
{
    public async Task<Result<ReceiptReversed>> HandleAsync(ReverseReceipt command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        await db.LockShipmentOfReceiptAsync(command.Receipt, ct);
        var receipt = await db.LockReceiptAsync(command.Receipt, ct);
        if (receipt is null)
        {
            return new ReceiptNotFound(command.Receipt);
        }

        if (receipt.Version != command.Version)
        {
            return new StaleVersion(nameof(Receipt), receipt.Id.Value, command.Version, receipt.Version);
        }

        if (receipt.Status == ReceiptStatus.Reversed)
        {
            return new WrongReceiptStatus(receipt.Id, receipt.Status);
        }

        var lines = await db.LockReceiptLinesAsync(receipt.Id, ct);
        if (receipt.Status == ReceiptStatus.Posted && await TakeBackAsync(receipt, lines, command.Reason, envelope, ct) is { } notPossible)
        {
            return notPossible;
        }

        foreach (var line in lines)
        {
            await ForgetAsync(line, command.Reason, envelope, ct);
        }

        receipt.Reverse(command.Reason, envelope.Now);
        return db.Tell(new ReceiptReversed(
            receipt.Id, receipt.Number, receipt.LegalEntityId, receipt.WarehouseId, receipt.SupplierId, command.Reason, receipt.Version));
    }

    private async Task<DomainError?> TakeBackAsync(
        Receipt receipt, List<ReceiptLine> lines, string reason, Envelope envelope, CancellationToken ct)
    {
        var terms = await orders.LockAsync([.. lines.Select(line => line.OrderLineId)], ct);
        foreach (var line in lines)
        {
            if (await UsedByAsync(line, lines, terms[line.OrderLineId], ct) is { } usedBy)
            {
                return new ReceiptConsumed(receipt.Id, line.Line, usedBy);
            }

            if (await inspections.CallOffAsync(line.Id.Value, reason, envelope, ct) is { } decided)
            {
                return decided;
            }
        }

        var records = lines.GroupBy(line => line.OrderLineId)
            .Select(line => new LineRecord(line.Key, LineDeed.UndoReceipt, line.Sum(one => one.Quantity), UpTo: null)).ToList();
        var recorded = await orders.RecordAsync(records, envelope, ct);
        if (recorded.Error is { } refusal)
        {
            return refusal;
        }

        var posted = await poster.PostLastAsync(
            new PostingRequest
            {
                LegalEntity = receipt.LegalEntityId,
                Document = new StockDocument(nameof(ReverseReceipt), receipt.Number, receipt.Id.Value),
                Reason = new PostingReason("REVERSAL", reason, Evidence: null),
                Lines = [.. lines.Select(line => MovementLine.Reversing(line.MovementId!.Value) with { DocumentLine = line.Id.Value })],
            },
            envelope,
            ct);
        return posted.Error;
    }

    /// <summary>Null while the goods stand as they came and nobody was charged for them.</summary>
    private async Task<string?> UsedByAsync(ReceiptLine line, List<ReceiptLine> lines, OrderLineTerms terms, CancellationToken ct)
    {
        if (!ReceiptLineSteps.Table.ContainsKey((line.State, ReceiptLineStep.Reverse)) || line.PutAway > 0m || line.Rejected > 0m)
        {
            return $"its goods are {line.State} already";
        }

        if (terms.Uninvoiced < lines.Where(one => one.OrderLineId == line.OrderLineId).Sum(one => one.Quantity))
        {
            return "the supplier has charged for it";
        }

        return await db.HasLeftAsync(line, ct) ? "some of its goods were carried or taken away" : null;
    }

    private async Task ForgetAsync(ReceiptLine line, string reason, Envelope envelope, CancellationToken ct)
    {
        line.Reverse();
        if (line.ShipmentLineId is { } id && await db.LockShipmentLineAsync(id, ct) is { } announced)
        {
            announced.Receive(-line.Quantity, line.Condition == ReceivedCondition.Damaged ? -line.Quantity : 0m);
        }

        foreach (var found in await db.LockOpenDiscrepanciesOfLineAsync(line.Id, ct))
        {
            await findings.SettleAsync(found, Settlement.Mistake, reason, envelope, ct);
        }
    }
}
