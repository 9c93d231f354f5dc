using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Kernel.Events;

/// <summary>
/// Gives committed events their dense position. One process does it at a time, under an advisory lock that dies with
/// its session; each batch is one transaction, so it may be killed between any two instructions.
/// </summary>
public sealed partial class EventPublisher(
    NpgsqlDataSource source, EventDoorbell doorbell, TimeProvider clock, ILogger<EventPublisher> logger)
{
    private const int Batch = 1_000;

    /// <summary>How long an event committed by another process can wait unseen.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Between two batches: stamping every commit by itself would take the processor from those who commit.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    /// <summary>How soon another process takes over.</summary>
    private static readonly TimeSpan Candidacy = TimeSpan.FromMilliseconds(500);

    /// <summary>Stamps until it is cancelled; loses its connection and comes back.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await LeadAsync(ct);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                Interrupted(logger, fault);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Candidacy, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Stamps what can be stamped now; returns how many.</summary>
    public static async Task<int> PublishAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await PublishAsync(connection, ct);
    }

    private async Task LeadAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var candidacy = new NpgsqlCommand(
            $"select pg_try_advisory_lock({AdvisoryLocks.EventPublisher})", connection);
        if (await candidacy.ExecuteScalarAsync(ct) is not true)
        {
            return;
        }

        try
        {
            await using (var begin = new NpgsqlCommand("select begin_event_run()", connection))
            {
                await begin.ExecuteNonQueryAsync(ct);
            }

            while (!ct.IsCancellationRequested)
            {
                var ring = doorbell.NextRing;
                if (await PublishAsync(connection, ct) > 0)
                {
                    doorbell.PublishedHere.Ring();
                    await Task.Delay(Pace, clock, ct);
                }
                else
                {
                    await Task.WhenAny(ring, Task.Delay(Poll, clock, ct));
                }
            }
        }
        finally
        {
            await SessionState.GiveBackAsync(connection);
        }
    }

    private static async Task<int> PublishAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var publish = new NpgsqlCommand($"select publish_events({Batch})", connection);
        var total = 0;
        int stamped;
        do
        {
            stamped = (int)(await publish.ExecuteScalarAsync(ct))!;
            total += stamped;
        }
        while (stamped >= Batch);

        return total;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publishing events was interrupted; it continues where it stopped")]
    private static partial void Interrupted(ILogger logger, Exception fault);
}
