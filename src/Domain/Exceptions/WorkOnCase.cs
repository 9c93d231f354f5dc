using Platform.Domain.Kernel;

namespace Platform.Domain.Exceptions;

/// <summary>How bad a case is, whose it is, and how soon it must be dealt with.</summary>
public sealed record Triage(CaseSeverity Severity, ServiceImpact ServiceImpact, string Queue, int SlaHours)
{
    internal InvalidField? Check() =>
        Field.Known<CaseSeverity>("severity", Severity)
        ?? Field.Known<ServiceImpact>("serviceImpact", ServiceImpact)
        ?? QueueName.Check("queue", Queue)
        ?? QueueName.CheckHours("slaHours", SlaHours);
}

/// <summary>Judges a case, or judges it anew: it goes to the queue that is named, and its clock starts again.</summary>
[Needs("exceptions.triage"), WithinRows]
[Refuses<InvalidField>, Refuses<ExceptionCaseNotFound>, Refuses<StaleVersion>, Refuses<WrongCaseStatus>]
public sealed record TriageCase(ExceptionCaseId Case, int Version, Triage Judgement, string? Note) : ICommand<CaseMoved>;

/// <summary>Gives a case to a person, who answers for it from now on.</summary>
[Needs("exceptions.triage"), WithinRows]
[Refuses<InvalidField>, Refuses<ExceptionCaseNotFound>, Refuses<StaleVersion>, Refuses<WrongCaseStatus>]
public sealed record AssignCase(ExceptionCaseId Case, int Version, Guid Owner, string OwnerName) : ICommand<CaseMoved>;

/// <summary>Takes a case oneself.</summary>
[Needs("exceptions.work"), WithinRows]
[Refuses<ExceptionCaseNotFound>, Refuses<StaleVersion>, Refuses<WrongCaseStatus>]
public sealed record TakeCase(ExceptionCaseId Case, int Version) : ICommand<CaseMoved>;

/// <summary>Begins to work on a case.</summary>
[Needs("exceptions.work"), WithinRows]
[Refuses<ExceptionCaseNotFound>, Refuses<StaleVersion>, Refuses<WrongCaseStatus>]
public sealed record StartCase(ExceptionCaseId Case, int Version) : ICommand<CaseMoved>;

/// <summary>The next step is another's: the clock stands until somebody resumes, or until the moment that is named.</summary>
[Needs("exceptions.work"), WithinRows]
[Refuses<InvalidField>, Refuses<ExceptionCaseNotFound>, Refuses<StaleVersion>, Refuses<WrongCaseStatus>]
public sealed record WaitWithCase(ExceptionCaseId Case, int Version, DateTimeOffset? Until, string Reason)
    : ICommand<CaseMoved>, IReasoned;

/// <summary>Goes on with a case that waited; the clock runs on from where it stood.</summary>
[Needs("exceptions.work"), WithinRows]
[Refuses<ExceptionCaseNotFound>, Refuses<StaleVersion>, Refuses<WrongCaseStatus>]
public sealed record ResumeCase(ExceptionCaseId Case, int Version) : ICommand<CaseMoved>;

/// <summary>Closes a case and says how it ended.</summary>
[Needs("exceptions.work"), WithinRows]
[Refuses<InvalidField>, Refuses<ExceptionCaseNotFound>, Refuses<StaleVersion>, Refuses<WrongCaseStatus>]
public sealed record ResolveCase(ExceptionCaseId Case, int Version, CaseOutcome Outcome, string? RootCause, string? Note)
    : ICommand<CaseMoved>, IReasoned
{
    string? IReasoned.Reason => Note;
}

/// <summary>Opens a closed case again: it was not over.</summary>
[Needs("exceptions.work"), WithinRows]
[Refuses<InvalidField>, Refuses<ExceptionCaseNotFound>, Refuses<StaleVersion>, Refuses<WrongCaseStatus>, Refuses<AnotherCaseIsOpen>]
public sealed record ReopenCase(ExceptionCaseId Case, int Version, string Reason) : ICommand<CaseMoved>, IReasoned;

internal sealed class TriageCaseHandler(PlatformDb db) : ICommandHandler<TriageCase, CaseMoved>
{
    public async Task<Result<CaseMoved>> HandleAsync(TriageCase command, Envelope envelope, CancellationToken ct)
    {
        if ((command.Judgement.Check() ?? Field.OptionalText("note", command.Note, most: 500)) is { } invalid)
        {
            return invalid;
        }

        var clock = await db.ClockOfCaseAsync(command.Case, ct);
        var due = clock.Due(envelope.Now, TimeSpan.FromHours(command.Judgement.SlaHours));
        return await db.MoveCaseAsync(
            (command.Case, command.Version, CaseStep.Triage, command.Note),
            found => found.Triage(command.Judgement, due, envelope.Now),
            ct);
    }
}

internal sealed class AssignCaseHandler(PlatformDb db) : ICommandHandler<AssignCase, CaseMoved>
{
    public async Task<Result<CaseMoved>> HandleAsync(AssignCase command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("ownerName", command.OwnerName, most: 200) is { } invalid)
        {
            return invalid;
        }

        return await db.MoveCaseAsync(
            (command.Case, command.Version, CaseStep.Assign, null),
            found => found.Assign(command.Owner, command.OwnerName, envelope.Now),
            ct);
    }
}

internal sealed class TakeCaseHandler(PlatformDb db) : ICommandHandler<TakeCase, CaseMoved>
{
    public Task<Result<CaseMoved>> HandleAsync(TakeCase command, Envelope envelope, CancellationToken ct) =>
        db.MoveCaseAsync(
            (command.Case, command.Version, CaseStep.Assign, null),
            found => found.Assign(envelope.Actor.Id, envelope.Actor.Name, envelope.Now),
            ct);
}

internal sealed class StartCaseHandler(PlatformDb db) : ICommandHandler<StartCase, CaseMoved>
{
    public Task<Result<CaseMoved>> HandleAsync(StartCase command, Envelope envelope, CancellationToken ct) =>
        db.MoveCaseAsync((command.Case, command.Version, CaseStep.Start, null), found => found.Start(envelope.Now), ct);
}

internal sealed class WaitWithCaseHandler(PlatformDb db) : ICommandHandler<WaitWithCase, CaseMoved>
{
    public async Task<Result<CaseMoved>> HandleAsync(WaitWithCase command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.Text("reason", command.Reason, most: 500)
            ?? (command.Until <= envelope.Now
                ? Field.Invalid("until", "must lie in the future", command.Until.Value.ToString("O"))
                : null);
        if (invalid is not null)
        {
            return invalid;
        }

        var clock = await db.ClockOfCaseAsync(command.Case, ct);
        return await db.MoveCaseAsync(
            (command.Case, command.Version, CaseStep.Wait, command.Reason),
            found => found.Wait(clock.Left(envelope.Now, found.DueAt), command.Until, envelope.Now),
            ct);
    }
}

internal sealed class ResumeCaseHandler(PlatformDb db) : ICommandHandler<ResumeCase, CaseMoved>
{
    public async Task<Result<CaseMoved>> HandleAsync(ResumeCase command, Envelope envelope, CancellationToken ct)
    {
        var clock = await db.ClockOfCaseAsync(command.Case, ct);
        return await db.MoveCaseAsync(
            (command.Case, command.Version, CaseStep.Resume, null),
            found => found.Resume(clock.Due(envelope.Now, found.SlaLeft!.Value), envelope.Now),
            ct);
    }
}

internal sealed class ResolveCaseHandler(PlatformDb db, CaseClosing closing) : ICommandHandler<ResolveCase, CaseMoved>
{
    public async Task<Result<CaseMoved>> HandleAsync(ResolveCase command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.Known<CaseOutcome>("outcome", command.Outcome)
            ?? Field.OptionalText("rootCause", command.RootCause, most: 100)
            ?? Field.OptionalText("note", command.Note, most: 500);
        if (invalid is not null)
        {
            return invalid;
        }

        ExceptionCase? resolved = null;
        var moved = await db.MoveCaseAsync(
            (command.Case, command.Version, CaseStep.Resolve, command.Note),
            found => (resolved = found).Resolve(command.Outcome, command.RootCause, envelope.Actor.Id, envelope.Now),
            ct);
        if (resolved is not null)
        {
            await closing.TellAsync(resolved, envelope, ct);
        }

        return moved;
    }
}

internal sealed class ReopenCaseHandler(PlatformDb db)
    : ICommandHandler<ReopenCase, CaseMoved>, IConstraintRefusals<ReopenCase>
{
    public async Task<Result<CaseMoved>> HandleAsync(ReopenCase command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var clock = await db.ClockOfCaseAsync(command.Case, ct);
        return await db.MoveCaseAsync(
            (command.Case, command.Version, CaseStep.Reopen, command.Reason),
            found => found.Reopen(clock.Due(envelope.Now, TimeSpan.FromHours(found.SlaHours)), envelope.Now),
            ct);
    }

    public DomainError? RefusalFor(ReopenCase command, string constraint) =>
        constraint == "exception_case_open" ? new AnotherCaseIsOpen(command.Case.ToString()) : null;
}
