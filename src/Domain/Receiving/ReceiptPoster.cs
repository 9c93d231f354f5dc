using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Receiving;

/// <summary>Posts what was counted: what is open of the orders, stock, and what we owe for it, together.</summary>
internal sealed class ReceiptPoster(PlatformDb db, OrderDesk orders, StockPoster poster, ArrivalInspections inspections)
{
    public async Task<DomainError?> PostAsync(CountedReceipt counted, decimal? risk, Envelope envelope, CancellationToken ct)
    {
        var (receipt, lines, most) = counted;
        var records = lines.GroupBy(line => line.OrderLineId)
            .Select(line => new LineRecord(line.Key, LineDeed.Receive, line.Sum(one => one.Quantity), most[line.Key])).ToList();
        var recorded = await orders.RecordAsync(records, envelope, ct);
        if (recorded.Error is { } refusal)
        {
            return refusal;
        }

        await inspections.OpenAsync(receipt, lines, risk, envelope, ct);
        var prepared = await poster.PrepareAsync(Request(receipt, lines, envelope), envelope, ct);
        if (!prepared.Succeeded(out var ready))
        {
            return prepared.Error;
        }

        var movements = ready.Plan.Movements.ToDictionary(movement => movement.Line.DocumentLine!.Value);
        foreach (var line in lines)
        {
            var movement = movements[line.Id.Value];
            line.Post(ready.Plan.Id, movement.Id, Accrued(movement), envelope.Now);
        }

        receipt.Post(ready.Plan.Id, envelope.Now);
        poster.WriteLast(ready);
        poster.Raise(ready.Plan);
        db.Raise(ReceiptPosted.Of(receipt, lines), receipt.HappenedAt);
        return null;
    }

    private static PostingRequest Request(Receipt receipt, IEnumerable<ReceiptLine> lines, Envelope envelope) => new()
    {
        LegalEntity = receipt.LegalEntityId,
        Document = new StockDocument(nameof(Receipt), receipt.Number, receipt.Id.Value),
        OccurredAt = receipt.HappenedAt < envelope.Now ? receipt.HappenedAt : null,
        Lines =
        [
            .. lines.Select(line => new MovementLine
            {
                Type = MovementType.Receipt,
                Item = line.ItemId,
                From = Place.Supplier,
                To = Place.In(line.BinId, line.Arrives()),
                Quantity = line.Quantity,
                Weight = line.Weight,
                Lot = line.LotId,
                Serial = line.SerialId,
                UnitCost = line.UnitCost,
                DocumentLine = line.Id.Value,
                Partner = PartnerId.From(receipt.SupplierId.Value),
            }),
        ],
    };

    /// <summary>What the journal owes the supplier for the movement; a difference to a standard cost is not part of it.</summary>
    private static decimal Accrued(PlannedMovement movement) =>
        movement.Value?.Journal.Sum(move =>
            (move.Credit == AccountRole.GoodsReceivedNotInvoiced ? move.Amount : 0m)
            - (move.Debit == AccountRole.GoodsReceivedNotInvoiced ? move.Amount : 0m)) ?? 0m;
}
