using Platform.Domain.Kernel;

namespace Platform.Domain.Exceptions;

/// <summary>Takes the signals of every capability, in the transaction of whoever found the trouble.</summary>
public sealed class ExceptionDesk(PlatformDb db, ExceptionRouting routing, CaseHistories histories)
{
    /// <summary>
    /// Opens a case, or joins the one that is open about the same (EXC-12). The category must be known: a capability that
    /// signals one that is not has a defect.
    /// </summary>
    public async Task<Signalled> SignalAsync(Signal signal, Envelope envelope, CancellationToken ct)
    {
        await db.LockExceptionKeyAsync(signal.CorrelationKey, ct);
        var open = await db.FindOpenCaseAsync(signal.CorrelationKey, ct);
        if (open is not null)
        {
            open.Join(signal, envelope.Now);
            db.Add(ExceptionSignal.Of(open.Id, signal, envelope));
            db.Raise(new CaseSignalled(
                open.Id, open.Signals, open.Severity, open.ValueAtStake, open.CurrencyCode, open.Queue, open.LegalEntityId,
                open.WarehouseId, open.SupplierId));
            return new Signalled(open.Id, IsNew: false);
        }

        var route = await routing.RouteAsync(signal, envelope.Now, ct);
        var history = await histories.OfAsync(signal.Supplier, signal.Item, envelope.Now, ct);
        var opened = ExceptionCase.Open(new ExceptionCaseId(Guid.CreateVersion7(envelope.Now)), signal, route, history, envelope);
        db.Add(opened);
        db.Add(ExceptionSignal.Of(opened.Id, signal, envelope));
        db.Raise(new CaseOpened(
            opened.Id, opened.Category, opened.Title, opened.Severity, opened.ServiceImpact, opened.ValueAtStake, opened.CurrencyCode,
            opened.Queue, opened.DueAt, opened.SourceKind, opened.SourceId, opened.LegalEntityId, opened.WarehouseId,
            opened.SupplierId, opened.CustomerId, opened.ItemId));
        return new Signalled(opened.Id, IsNew: true);
    }
}
