using Npgsql;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Webhooks;

namespace Platform.Api.Webhooks;

/// <summary>
/// Delivers all webhooks, on one node at a time: the lock dies with its session, and another node goes on where the
/// cursors stand.
/// </summary>
internal sealed partial class DeliveringWork(
    NpgsqlDataSource source, WebhookTools tools, TimeProvider clock, ILogger<DeliveringWork> logger) : BackgroundService
{
    /// <summary>How soon a change of a webhook, or a lost leader, is noticed.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<WebhookId, Running> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LeadAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                Interrupted(logger, fault);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            finally
            {
                await EndAsync(_running.Values);
                _running.Clear();
            }

            await Task.Delay(LookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LeadAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var candidacy = new NpgsqlCommand($"select pg_try_advisory_lock({AdvisoryLocks.Webhooks})", connection);
        if (await candidacy.ExecuteScalarAsync(ct) is not true)
        {
            return;
        }

        try
        {
            while (true)
            {
                // Also shows that the session, and with it the lock, still lives.
                await using (var alive = new NpgsqlCommand("select 1", connection))
                {
                    await alive.ExecuteScalarAsync(ct);
                }

                await FollowAsync(await tools.Outbox.FindOpenAsync(clock.GetUtcNow(), ct), ct);
                await Task.Delay(LookEvery, clock, ct);
            }
        }
        finally
        {
            await EndAsync(_running.Values);
            _running.Clear();
            await SessionState.GiveBackAsync(connection);
        }
    }

    /// <summary>Starts what is new, ends what is gone or was changed, starts again what fell.</summary>
    private async Task FollowAsync(IReadOnlyList<OpenWebhook> open, CancellationToken ct)
    {
        var versions = open.ToDictionary(webhook => webhook.Id, Edition.Of);
        var over = _running.Where(run =>
            run.Value.Task.IsCompleted || versions.GetValueOrDefault(run.Key) != run.Value.Edition).ToList();
        await EndAsync(over.Select(run => run.Value));
        over.ForEach(run => _running.Remove(run.Key));
        foreach (var webhook in open.Where(webhook => !_running.ContainsKey(webhook.Id)))
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            _running[webhook.Id] = new Running(Edition.Of(webhook), stop, RunAsync(webhook, stop.Token));
        }
    }

    private async Task RunAsync(OpenWebhook webhook, CancellationToken ct)
    {
        try
        {
            await Task.Yield();
            await new WebhookRun(webhook, tools).RunAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Changed, removed, or the host stops.
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or WebhookInterruptedException)
        {
            Interrupted(logger, fault);
        }
    }

    private static async Task EndAsync(IEnumerable<Running> runs)
    {
        foreach (var run in runs.ToList())
        {
            await run.Stop.CancelAsync();
            await run.Task;
            run.Stop.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivering webhooks was interrupted; it continues where the cursors stand")]
    private static partial void Interrupted(ILogger logger, Exception fault);

    /// <summary>What a run was started with, the rights of its account among it; an old secret ends without a change of the row.</summary>
    private readonly record struct Edition(int Version, int AccountVersion, int Secrets)
    {
        public static Edition Of(OpenWebhook webhook) => new(webhook.Version, webhook.AccountVersion, webhook.Secrets.Count);
    }

    private sealed record Running(Edition Edition, CancellationTokenSource Stop, Task Task);
}
