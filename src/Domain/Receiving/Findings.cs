using Microsoft.EntityFrameworkCore;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;

namespace Platform.Domain.Receiving;

/// <summary>Keeps what was found otherwise than expected, and tells who must know. Only the line that it is about waits.</summary>
internal sealed class Findings(PlatformDb db, OrderDesk orders, ExceptionDesk exceptions, CaseClosing closing, ReceivingPolicies policies)
{
    /// <summary>Keeps a difference; without tolerance it is a case.</summary>
    public async Task<Discrepancy> KeepAsync(Difference found, bool isTolerated, Envelope envelope, CancellationToken ct)
    {
        var signalled = isTolerated ? null : await exceptions.SignalAsync(ReceivingSignals.Of(found), envelope, ct);
        return Keep(found, signalled?.Case, envelope);
    }

    /// <summary>What is more than is tolerated waits beside the receipt, and others say whether it is taken (RCV-04).</summary>
    public async Task<IReadOnlyList<HeldGoodsId>> HoldSurplusAsync(
        Delivery delivery, IReadOnlyList<SurplusGoods> surplus, Envelope envelope, CancellationToken ct)
    {
        var held = new List<HeldGoodsId>(surplus.Count);
        foreach (var more in surplus)
        {
            var kept = await HoldAsync(HeldGoodsArrival.Of(delivery, more), envelope, ct);
            var found = new Difference(
                DiscrepancyKind.Over, more.Ordered, Shipment: null, Line: null, more.Ordered.BaseQuantity, more.Most + more.Goods.Quantity);
            Keep(found, kept.CaseId, envelope);
            held.Add(kept.Id);
        }

        return held;
    }

    public async Task<HeldGoods> HoldAsync(HeldGoodsArrival arrival, Envelope envelope, CancellationToken ct)
    {
        var held = HeldGoods.Hold(new HeldGoodsId(Guid.CreateVersion7(envelope.Now)), await db.NextHeldNumberAsync(ct), arrival, envelope);
        var signalled = await exceptions.SignalAsync(ReceivingSignals.Held(held), envelope, ct);
        held.InCase(signalled.Case);
        db.Add(held);
        db.Raise(GoodsHeld.Of(held));
        return held;
    }

    /// <summary>Damage, what nobody announced, and postings that came late.</summary>
    public async Task AfterPostingAsync(CountedReceipt counted, InboundShipment? shipment, Envelope envelope, CancellationToken ct)
    {
        var (receipt, lines, _) = counted;
        var terms = await orders.ReadAsync([.. lines.Select(line => line.OrderLineId)], ct);
        foreach (var line in lines.Where(line => line.Condition == ReceivedCondition.Damaged))
        {
            await KeepAsync(new Difference(DiscrepancyKind.Damaged, terms[line.OrderLineId], shipment, line, line.Quantity, Actual: 0m), isTolerated: false, envelope, ct);
        }

        if (shipment is not null)
        {
            foreach (var line in lines.Where(line => line.ShipmentLineId is null).DistinctBy(line => line.OrderLineId))
            {
                await KeepAsync(new Difference(DiscrepancyKind.Unannounced, terms[line.OrderLineId], shipment, line, Expected: 0m, line.Quantity), isTolerated: true, envelope, ct);
            }
        }

        var first = terms[lines[0].OrderLineId];
        var most = (await policies.TermsForAsync(new Receivable(Item: null, first.Supplier, first.Warehouse, first.LegalEntity), envelope.Now, ct)).MostHoursToPost;
        var delay = receipt.PostedAt!.Value - receipt.HappenedAt;
        if (delay > TimeSpan.FromHours(most))
        {
            await ReportLateAsync(receipt, lines, delay, most, envelope, ct);
        }
    }

    /// <summary>Closes the case of a difference together with it.</summary>
    public async Task SettleAsync(Discrepancy found, Settlement settlement, string? note, Envelope envelope, CancellationToken ct)
    {
        found.Settle(settlement, note, envelope);
        db.Raise(found.Settled());
        if (found.CaseId is { } opened)
        {
            await closing.SettleAsync(opened, OutcomeOf(settlement), note, envelope, ct);
        }
    }

    public static CaseOutcome OutcomeOf(Settlement settlement) => settlement switch
    {
        Settlement.AwaitRest or Settlement.CancelRest => CaseOutcome.Corrected,
        Settlement.Accepted => CaseOutcome.AcceptedAsIs,
        Settlement.Returned => CaseOutcome.Returned,
        Settlement.Scrapped => CaseOutcome.WrittenOff,
        Settlement.Mistake => CaseOutcome.FalseAlarm,
    };

    private Discrepancy Keep(Difference found, ExceptionCaseId? inCase, Envelope envelope)
    {
        var kept = Discrepancy.Find(new DiscrepancyId(Guid.CreateVersion7(envelope.Now)), found, inCase, envelope.Now);
        db.Add(kept);
        db.Raise(DiscrepancyFound.Of(kept));
        return kept;
    }

    /// <summary>A stock-out that is open about the same goods hears of it: they were there, and nobody had said so (SCN-16).</summary>
    private async Task ReportLateAsync(
        Receipt receipt, IReadOnlyList<ReceiptLine> lines, TimeSpan delay, int most, Envelope envelope, CancellationToken ct)
    {
        var late = ReceivingSignals.LatePosting(receipt, delay, most);
        await exceptions.SignalAsync(late, envelope, ct);
        var items = lines.Select(line => line.ItemId).Distinct().ToList();
        var shortages = await db.Set<ExceptionCase>().AsNoTracking()
            .Where(open => open.Category == "STOCKOUT" && open.Status != CaseStatus.Resolved && open.WarehouseId == receipt.WarehouseId
                && open.ItemId != null && items.Contains(open.ItemId.Value))
            .OrderBy(open => open.Id)
            .ToListAsync(ct);
        foreach (var shortage in shortages)
        {
            await exceptions.SignalAsync(
                late with { Category = shortage.Category, CorrelationKey = shortage.CorrelationKey, Item = shortage.ItemId }, envelope, ct);
        }
    }
}
