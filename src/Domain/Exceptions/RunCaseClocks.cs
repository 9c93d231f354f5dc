using Npgsql;
using Platform.Domain.Kernel;

namespace Platform.Domain.Exceptions;

/// <summary>
/// Resumes cases whose wait is over and escalates those whose time has run out (EXC-06); run by a service, again and again.
/// </summary>
[Needs("exceptions.escalate")]
public sealed record RunCaseClocks(int Most) : ICommand<CaseClocksRun>;

public sealed record CaseClocksRun(IReadOnlyList<ExceptionCaseId> Resumed, IReadOnlyList<ExceptionCaseId> Escalated);

internal sealed class RunCaseClocksHandler(PlatformDb db) : ICommandHandler<RunCaseClocks, CaseClocksRun>
{
    private const int MostAtOnce = 500;

    public async Task<Result<CaseClocksRun>> HandleAsync(RunCaseClocks command, Envelope envelope, CancellationToken ct)
    {
        var most = Math.Clamp(command.Most, 1, MostAtOnce);
        var awake = await db.LockAwakeCasesAsync(envelope.Now, most, ct);
        foreach (var found in awake)
        {
            var clock = await db.SlaClockAsync(found.CalendarId, found.TimeZone, ct);
            found.Resume(clock.Due(envelope.Now, found.SlaLeft!.Value), envelope.Now);
            db.Raise(found.Moved(CaseStep.Resume, CaseStatus.Waiting, note: null));
        }

        var overdue = await db.LockOverdueCasesAsync(envelope.Now, most, ct);
        foreach (var found in overdue)
        {
            var from = found.Status;
            var clock = await db.SlaClockAsync(found.CalendarId, found.TimeZone, ct);
            found.Escalate(clock.Due(envelope.Now, TimeSpan.FromHours(found.SlaHours)), envelope.Now);
            db.Raise(found.Moved(CaseStep.Escalate, from, $"Not dealt with within {found.SlaHours} hours."));
        }

        return new CaseClocksRun([.. awake.Select(found => found.Id)], [.. overdue.Select(found => found.Id)]);
    }
}

/// <summary>Asks cheaply whether the clocks have anything to do, so that a quiet night writes no audit rows.</summary>
public static class CaseClocks
{
    private const string Due =
        """
        select exists (select from exception_case where due_at < $1 and status in ('NEW', 'TRIAGED', 'ASSIGNED', 'IN_PROGRESS'))
            or exists (select from exception_case where wait_until <= $1 and status = 'WAITING')
        """;

    public static async Task<bool> AreDueAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        await using var ask = source.CreateCommand(Due);
        ask.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return await ask.ExecuteScalarAsync(ct) is true;
    }
}
