using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Finance;

/// <summary>Closes a month that is over: nothing with a date in it is posted any more (I-20).</summary>
[Needs("finance.close")]
[Refuses<MonthNotOver>, Refuses<PeriodAlreadyClosed>, Refuses<LegalEntityNotFound>]
public sealed record ClosePeriod(LegalEntityId LegalEntity, int Year, int Month, bool ForGood) : ICommand<PeriodWasClosed>;

public sealed record PeriodWasClosed(Guid Period, LegalEntityId LegalEntity, DateOnly FirstDay, PeriodStatus Status) : IEvent
{
    public Subject Subject => new("AccountingPeriod", Period);
}

/// <summary>Opens a month again that was closed softly.</summary>
[Needs("finance.close")]
[Refuses<PeriodNotSoftClosed>]
public sealed record ReopenPeriod(LegalEntityId LegalEntity, int Year, int Month) : ICommand<PeriodWasReopened>;

public sealed record PeriodWasReopened(Guid Period, LegalEntityId LegalEntity, DateOnly FirstDay) : IEvent
{
    public Subject Subject => new("AccountingPeriod", Period);
}

/// <summary>Whether a month still takes postings.</summary>
public enum PeriodStatus
{
    Open,

    /// <summary>Stock posts no more; finance may still correct values, or open it again.</summary>
    SoftClosed,

    /// <summary>For good.</summary>
    Closed,
}

public sealed record MonthNotOver(int Year, int Month) : DomainError
{
    public override string Message => $"{Year:0000}-{Month:00} is not a month that is over.";
}

public sealed record PeriodAlreadyClosed(int Year, int Month, PeriodStatus Status) : DomainError
{
    public override string Message => $"{Year:0000}-{Month:00} is {Status} already.";
}

public sealed record PeriodNotSoftClosed(int Year, int Month) : DomainError
{
    public override string Message => $"{Year:0000}-{Month:00} is not closed softly: an open month stays open, a closed one stays closed.";
}

internal sealed class ClosePeriodHandler(PlatformDb db, LedgerEntities entities) : ICommandHandler<ClosePeriod, PeriodWasClosed>
{
    public async Task<Result<PeriodWasClosed>> HandleAsync(ClosePeriod command, Envelope envelope, CancellationToken ct)
    {
        if (await entities.FindAsync(db, command.LegalEntity, ct) is null)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (Months.First(command.Year, command.Month) is not { } first
            || first.AddMonths(1) > DateOnly.FromDateTime(envelope.Now.UtcDateTime))
        {
            return new MonthNotOver(command.Year, command.Month);
        }

        var period = await db.LockPeriodAsync(command.LegalEntity, first, ct);
        var status = command.ForGood ? PeriodStatus.Closed : PeriodStatus.SoftClosed;
        if (period.Status >= status)
        {
            return new PeriodAlreadyClosed(command.Year, command.Month, period.Status);
        }

        var id = period.Id ?? Guid.CreateVersion7(envelope.Now);
        await db.SavePeriodAsync(id, command.LegalEntity, first, status, envelope, ct);
        var closed = new PeriodWasClosed(id, command.LegalEntity, first, status);
        db.Raise(closed);
        return closed;
    }
}

internal sealed class ReopenPeriodHandler(PlatformDb db) : ICommandHandler<ReopenPeriod, PeriodWasReopened>
{
    public async Task<Result<PeriodWasReopened>> HandleAsync(ReopenPeriod command, Envelope envelope, CancellationToken ct)
    {
        if (Months.First(command.Year, command.Month) is not { } first)
        {
            return new PeriodNotSoftClosed(command.Year, command.Month);
        }

        var period = await db.LockPeriodAsync(command.LegalEntity, first, ct);
        if (period is not { Id: { } id, Status: PeriodStatus.SoftClosed })
        {
            return new PeriodNotSoftClosed(command.Year, command.Month);
        }

        await db.SavePeriodAsync(id, command.LegalEntity, first, PeriodStatus.Open, envelope, ct);
        var reopened = new PeriodWasReopened(id, command.LegalEntity, first);
        db.Raise(reopened);
        return reopened;
    }
}

internal static class Months
{
    public static DateOnly? First(int year, int month) =>
        year is >= 2000 and <= 2999 && month is >= 1 and <= 12 ? new DateOnly(year, month, 1) : null;
}
