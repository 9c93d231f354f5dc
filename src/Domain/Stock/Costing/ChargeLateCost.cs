using Platform.Domain.Catalog;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock.Costing;

/// <summary>Where a cost comes from that arrives after its goods.</summary>
public enum LateCostKind
{
    /// <summary>Freight, duty, insurance.</summary>
    LandedCost,

    /// <summary>The invoice differs from the expected cost.</summary>
    InvoiceVariance,
}

/// <summary>
/// Charges a cost, or a credit, to goods received earlier. What is still here takes its share exactly as if it had been known
/// at receipt; the rest has left. One row is read and one written, however many movements came between.
/// </summary>
[Needs("stock.cost")]
[Refuses<LegalEntityNotFound>, Refuses<AmountNotPossible>, Refuses<NotAReceipt>, Refuses<ReceiptWasReversed>, Refuses<PeriodClosed>]
[Refuses<ValueOutOfRange>, Refuses<DocumentAlreadyPosted>]
public sealed record ChargeLateCost(
    LegalEntityId LegalEntity, long Movement, LateCostKind Kind, decimal Amount, string? DocumentNumber) : ICommand<LateCostCharged>;

public sealed record LateCostCharged(
    StockPostingId Posting, LegalEntityId LegalEntity, ItemId Item, long Movement, LateCostKind Kind, decimal Amount, decimal OnHand, decimal Gone)
    : ISoleEvent
{
    public Subject Subject => new("StockPosting", Posting.Value);
}

internal sealed class ChargeLateCostHandler(PlatformDb db, LedgerEntities entities)
    : ICommandHandler<ChargeLateCost, LateCostCharged>, IConstraintRefusals<ChargeLateCost>
{
    public async Task<Result<LateCostCharged>> HandleAsync(ChargeLateCost command, Envelope envelope, CancellationToken ct)
    {
        if (await entities.FindAsync(db, command.LegalEntity, ct) is not { } entity)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (command.Amount == 0m || decimal.Abs(command.Amount) >= Money.Limit
            || Rounding.HalfUp(command.Amount, entity.CurrencyDigits) != command.Amount)
        {
            return new AmountNotPossible(command.Amount, entity.Currency, entity.CurrencyDigits);
        }

        if (await db.FindReceiptAsync(entity, command.Movement, ct) is not { } receipt)
        {
            return new NotAReceipt(command.Movement);
        }

        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        var locked = (await db.LockPoolAsync(entity, receipt.Item, today, ct))!;
        if (locked.IsPeriodClosed)
        {
            return new PeriodClosed(entity.Id, today);
        }

        // Asked again under the lock: whoever reverses the receipt holds it too.
        if ((await db.FindReceiptAsync(entity, command.Movement, ct))!.IsReversed)
        {
            return new ReceiptWasReversed(command.Movement);
        }

        if (locked.Row.Pool.Flow == CostingMethod.Fifo)
        {
            await db.ReadLayersAsync(locked, receipt.Mark.Layer, ct);
        }

        return await WriteAsync(command, locked, receipt, today, envelope, ct);
    }

    public DomainError? RefusalFor(ChargeLateCost command, string constraint) =>
        constraint == "stock_posting_once" ? new DocumentAlreadyPosted($"{command.Kind}", command.DocumentNumber ?? string.Empty) : null;

    private async Task<Result<LateCostCharged>> WriteAsync(
        ChargeLateCost command, LockedPool locked, ReceiptEntry receipt, DateOnly today, Envelope envelope, CancellationToken ct)
    {
        var kind = command.Kind == LateCostKind.LandedCost ? ValueKind.LandedCost : ValueKind.InvoiceVariance;
        var pool = locked.Row.Pool;
        var valued = pool.Charge(receipt.Mark, command.Amount);
        if (decimal.Abs(pool.Value) >= Money.Limit)
        {
            return new ValueOutOfRange(Line: 1, receipt.Item);
        }

        var value = new PlannedValue(locked.NextId, locked.Row, kind, 0m, valued, Mark: null, receipt.Id)
        {
            Journal = StockJournal.Of(
                valued,
                [new JournalPart(StockJournal.ContraOf(kind), AccountRole.Inventory, command.Amount)],
                StockJournal.RestOf(pool.Flow, kind)),
        };
        var document = new ValueDocument(
            StockPoster.NewId(envelope), $"{command.Kind}", command.DocumentNumber, Reason: null, today);
        await db.WriteValueAsync(locked, document, value, envelope, ct);
        var charged = new LateCostCharged(
            document.Posting, command.LegalEntity, receipt.Item, command.Movement, command.Kind, command.Amount, valued.OnHand, valued.Rest);
        db.Raise(charged);
        return charged;
    }
}
