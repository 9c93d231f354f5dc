using System.Text.Json;
using Platform.Domain.Kernel;

namespace Platform.Domain.Webhooks;

public readonly record struct WebhookId(Guid Value) : ITypedId<WebhookId>
{
    public static WebhookId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct WebhookDeliveryId(Guid Value) : ITypedId<WebhookDeliveryId>
{
    public static WebhookDeliveryId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Whether messages are sent.</summary>
public enum WebhookStatus
{
    Active,

    /// <summary>By a person, or because it cannot go on; it resumes where it stood.</summary>
    Paused,

    /// <summary>For good; its log of deliveries stays.</summary>
    Removed,
}

/// <summary>An address that is sent what a subscription tells.</summary>
public sealed class Webhook
{
    private Webhook()
    {
    }

    public WebhookId Id { get; private set; }

    public string Name { get; private set; } = string.Empty;

    public string Url { get; private set; } = string.Empty;

    /// <summary>The subscription whose messages are sent.</summary>
    public string Document { get; private set; } = string.Empty;

    public JsonDocument Variables { get; private set; } = null!;

    /// <summary>Its messages hold what this account may see when they are made.</summary>
    public Guid AccountId { get; private set; }

    public WebhookStatus Status { get; private set; }

    public string? StatusReason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static Webhook Register(WebhookRegistered registered, JsonDocument variables) => new()
    {
        Id = registered.Webhook,
        Name = registered.Name,
        Url = registered.Url,
        Document = registered.Document,
        Variables = variables,
        AccountId = registered.Account,
        Status = WebhookStatus.Active,
        Version = 1,
        CreatedAt = registered.At,
        UpdatedAt = registered.At,
    };

    internal void Become(WebhookStatus status, string? reason, DateTimeOffset at)
    {
        Status = status;
        StatusReason = reason;
        Touch(at);
    }

    internal void Touch(DateTimeOffset at)
    {
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>What came of a message.</summary>
public enum WebhookDeliveryState
{
    Delivered,

    /// <summary>Tried, and to be tried again.</summary>
    Failed,

    /// <summary>Given up; the messages behind it went on.</summary>
    Dead,

    /// <summary>Dead once, and to be sent again because somebody asked.</summary>
    Replaying,
}

/// <summary>A message to a webhook: what came of it, after how many tries.</summary>
public sealed class WebhookDelivery
{
    private WebhookDelivery()
    {
    }

    public WebhookDeliveryId Id { get; private set; }

    public WebhookId WebhookId { get; private set; }

    /// <summary>The same at every try; a receiver knows repeats by it.</summary>
    public string MessageId { get; private set; } = string.Empty;

    /// <summary>Where its event stands in the log.</summary>
    public long Position { get; private set; }

    public WebhookDeliveryState State { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>What the receiver answered at the last try; null when it did not answer.</summary>
    public int? StatusCode { get; private set; }

    /// <summary>Why the last try failed.</summary>
    public string? Fault { get; private set; }

    /// <summary>How long the last try took.</summary>
    public int TookMs { get; private set; }

    /// <summary>What was to be sent; kept until it is delivered.</summary>
    public string? Body { get; private set; }

    public DateTimeOffset TriedAt { get; private set; }

    internal void Replay() => State = WebhookDeliveryState.Replaying;
}
