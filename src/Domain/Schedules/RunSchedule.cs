using Npgsql;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Schedules;

/// <summary>A piece of work that a capability lets the house do by itself. Found by its code in the table of schedules.</summary>
public interface IScheduledWork
{
    string Code { get; }

    /// <summary>Does the work in the transaction of the run, and says in words what came of it.</summary>
    Task<Result<string>> RunAsync(Envelope envelope, CancellationToken ct);
}

/// <summary>Does a piece of work now, ahead of its time; it is not due again before its next day.</summary>
[Needs("schedules.govern")]
[Refuses<ScheduleNotFound>, Refuses<StaleVersion>]
public sealed record RunSchedule(ScheduleId Schedule, int Version) : ICommand<ScheduleRan>;

/// <summary>Does a piece of work that is due; run by a service. What another node did meanwhile is not done again.</summary>
[Needs("schedules.run")]
[Refuses<ScheduleNotFound>, Refuses<ScheduleNotDue>]
public sealed record RunDueSchedule(ScheduleId Schedule) : ICommand<ScheduleRan>;

/// <summary>Notes that a piece of work broke off, so that it is tried again later and people see it; run by a service.</summary>
[Needs("schedules.run")]
[Refuses<InvalidField>, Refuses<ScheduleNotFound>, Refuses<ScheduleNotDue>]
public sealed record NoteFailedRun(ScheduleId Schedule, string Reason) : ICommand<ScheduleRan>;

public sealed record ScheduleRan(
    ScheduleId Schedule, string Code, ScheduleOutcome Outcome, string Result, DateTimeOffset NextRunAt, int Version) : IEvent
{
    public Subject Subject => new(nameof(Schedules.Schedule), Schedule.Value);
}

public sealed record ScheduleNotDue(ScheduleId Schedule, DateTimeOffset NextRunAt) : DomainError
{
    public override string Message => $"Schedule {Schedule} is not due before {NextRunAt:O}.";
}

/// <summary>Runs the work behind a schedule that is locked, and keeps what came of it.</summary>
internal sealed class ScheduleDesk(PlatformDb db, IEnumerable<IScheduledWork> works)
{
    private const int MostWords = 500;

    public async Task<ScheduleRan> RunAsync(Schedule schedule, Envelope envelope, CancellationToken ct)
    {
        var result = await works.Single(work => string.Equals(work.Code, schedule.Code, StringComparison.Ordinal)).RunAsync(envelope, ct);
        return result.Succeeded(out var words)
            ? Keep(schedule, ScheduleOutcome.Done, words, envelope)
            : Keep(schedule, ScheduleOutcome.Refused, result.Error!.Message, envelope);
    }

    public ScheduleRan Keep(Schedule schedule, ScheduleOutcome outcome, string words, Envelope envelope)
    {
        var dueAt = schedule.NextRunAt;
        schedule.Ran(outcome, words.Length > MostWords ? words[..MostWords] : words, envelope.Now);
        db.Add(ScheduleRun.Of(schedule, dueAt, envelope));
        var ran = new ScheduleRan(schedule.Id, schedule.Code, outcome, schedule.LastResult!, schedule.NextRunAt, schedule.Version);
        db.Raise(ran);
        return ran;
    }
}

internal sealed class RunScheduleHandler(PlatformDb db, ScheduleDesk desk) : ICommandHandler<RunSchedule, ScheduleRan>
{
    public async Task<Result<ScheduleRan>> HandleAsync(RunSchedule command, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockScheduleAsync(command.Schedule, ct) is not { } schedule)
        {
            return new ScheduleNotFound(command.Schedule);
        }

        if (schedule.Version != command.Version)
        {
            return new StaleVersion(nameof(Schedule), schedule.Id.Value, command.Version, schedule.Version);
        }

        return await desk.RunAsync(schedule, envelope, ct);
    }
}

internal sealed class RunDueScheduleHandler(PlatformDb db, ScheduleDesk desk) : ICommandHandler<RunDueSchedule, ScheduleRan>
{
    public async Task<Result<ScheduleRan>> HandleAsync(RunDueSchedule command, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockScheduleAsync(command.Schedule, ct) is not { } schedule)
        {
            return new ScheduleNotFound(command.Schedule);
        }

        return schedule.IsDue(envelope.Now)
            ? await desk.RunAsync(schedule, envelope, ct)
            : new ScheduleNotDue(schedule.Id, schedule.NextRunAt);
    }
}

internal sealed class NoteFailedRunHandler(PlatformDb db, ScheduleDesk desk, ExceptionDesk exceptions) : ICommandHandler<NoteFailedRun, ScheduleRan>
{
    public async Task<Result<ScheduleRan>> HandleAsync(NoteFailedRun command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockScheduleAsync(command.Schedule, ct) is not { } schedule)
        {
            return new ScheduleNotFound(command.Schedule);
        }

        if (!schedule.IsDue(envelope.Now))
        {
            return new ScheduleNotDue(schedule.Id, schedule.NextRunAt);
        }

        var ran = desk.Keep(schedule, ScheduleOutcome.Failed, command.Reason, envelope);
        await exceptions.SignalAsync(
            new Signal
            {
                Category = "SCHEDULE_FAILED",
                CorrelationKey = $"SCHEDULE_FAILED/{schedule.Id}",
                Title = $"{schedule.Code} did not succeed",
                Source = new Subject(nameof(Schedule), schedule.Id.Value),
                SourceEvent = nameof(ScheduleRan),
                Facts = [new CaseFact("reason", command.Reason), new CaseFact("again", schedule.NextRunAt.ToString("O"))],
            },
            envelope,
            ct);
        return ran;
    }
}

/// <summary>Asks cheaply what is due, so that a quiet night writes no audit rows.</summary>
public static class ScheduleClocks
{
    public static async Task<IReadOnlyList<ScheduleId>> DueAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        await using var ask = source.CreateCommand("select id from schedule where is_on and next_run_at <= $1 order by next_run_at, id");
        ask.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await using var rows = await ask.ExecuteReaderAsync(ct);
        var due = new List<ScheduleId>();
        while (await rows.ReadAsync(ct))
        {
            due.Add(new ScheduleId(rows.GetGuid(0)));
        }

        return due;
    }
}
