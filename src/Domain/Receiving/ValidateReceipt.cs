using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;
using Platform.Domain.Stock;

namespace Platform.Domain.Receiving;

/// <summary>What the second count says of a line.</summary>
/// <param name="Line">The line's number.</param>
/// <param name="Quantity">How many base units there are.</param>
public sealed record ValidatedLine(int Line, decimal Quantity);

/// <summary>
/// Counts a receipt of a flagged shipment a second time, by somebody else, and posts what this count says. Lines that are not named
/// are as they were counted (RCV-14).
/// </summary>
[Needs("receiving.validate"), WithinRows]
[RefusesLike<PostMovements>]
[Refuses<InvalidField>, Refuses<ReceiptNotFound>, Refuses<StaleVersion>, Refuses<WrongReceiptStatus>, Refuses<OwnCount>]
[Refuses<ReceiptLineUnknown>, Refuses<OrderLineNotFound>, Refuses<OrderNotOpenTo>, Refuses<BeyondTheLine>]
public sealed record ValidateReceipt(ReceiptId Receipt, int Version, IReadOnlyList<ValidatedLine> Lines, string? Note)
    : ICommand<GoodsReceived>, IReasoned
{
    string? IReasoned.Reason => Note;
}

internal sealed class ValidateReceiptHandler(PlatformDb db, OrderDesk orders, ReceivingPolicies policies, ReceiptPoster poster, Findings findings)
    : ICommandHandler<ValidateReceipt, GoodsReceived>
{
    public async Task<Result<GoodsReceived>> HandleAsync(ValidateReceipt command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        // The shipment before its receipts: as everybody who receives for it.
        var shipment = await db.LockShipmentOfReceiptAsync(command.Receipt, ct);
        var receipt = await db.LockReceiptAsync(command.Receipt, ct);
        if (receipt is null)
        {
            return new ReceiptNotFound(command.Receipt);
        }

        if (Decide(command, receipt, envelope) is { } refusal)
        {
            return refusal;
        }

        var lines = await db.LockReceiptLinesAsync(receipt.Id, ct);
        foreach (var said in command.Lines)
        {
            if (lines.Find(line => line.Line == said.Line) is not { } line)
            {
                return new ReceiptLineUnknown(receipt.Id, said.Line);
            }

            await CorrectAsync(line, said.Quantity, ct);
        }

        receipt.Validate(envelope);
        var terms = await orders.LockAsync([.. lines.Select(line => line.OrderLineId)], ct);
        var most = new Dictionary<PurchaseOrderLineId, decimal>();
        foreach (var ordered in terms.Values)
        {
            most.Add(ordered.Id, (await policies.TermsForAsync(Receivable.Of(ordered), envelope.Now, ct)).MostOf(ordered));
        }

        var counted = new CountedReceipt(receipt, lines, most);
        if (await poster.PostAsync(counted, shipment?.Risk, envelope, ct) is { } notPosted)
        {
            return notPosted;
        }

        await findings.AfterPostingAsync(counted, shipment, envelope, ct);
        return GoodsReceived.Of(receipt, lines, []);
    }

    internal static DomainError? Decide(ValidateReceipt command, Receipt receipt, Envelope envelope)
    {
        if (receipt.Version != command.Version)
        {
            return new StaleVersion(nameof(Receipt), receipt.Id.Value, command.Version, receipt.Version);
        }

        if (receipt.Status != ReceiptStatus.Counted)
        {
            return new WrongReceiptStatus(receipt.Id, receipt.Status);
        }

        return receipt.ReceivedByPerson == envelope.Actor.Person ? new OwnCount(receipt.Id, envelope.Actor.Person) : null;
    }

    private static InvalidField? Check(ValidateReceipt command) =>
        Field.OptionalText("note", command.Note, most: 500)
        ?? Field.Whole("lines", command.Lines.Count, least: 0, most: GoodsIn.MostLines)
        ?? (command.Lines.Select(line => line.Line).Distinct().Count() < command.Lines.Count
            ? Field.Invalid("lines", "must name each line once", given: null)
            : null)
        ?? command.Lines.Select((line, at) => Field.Positive($"lines.{at}.quantity", line.Quantity, most: 1_000_000_000m, decimals: 6))
            .FirstOrDefault(found => found is not null);

    private async Task CorrectAsync(ReceiptLine line, decimal quantity, CancellationToken ct)
    {
        if (line.ShipmentLineId is { } id && await db.LockShipmentLineAsync(id, ct) is { } announced)
        {
            var difference = quantity - line.Quantity;
            announced.Receive(difference, line.Condition == ReceivedCondition.Damaged ? difference : 0m);
        }

        line.Recount(quantity);
    }
}
