using System.Globalization;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Finance;

/// <summary>
/// Closes a month that is over and whose books agree: nothing with a date in it is posted any more (I-20). The comparison is made
/// while nobody posts, and kept.
/// </summary>
[Needs("finance.close")]
[Refuses<MonthNotOver>, Refuses<PeriodAlreadyClosed>, Refuses<LegalEntityNotFound>, Refuses<PeriodNotReconciled>]
public sealed record ClosePeriod(LegalEntityId LegalEntity, int Year, int Month, bool ForGood) : ICommand<PeriodWasClosed>;

public sealed record PeriodWasClosed(Guid Period, LegalEntityId LegalEntity, DateOnly FirstDay, PeriodStatus Status) : IEvent
{
    public Subject Subject => new("AccountingPeriod", Period);
}

/// <summary>Asks others to agree that a month that was closed softly is opened again.</summary>
[Needs("finance.close")]
[Refuses<InvalidField>, Refuses<PeriodNotSoftClosed>, Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record AskToReopenPeriod(LegalEntityId LegalEntity, int Year, int Month, string Reason) : ICommand<ApprovalFiled>, IReasoned;

/// <summary>Opens a month again that was closed softly; run by the approval of it and by nothing else.</summary>
[Needs("finance.reopen")]
[Refuses<NeedsApproval>, Refuses<PeriodNotSoftClosed>]
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

internal sealed class ClosePeriodHandler(PlatformDb db, LedgerEntities entities, Reconciliations reconciliations)
    : ICommandHandler<ClosePeriod, PeriodWasClosed>
{
    public async Task<Result<PeriodWasClosed>> HandleAsync(ClosePeriod command, Envelope envelope, CancellationToken ct)
    {
        if (await entities.FindAsync(db, command.LegalEntity, ct) is not { } entity)
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

        var books = await reconciliations.MakeAsync(entity, first, envelope, ct);
        if (books.Made.Differences > 0)
        {
            return new PeriodNotReconciled(command.Year, command.Month, books.Made.Differences, books.Made.Differing);
        }

        reconciliations.Keep(books, envelope);
        var id = period.Id ?? Guid.CreateVersion7(envelope.Now);
        await db.SavePeriodAsync(id, command.LegalEntity, first, status, envelope, ct);
        var closed = new PeriodWasClosed(id, command.LegalEntity, first, status);
        db.Raise(closed);
        return closed;
    }
}

internal sealed class AskToReopenPeriodHandler(PlatformDb db, ApprovalDesk approvals) : ICommandHandler<AskToReopenPeriod, ApprovalFiled>
{
    public async Task<Result<ApprovalFiled>> HandleAsync(AskToReopenPeriod command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var period = Months.First(command.Year, command.Month) is { } first
            ? await db.LockPeriodAsync(command.LegalEntity, first, ct)
            : (Id: null, Status: PeriodStatus.Open);
        if (period is not { Id: { } id, Status: PeriodStatus.SoftClosed })
        {
            return new PeriodNotSoftClosed(command.Year, command.Month);
        }

        var subject = new Subject(nameof(AccountingPeriod), id);
        return await approvals.FileAsync(
            new ReopenPeriod(command.LegalEntity, command.Year, command.Month),
            new ApprovalSheet
            {
                Kind = "PERIOD_REOPENING",
                Subject = subject,
                Title = string.Create(CultureInfo.InvariantCulture, $"Reopen {command.Year:0000}-{command.Month:00}"),
                Note = command.Reason,
                Effects = [new ShownEffect("status", "softly closed", "open")],
                Preconditions = [subject],
                LegalEntity = command.LegalEntity,
            },
            envelope,
            ct);
    }
}

/// <summary>What an approver relies on of a month.</summary>
internal sealed class PeriodFacts(PlatformDb db) : IMaterialFacts
{
    public string Kind => nameof(AccountingPeriod);

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct) =>
        await db.FindPeriodAsync(id, ct) is { } period ? new { period.FirstDay, period.Status } : null;
}

internal sealed class ReopenPeriodHandler(PlatformDb db) : ICommandHandler<ReopenPeriod, PeriodWasReopened>
{
    public async Task<Result<PeriodWasReopened>> HandleAsync(ReopenPeriod command, Envelope envelope, CancellationToken ct)
    {
        if (envelope.Mandate is null)
        {
            return new NeedsApproval(string.Create(CultureInfo.InvariantCulture, $"Reopening {command.Year:0000}-{command.Month:00}"));
        }

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
