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
[Refuses<InvalidField>, Refuses<ReceiptNotFound>, Refuses<StaleVersion>, Refuses<WrongReceiptStatus>, Refuses<ReceiptConsumed>, Refuses<ReceiptInvoiced>]
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

/// <summary>Somebody downstream builds on what came.</summary>
/// <param name="Line">The receipt line.</param>
/// <param name="Use">What they do with it; null where an invoice pays for it.</param>
/// <param name="Document">The number of their document.</param>
/// <param name="IsFinal">Whether it is in the books, or done.</param>
/// <param name="Quantity">How many base units.</param>
public sealed record UsedReceipt(ReceiptLineId Line, ReceiptUse? Use, string Document, bool IsFinal, decimal Quantity);

/// <summary>Builds on what came: asked before a receipt is taken back, and told when it was; contributed by capabilities downstream.</summary>
public interface IReceiptUser
{
    /// <summary>Locks its own rows that it locks before receipt lines.</summary>
    Task LockAsync(ReceiptId receipt, CancellationToken ct);

    /// <summary>What stands in the way; null when nothing does. Receipt and order lines are locked.</summary>
    Task<UsedReceipt?> FindUseAsync(IReadOnlyList<ReceiptLineId> lines, CancellationToken ct);

    /// <summary>The lines never came: what waits for them ends.</summary>
    Task ForgetAsync(IReadOnlyList<ReceiptLineId> lines, string reason, Envelope envelope, CancellationToken ct);
}

internal sealed class ReverseReceiptHandler(
    PlatformDb db, OrderDesk orders, StockPoster poster, InspectionDesk inspections, Findings findings, IEnumerable<IReceiptUser> users)
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

        foreach (var user in users)
        {
            await user.LockAsync(receipt.Id, ct);
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

        foreach (var user in users)
        {
            await user.ForgetAsync([.. lines.Select(line => line.Id)], command.Reason, envelope, ct);
        }

        receipt.Reverse(command.Reason, envelope.Now);
        return db.Tell(new ReceiptReversed(
            receipt.Id, receipt.Number, receipt.LegalEntityId, receipt.WarehouseId, receipt.SupplierId, command.Reason, receipt.Version));
    }

    private async Task<DomainError?> TakeBackAsync(
        Receipt receipt, List<ReceiptLine> lines, string reason, Envelope envelope, CancellationToken ct)
    {
        var terms = await orders.LockAsync([.. lines.Select(line => line.OrderLineId)], ct);
        if (await FindUserAsync(receipt, lines, ct) is { } inUse)
        {
            return inUse;
        }

        foreach (var line in lines)
        {
            if (await FindUseAsync(receipt, line, lines, terms[line.OrderLineId], ct) is { } used)
            {
                return used;
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

    private async Task<DomainError?> FindUserAsync(Receipt receipt, List<ReceiptLine> lines, CancellationToken ct)
    {
        foreach (var user in users)
        {
            if (await user.FindUseAsync([.. lines.Select(line => line.Id)], ct) is { } found)
            {
                var line = lines.Single(one => one.Id == found.Line).Line;
                return found.Use is { } use
                    ? new ReceiptConsumed(receipt.Id, line, use, found.Document, found.Quantity)
                    : new ReceiptInvoiced(receipt.Id, line, found.Document, found.IsFinal, found.Quantity);
            }
        }

        return null;
    }

    /// <summary>Null while the goods stand as they came and nobody was charged for them.</summary>
    private async Task<DomainError?> FindUseAsync(
        Receipt receipt, ReceiptLine line, List<ReceiptLine> lines, OrderLineTerms terms, CancellationToken ct)
    {
        if (line.PutAway > 0m)
        {
            return new ReceiptConsumed(receipt.Id, line.Line, ReceiptUse.PutAway, Document: null, line.PutAway);
        }

        if (await db.FindDispositionOfAsync(line.Id, ct) is var (number, quantity))
        {
            return new ReceiptConsumed(receipt.Id, line.Line, ReceiptUse.Decided, number, quantity);
        }

        if (terms.Uninvoiced < lines.Where(one => one.OrderLineId == line.OrderLineId).Sum(one => one.Quantity))
        {
            return new ReceiptInvoiced(receipt.Id, line.Line, Invoice: null, IsPosted: true, line.Quantity);
        }

        return await db.HasLeftAsync(line, ct)
            ? new ReceiptConsumed(receipt.Id, line.Line, ReceiptUse.Moved, Document: null, line.Quantity)
            : null;
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
