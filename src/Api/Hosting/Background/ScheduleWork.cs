using System.Collections.Frozen;
using Npgsql;
using Platform.Domain.Kernel;
using Platform.Domain.Schedules;

namespace Platform.Api.Hosting.Background;

/// <summary>
/// Does what is due by its schedule. Apart from the clocks, because a run may take minutes. Work that breaks off is noted and tried
/// again later; an outage of the database is not the work's fault and is only waited for.
/// </summary>
internal sealed class ScheduleWork(CommandRunner runner, NpgsqlDataSource source, TimeProvider clock, ILogger<ScheduleWork> logger)
    : RepeatedWork(TimeSpan.FromSeconds(5), clock, logger)
{
    /// <summary>A service of the house, the same on every node.</summary>
    private static readonly Guid _service = new("00000000-0000-7000-8000-0000000000c2");

    private static readonly FrozenSet<string> _permissions = FrozenSet.ToFrozenSet(["schedules.run"], StringComparer.Ordinal);

    private readonly TimeProvider _clock = clock;

    protected override async Task WorkAsync(CancellationToken ct)
    {
        foreach (var due in await ScheduleClocks.DueAsync(source, _clock.GetUtcNow(), ct))
        {
            try
            {
                await RunAsync(new RunDueSchedule(due), ct);
            }
            catch (Exception fault) when (fault is not OperationCanceledException && !IsOutage(fault))
            {
                // One broken piece of work must not stop the others, whatever broke it.
                var reason = fault.GetBaseException().Message.ReplaceLineEndings(" ").Trim();
                await RunAsync(new NoteFailedRun(due, reason.Length > 500 ? reason[..500].TrimEnd() : reason), ct);
            }
        }
    }

    private static bool IsOutage(Exception fault) =>
        fault.GetBaseException() is NpgsqlException and not PostgresException or IOException or TimeoutException;

    private Task<Result<ScheduleRan>> RunAsync(ICommand<ScheduleRan> command, CancellationToken ct) => runner.Async(
        command,
        new Caller(new Actor(ActorKind.Service, _service, _service, "schedules"), _permissions, Guid.CreateVersion7(), IdempotencyKey: null),
        ct);
}
