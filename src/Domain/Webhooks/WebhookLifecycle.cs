using Platform.Domain.Kernel;

namespace Platform.Domain.Webhooks;

/// <summary>Stops sending; what happens meanwhile is sent when it resumes.</summary>
[Needs("webhooks.manage")]
[Refuses<InvalidField>, Refuses<WebhookNotFound>, Refuses<WrongWebhookStatus>]
public sealed record PauseWebhook(WebhookId Webhook, string Reason) : ICommand<WebhookPaused>, IReasoned;

public sealed record WebhookPaused(WebhookId Webhook, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Webhooks.Webhook), Webhook.Value);
}

/// <summary>
/// The deliverer cannot go on by itself: the account lost its rights, the document does not fit the schema any more, the
/// receiver wants nothing, or what comes next is no longer kept. It resumes when a person says so.
/// </summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Version">As the deliverer knew it: what was changed since is tried anew.</param>
/// <param name="Reason">Why it cannot go on.</param>
[Needs("webhooks.deliver"), ByTheHostOnly]
[Refuses<WebhookNotFound>, Refuses<WrongWebhookStatus>]
public sealed record StopWebhook(WebhookId Webhook, int Version, string Reason) : ICommand<WebhookStopped>, IReasoned;

public sealed record WebhookStopped(WebhookId Webhook, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Webhooks.Webhook), Webhook.Value);
}

/// <summary>Sends again: from where it stood, or from now on where what it missed is no longer kept or not wanted.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="FromNow">Leaves out what happened since it stopped.</param>
[Needs("webhooks.manage")]
[Refuses<WebhookNotFound>, Refuses<WrongWebhookStatus>]
public sealed record ResumeWebhook(WebhookId Webhook, bool FromNow) : ICommand<WebhookResumed>;

public sealed record WebhookResumed(WebhookId Webhook, int Version, bool FromNow) : IEvent
{
    public Subject Subject => new(nameof(Webhooks.Webhook), Webhook.Value);
}

/// <summary>Ends it for good; its log of deliveries stays.</summary>
[Needs("webhooks.manage")]
[Refuses<InvalidField>, Refuses<WebhookNotFound>, Refuses<WrongWebhookStatus>]
public sealed record RemoveWebhook(WebhookId Webhook, string Reason) : ICommand<WebhookRemoved>, IReasoned;

public sealed record WebhookRemoved(WebhookId Webhook, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Webhooks.Webhook), Webhook.Value);
}

/// <summary>Makes a new secret. Messages carry signatures by both for a day, so that the receiver can change over.</summary>
[Needs("webhooks.manage")]
[Refuses<WebhookNotFound>, Refuses<WrongWebhookStatus>]
public sealed record RotateWebhookSecret(WebhookId Webhook) : ICommand<WebhookSecretRotated>;

public sealed record WebhookSecretRotated(WebhookId Webhook, int Version, DateTimeOffset OldUntil) : IEvent
{
    public Subject Subject => new(nameof(Webhooks.Webhook), Webhook.Value);
}

/// <summary>Sends a message again that was given up.</summary>
[Needs("webhooks.manage")]
[Refuses<DeliveryNotDead>]
public sealed record ReplayWebhookDelivery(WebhookDeliveryId Delivery) : ICommand<WebhookDeliveryReplayed>;

public sealed record WebhookDeliveryReplayed(WebhookDeliveryId Delivery, WebhookId Webhook, string MessageId) : IEvent
{
    public Subject Subject => new(nameof(Webhooks.Webhook), Webhook.Value);
}

internal sealed class PauseWebhookHandler(PlatformDb db) : ICommandHandler<PauseWebhook, WebhookPaused>
{
    public async Task<Result<WebhookPaused>> HandleAsync(PauseWebhook command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockWebhookAsync(command.Webhook, ct) is not { } webhook)
        {
            return new WebhookNotFound(command.Webhook);
        }

        if (webhook.Status != WebhookStatus.Active)
        {
            return new WrongWebhookStatus(webhook.Id, webhook.Status);
        }

        webhook.Become(WebhookStatus.Paused, command.Reason, envelope.Now);
        var paused = new WebhookPaused(webhook.Id, webhook.Version, command.Reason);
        db.Raise(paused);
        return paused;
    }
}

internal sealed class StopWebhookHandler(PlatformDb db) : ICommandHandler<StopWebhook, WebhookStopped>
{
    public async Task<Result<WebhookStopped>> HandleAsync(StopWebhook command, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockWebhookAsync(command.Webhook, ct) is not { } webhook)
        {
            return new WebhookNotFound(command.Webhook);
        }

        if (webhook.Status != WebhookStatus.Active || webhook.Version != command.Version)
        {
            return new WrongWebhookStatus(webhook.Id, webhook.Status);
        }

        webhook.Become(WebhookStatus.Paused, command.Reason, envelope.Now);
        var stopped = new WebhookStopped(webhook.Id, webhook.Version, command.Reason);
        db.Raise(stopped);
        return stopped;
    }
}

internal sealed class ResumeWebhookHandler(PlatformDb db) : ICommandHandler<ResumeWebhook, WebhookResumed>
{
    public async Task<Result<WebhookResumed>> HandleAsync(ResumeWebhook command, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockWebhookAsync(command.Webhook, ct) is not { } webhook)
        {
            return new WebhookNotFound(command.Webhook);
        }

        if (webhook.Status != WebhookStatus.Paused)
        {
            return new WrongWebhookStatus(webhook.Id, webhook.Status);
        }

        await db.ForgetFailuresAsync(webhook.Id, command.FromNow, ct);
        webhook.Become(WebhookStatus.Active, reason: null, envelope.Now);
        var resumed = new WebhookResumed(webhook.Id, webhook.Version, command.FromNow);
        db.Raise(resumed);
        return resumed;
    }
}

internal sealed class RemoveWebhookHandler(PlatformDb db) : ICommandHandler<RemoveWebhook, WebhookRemoved>
{
    public async Task<Result<WebhookRemoved>> HandleAsync(RemoveWebhook command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockWebhookAsync(command.Webhook, ct) is not { } webhook)
        {
            return new WebhookNotFound(command.Webhook);
        }

        if (webhook.Status == WebhookStatus.Removed)
        {
            return new WrongWebhookStatus(webhook.Id, webhook.Status);
        }

        webhook.Become(WebhookStatus.Removed, command.Reason, envelope.Now);
        var removed = new WebhookRemoved(webhook.Id, webhook.Version, command.Reason);
        db.Raise(removed);
        return removed;
    }
}

internal sealed class RotateWebhookSecretHandler(PlatformDb db) : ICommandHandler<RotateWebhookSecret, WebhookSecretRotated>
{
    private static readonly TimeSpan BothHold = TimeSpan.FromDays(1);

    public async Task<Result<WebhookSecretRotated>> HandleAsync(RotateWebhookSecret command, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockWebhookAsync(command.Webhook, ct) is not { } webhook)
        {
            return new WebhookNotFound(command.Webhook);
        }

        if (webhook.Status == WebhookStatus.Removed)
        {
            return new WrongWebhookStatus(webhook.Id, webhook.Status);
        }

        var until = envelope.Now + BothHold;
        await db.RotateSecretAsync(webhook.Id, until, ct);
        webhook.Touch(envelope.Now);
        var rotated = new WebhookSecretRotated(webhook.Id, webhook.Version, until);
        db.Raise(rotated);
        return rotated;
    }
}

internal sealed class ReplayWebhookDeliveryHandler(PlatformDb db) : ICommandHandler<ReplayWebhookDelivery, WebhookDeliveryReplayed>
{
    public async Task<Result<WebhookDeliveryReplayed>> HandleAsync(
        ReplayWebhookDelivery command, Envelope envelope, CancellationToken ct)
    {
        var delivery = await db.LockDeliveryAsync(command.Delivery, ct);
        if (delivery is not { State: WebhookDeliveryState.Dead })
        {
            return new DeliveryNotDead(command.Delivery, delivery?.State);
        }

        delivery.Replay();
        var replayed = new WebhookDeliveryReplayed(delivery.Id, delivery.WebhookId, delivery.MessageId);
        db.Raise(replayed);
        return replayed;
    }
}
