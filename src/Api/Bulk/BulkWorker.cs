using System.Collections.Frozen;
using Npgsql;
using Platform.Api.Hosting.Background;
using Platform.Domain.Bulk;
using Platform.Domain.Kernel;

namespace Platform.Api.Bulk;

/// <summary>Takes jobs that wait, or whose node fell silent, and works them off, a few at a time.</summary>
internal sealed partial class BulkWorker(
    BulkStore store, Exporting exporting, Importing importing, CommandRunner runner, TimeProvider clock, ILogger<BulkWorker> logger)
    : RepeatedWork(TimeSpan.FromSeconds(1), clock, logger)
{
    /// <summary>A node that was not heard of for so long is taken for gone: its jobs go on elsewhere within ten seconds.</summary>
    public static readonly TimeSpan LeaseFor = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan _renewEvery = TimeSpan.FromSeconds(2);

    private const int AtOnce = 2;
    private const int MostAttempts = 5;

    private static readonly TimeSpan _keepResults = TimeSpan.FromDays(7);
    private static readonly TimeSpan _sweepEvery = TimeSpan.FromHours(1);
    private static readonly FrozenSet<string> _works = FrozenSet.Create(StringComparer.Ordinal, "bulk.work");

    private static readonly Actor _worker = new(
        ActorKind.Service, new Guid("00000000-0000-7000-8000-00000000b001"), new Guid("00000000-0000-7000-8000-00000000b001"), "Bulk worker");

    private readonly TimeProvider _clock = clock;
    private DateTimeOffset _sweepDue = DateTimeOffset.MinValue;

    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (_clock.GetUtcNow() >= _sweepDue)
        {
            await store.SweepAsync(_clock.GetUtcNow(), _keepResults, ct);
            _sweepDue = _clock.GetUtcNow() + _sweepEvery;
        }

        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => LaneAsync(ct)));
    }

    private async Task LaneAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested && await store.ClaimAsync(_clock.GetUtcNow(), LeaseFor, ct) is { } work)
        {
            try
            {
                await EndAsync(work, await RunAsync(work, ct));
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                // The host stops; another node, or this one when it is back, goes on at once.
                await store.RenewAsync(work, _clock.GetUtcNow(), CancellationToken.None);
                throw;
            }
        }
    }

    /// <summary>Why it could not go on; an outage is no reason, the lease runs out and the job is tried again.</summary>
    private async Task<string?> RunAsync(BulkWork work, CancellationToken ct)
    {
        if (work.Attempts > MostAttempts)
        {
            return $"The job was given up after {MostAttempts} attempts.";
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var alive = ShowLifeAsync(work, ended.Token);
        try
        {
            return await (work.Kind == BulkKind.Export ? exporting.RunAsync(work, ct) : importing.RunAsync(work, ct));
        }
        catch (UnusableDocument fault)
        {
            return fault.Message;
        }
        catch (Exception fault) when (fault is not (NpgsqlException or IOException or TimeoutException or OperationCanceledException))
        {
            Failed(logger, fault, work.Job);
            return "The job failed by a fault of the service; it is logged under the job's id.";
        }
        finally
        {
            await ended.CancelAsync();
            await alive;
        }
    }

    /// <summary>A piece may take longer than a lease. Whoever lost the lease finds out when it writes.</summary>
    private async Task ShowLifeAsync(BulkWork work, CancellationToken ct)
    {
        var isOurs = true;
        while (isOurs)
        {
            await Task.Delay(_renewEvery, _clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ct.IsCancellationRequested)
            {
                return;
            }

            try
            {
                isOurs = await store.RenewAsync(work, _clock.GetUtcNow() + LeaseFor, CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // An outage: the next sign of life may come in time.
            }
        }
    }

    private async Task EndAsync(BulkWork work, string? problem) =>
        await runner.Async(
            new EndBulkJob(work.Job, work.Lease, problem),
            new Caller(_worker, _works, Guid.CreateVersion7(), IdempotencyKey: null),
            CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Error, Message = "Bulk job {Job} failed")]
    private static partial void Failed(ILogger logger, Exception fault, BulkJobId job);
}
