using System.Collections.Frozen;
using Npgsql;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Events;
using Platform.Domain.Webhooks;

namespace Platform.Api.Webhooks;

/// <summary>Everything that a run needs, beside its webhook.</summary>
internal sealed record WebhookTools(
    WebhookOutbox Outbox, WebhookMessages Messages, WebhookSender Sender, EventReader Events, WebhookSettings Settings, CommandRunner Runner,
    TimeProvider Clock);

/// <summary>
/// Delivers one webhook: message after message, each until it is taken or given up. It may be killed between any two
/// instructions: what was sent but not noted is sent again, with the same id.
/// </summary>
internal sealed class WebhookRun(OpenWebhook webhook, WebhookTools tools)
{
    private static readonly FrozenSet<string> _delivers = FrozenSet.Create(StringComparer.Ordinal, "webhooks.deliver");

    private static readonly Actor _deliverer = new(
        ActorKind.Service, new Guid("00000000-0000-7000-8000-00000000e001"), new Guid("00000000-0000-7000-8000-00000000e001"), "Webhook deliverer");

    private static readonly TimeSpan ReplaysEvery = TimeSpan.FromSeconds(1);

    private int _attempts = webhook.Attempts;
    private DateTimeOffset? _nextAt = webhook.NextAt;

    public async Task RunAsync(CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var replays = ReplayAsync(ending.Token);
        try
        {
            await DeliverAsync(ct);
        }
        catch (WebhookStoppedException stopped)
        {
            await tools.Runner.Async(
                new StopWebhook(webhook.Id, webhook.Version, stopped.Message),
                new Caller(_deliverer, _delivers, Guid.CreateVersion7(), IdempotencyKey: null),
                ct);
        }
        finally
        {
            await ending.CancelAsync();
            await replays;
        }
    }

    private async Task DeliverAsync(CancellationToken ct)
    {
        var after = webhook.Position ?? await tools.Events.HeadAsync(ct);
        if (webhook.Position is null)
        {
            await tools.Outbox.MoveAsync(webhook.Id, after, ct);
        }

        await foreach (var message in tools.Messages.ReadAsync(webhook, after, ct))
        {
            if (message is WebhookMessage told)
            {
                await DeliverAsync(told, ct);
            }
            else
            {
                await tools.Outbox.MoveAsync(webhook.Id, message.Position, ct);
            }
        }
    }

    private async Task DeliverAsync(WebhookMessage message, CancellationToken ct)
    {
        while (true)
        {
            await WaitAsync(ct);
            var outcome = await tools.Sender.SendAsync(webhook, message.Id, message.Body, ct);
            _attempts++;
            var isDead = !outcome.IsTaken && _attempts >= tools.Settings.MaxAttempts;
            var isDone = outcome.IsTaken || isDead;
            _nextAt = isDone ? null : tools.Clock.GetUtcNow() + RetryDelay.After(_attempts, outcome.After, tools.Settings);
            var state = outcome.IsTaken ? WebhookDeliveryState.Delivered : isDead ? WebhookDeliveryState.Dead : WebhookDeliveryState.Failed;
            await tools.Outbox.NoteAsync(
                Try(message.Id, message.Position, message.Body, state, _attempts, outcome),
                isDone && message.IsLastOfItsPosition ? message.Position : null,
                _nextAt,
                ct);
            if (outcome.IsGone)
            {
                throw new WebhookStoppedException("The receiver answered 410: it wants nothing more.");
            }

            if (isDone)
            {
                _attempts = 0;
                return;
            }
        }
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        if (_nextAt is { } at && at - tools.Clock.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, tools.Clock, ct);
        }
    }

    /// <summary>What somebody wants sent again goes beside the order: once, and back to the dead when it is not taken.</summary>
    private async Task ReplayAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                foreach (var replay in await tools.Outbox.FindReplaysAsync(webhook.Id, ct))
                {
                    var outcome = await tools.Sender.SendAsync(webhook, replay.MessageId, replay.Body, ct);
                    var state = outcome.IsTaken ? WebhookDeliveryState.Delivered : WebhookDeliveryState.Dead;
                    await tools.Outbox.NoteReplayAsync(
                        Try(replay.MessageId, replay.Position, replay.Body, state, replay.Attempts + 1, outcome), ct);
                }

                await Task.Delay(ReplaysEvery, tools.Clock, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException)
            {
                // The delivering beside it tells of the outage; what waits is found again.
                await Task.Delay(ReplaysEvery, tools.Clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private DeliveryTry Try(
        string id, long position, string body, WebhookDeliveryState state, int attempts, SendOutcome outcome) =>
        new(webhook.Id, id, position, state, attempts, outcome.StatusCode, outcome.Fault, outcome.Took, body, tools.Clock.GetUtcNow());
}

/// <summary>Doubling, spread by a quarter either way, so that receivers who fell together are not woken together.</summary>
internal static class RetryDelay
{
    public static TimeSpan After(int attempts, TimeSpan? asked, WebhookSettings settings)
    {
        var doubled = settings.FirstRetry * Math.Pow(2, Math.Min(attempts - 1, 30));
        var delay = doubled < settings.LongestRetry ? doubled : settings.LongestRetry;
        var spread = delay * (0.75 + (Random.Shared.NextDouble() / 2));
        return asked is { } wait && wait > spread ? (wait < settings.LongestRetry ? wait : settings.LongestRetry) : spread;
    }
}
